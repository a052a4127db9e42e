"""Whom to tell of what: pure rules from what was heard to the notices it causes.

A key names the cause, not the message that brought it, so that no repetition, restatement or order of arrival
makes a second notice. The reminder comes a day before, the feedback reminder only to those still silent.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from services.notifications.domain.copies import Cohort, Request, Session, Slot
from services.notifications.domain.kinds import KINDS
from services.notifications.domain.notice import Notice, queue_notice

REMIND_BEFORE = timedelta(hours=24)
REMIND_SILENT_BEFORE = timedelta(hours=24)
CAPSULE_IS_NEWS = timedelta(days=7)  # what is restated years later is no news


def tell_of_slot(slot: Slot, cohort: Cohort, now: datetime) -> list[Notice]:
    """Return the notices a session's time causes: one to each person of the cohort, and a reminder each.

    Nothing is told of a session whose start is past; nobody is reminded of what they were just told.
    """
    if slot.starts_at <= now:
        return []
    if slot.standing == "cancelled":
        return [_of_slot(slot, person, "session_cancelled", now) for person in cohort.people]
    kind = _kind_of(slot)
    told = [_of_slot(slot, person, kind, now) for person in cohort.people]
    if slot.starts_at - REMIND_BEFORE <= now:
        return told
    return told + [_reminder(slot, person) for person in cohort.people]


def tell_who_left(slot: Slot, cohort: Cohort, told: Iterable[str], now: datetime) -> list[Notice]:
    """Return the cancellations for those who left a cohort and were told of this session before.

    Args:
        told: people who have a notice of this session.
    """
    if slot.starts_at <= now or slot.standing == "cancelled":
        return []
    gone = [person for person in cohort.left if person in set(told) and person not in cohort.people]
    return [
        queue_notice(
            slot.network,
            f"left:{slot.id}:{person}",
            person,
            "session_cancelled",
            now,
            useless_after=slot.starts_at,
            about=_about(slot) | {"left": True},
        )
        for person in gone
    ]


def tell_of_capsule(session: Session, now: datetime) -> list[Notice]:
    """Return the notices of a capsule just published: to all who were invited, present or not."""
    published = session.capsule_published_at
    if published is None or now - published > CAPSULE_IS_NEWS:
        return []
    return [
        queue_notice(
            session.network,
            f"capsule:{session.id}:{person}",
            person,
            "capsule_published",
            now,
            about={"session_id": session.id, "cohort_id": session.cohort_id},
        )
        for person in session.invited
    ]


def tell_of_request(request: Request, now: datetime) -> list[Notice]:
    """Return the notices of a request for feedback: the request, and one reminder for the silent."""
    if request.standing != "asked" or request.closes_at <= now:
        return []
    remind_at = request.closes_at - REMIND_SILENT_BEFORE
    asked = [_of_request(request, "feedback_requested", now)]
    return asked + ([_of_request(request, "feedback_reminder", remind_at)] if remind_at > now else [])


def tell_sign_in(
    network: str, link_id: str, person_id: str, address: str, token: str, expires_at: datetime, now: datetime
) -> list[Notice]:
    """Return the notice that carries a one-time sign-in link, or none when it has run out."""
    if expires_at <= now:
        return []
    key = f"sign_in:{link_id}"
    return [
        queue_notice(
            network,
            key,
            person_id,
            "sign_in_link",
            now,
            useless_after=expires_at,
            secret=token,
            address=address,
        )
    ]


def tell_of_own_factors(
    kind: str,
    network: str,
    person_id: str,
    account_id: str,
    addresses: Iterable[str],
    takes_effect_at: datetime | None,
    version: int,
    now: datetime,
) -> list[Notice]:
    """Return the notices of a change to own factors, one to each address; none that comes too late to act on.

    Args:
        kind: the event's type, which is the notice's kind, too. Restatements tell nothing new.
        takes_effect_at: of a reset that waits.
    """
    if kind not in KINDS or (takes_effect_at is not None and takes_effect_at <= now):
        return []
    return [
        queue_notice(
            network,
            f"{kind}:{account_id}:{version}:{number}",
            person_id,
            kind,
            now,
            useless_after=takes_effect_at,
            about={"account_id": account_id},
            address=address,
        )
        for number, address in enumerate(addresses)
    ]


def _kind_of(slot: Slot) -> str:
    if slot.sequence == 0:
        return "session_scheduled"
    return "session_placed" if slot.changed == "place" else "session_rescheduled"


def _of_slot(slot: Slot, person: str, kind: str, now: datetime) -> Notice:
    key = f"slot:{slot.id}:{slot.sequence}:{person}"
    return queue_notice(
        slot.network, key, person, kind, now, useless_after=slot.starts_at, about=_about(slot)
    )


def _reminder(slot: Slot, person: str) -> Notice:
    key = f"reminder:{slot.id}:{slot.sequence}:{person}"
    return queue_notice(
        slot.network,
        key,
        person,
        "session_reminder",
        slot.starts_at - REMIND_BEFORE,
        useless_after=slot.starts_at,
        about=_about(slot),
    )


def _about(slot: Slot) -> dict[str, str | int | bool]:
    return {"session_id": slot.id, "cohort_id": slot.cohort_id, "sequence": slot.sequence}


def _of_request(request: Request, kind: str, at: datetime) -> Notice:
    return queue_notice(
        request.network,
        f"{kind}:{request.id}",
        request.person_id,
        kind,
        at,
        useless_after=request.closes_at,
        about={
            "request_id": request.id,
            "cohort_id": request.cohort_id,
            "questionnaire_id": request.questionnaire_id,
            "session_id": request.session_id,
        },
    )
