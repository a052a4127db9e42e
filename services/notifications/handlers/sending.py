"""Sending one notice: look once more, count the try, hand it over, note how it went."""

from services.kit.clock import Clock
from services.notifications.domain.copies import Enrollment
from services.notifications.domain.judging import View, reason_to_drop
from services.notifications.domain.letters import Letter, Links, write_letter
from services.notifications.domain.notice import (
    FINAL,
    Notice,
    begin_sending,
    drop,
    was_delayed,
    was_refused,
    was_sent,
)
from services.notifications.domain.ports import Channel, Notices, PreferenceStore, World
from services.notifications.domain.refusals import NotNow, Undeliverable


def send_notice(
    network: str,
    id: str,
    notices: Notices,
    world: World,
    preferences: PreferenceStore,
    links: Links,
    channel: Channel,
    clock: Clock,
) -> None:
    """Send a due notice, drop it, or put it off; a crash at any point sends it again under the same id."""
    notice = notices.get(network, id)
    if notice.state in FINAL:
        return
    view = _view(notice, world, preferences)
    reason = reason_to_drop(notice, view, clock.now())
    if reason:
        notices.save(drop(notice, reason, clock.now()))
        return
    begun = notices.save(begin_sending(notice, clock.now()))
    _deliver(begun, view, notices, links, channel, clock)


def _deliver(
    notice: Notice, view: View, notices: Notices, links: Links, channel: Channel, clock: Clock
) -> None:
    try:
        letter: Letter = write_letter(notice, view, links)
        channel.send(letter)
    except NotNow as problem:
        delayed, facts = was_delayed(notice, problem.reason, clock.now())
        notices.save(delayed, announcing=facts)
    except Undeliverable as problem:
        failed, facts = was_refused(notice, problem.reason, clock.now())
        notices.save(failed, announcing=facts)
    else:
        notices.save(was_sent(notice, clock.now()))


def _view(notice: Notice, world: World, preferences: PreferenceStore) -> View:
    network, about = notice.network, notice.about
    session_id, cohort_id = about.get("session_id"), about.get("cohort_id")
    request_id = about.get("request_id")
    return View(
        contact=world.contact(network, notice.person_id),
        cohort=world.cohort(network, cohort_id) if cohort_id else None,
        slot=world.slot(network, session_id) if session_id else None,
        session=world.session(network, session_id) if session_id else None,
        request=world.request(network, request_id) if request_id else None,
        enrollment=_enrollment(notice, world),
        network_name=world.network_name(network),
        stopped=frozenset(preferences.of_person(network, notice.person_id).stopped),
        is_gone=world.is_gone(network, notice.person_id),
    )


def _enrollment(notice: Notice, world: World) -> Enrollment | None:
    about = notice.about
    if "enrollment_id" in about:
        return world.enrollment(notice.network, about["enrollment_id"])
    cohort_id = about.get("cohort_id")
    return world.enrollment_in(notice.network, notice.person_id, cohort_id) if cohort_id else None
