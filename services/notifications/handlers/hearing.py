"""What notifications does about what it hears: copy first, then queue; repeating queues nothing new."""

from services.contracts.events.access import SignInLinkState
from services.contracts.events.cohorts import CohortState
from services.contracts.events.factors import OwnFactorsState
from services.contracts.events.feedback import RequestState
from services.contracts.events.membership import ContactState
from services.contracts.events.scheduling import SlotState
from services.contracts.events.sessions import SessionState
from services.kit.clock import Clock
from services.kit.context import Heard
from services.kit.forgetting import Forgetful
from services.notifications.domain.copies import Cohort, Slot
from services.notifications.domain.notice import Notice
from services.notifications.domain.ports import Notices, World
from services.notifications.domain.telling import (
    tell_of_capsule,
    tell_of_own_factors,
    tell_of_request,
    tell_of_slot,
    tell_sign_in,
    tell_who_left,
)


def keep_contact(
    fact: ContactState, version: int, world: World, forgettings: Forgetful, clock: Clock
) -> None:
    """Copy where to reach a person; nothing of whom we have forgotten, or who has no address any more."""
    is_gone = not fact.email or bool(forgettings.among(fact.network, [fact.person_id]))
    world.keep_contact(fact, version, clock.now() if is_gone else None)


def tell_slot(fact: SlotState, version: int, world: World, notices: Notices, clock: Clock) -> None:
    """Tell a cohort of its session's time; of a fact older than our copy nobody is told."""
    slot = world.keep_slot(fact, version)
    cohort = world.cohort(fact.network, fact.cohort_id)
    if slot is not None and cohort is not None:
        notices.queue_all(tell_of_slot(slot, cohort, clock.now()))


def follow_cohort(fact: CohortState, version: int, world: World, notices: Notices, clock: Clock) -> None:
    """Copy the cohort; tell who came of the sessions they have not been told of, and who left."""
    world.keep_cohort(fact, version)
    cohort = world.cohort(fact.network, fact.cohort_id)
    if cohort is None:
        return
    for slot in world.slots_of(fact.network, fact.cohort_id):
        notices.queue_all(_untold(slot, cohort, notices, clock))


def tell_session(fact: SessionState, version: int, world: World, notices: Notices, clock: Clock) -> None:
    """Copy what became of a session; tell of its capsule once there is one."""
    world.keep_session(fact, version)
    session = world.session(fact.network, fact.session_id)
    if session is not None and session.capsule_published_at is not None:
        notices.queue_all(tell_of_capsule(session, clock.now()))


def tell_request(fact: RequestState, version: int, world: World, notices: Notices, clock: Clock) -> None:
    """Copy a request for feedback; ask its person, once, and remind them once."""
    world.keep_request(fact, version)
    request = world.request(fact.network, fact.request_id)
    if request is not None:
        notices.queue_all(tell_of_request(request, clock.now()))


def send_sign_in(fact: SignInLinkState, notices: Notices, clock: Clock) -> None:
    """Queue the letter with a one-time link."""
    letter = tell_sign_in(
        fact.network, fact.link_id, fact.person_id, fact.email, fact.token, fact.expires_at, clock.now()
    )
    notices.queue_all(letter)


def tell_own_factors(fact: OwnFactorsState, heard: Heard, notices: Notices, clock: Clock) -> None:
    """Queue a letter to every address the fact names."""
    told = (fact.account_id, fact.addresses, fact.takes_effect_at)
    notices.queue_all(
        tell_of_own_factors(heard.type, fact.network, fact.person_id, *told, heard.version, clock.now())
    )


def _untold(slot: Slot, cohort: Cohort, notices: Notices, clock: Clock) -> list[Notice]:
    now = clock.now()
    if slot.starts_at <= now or slot.standing == "cancelled":
        return []
    told = notices.told_of_session(slot.network, slot.id)
    news = tell_of_slot(slot, cohort, now) if not told.issuperset(cohort.people) else []
    return [
        *(notice for notice in news if notice.person_id not in told),
        *tell_who_left(slot, cohort, told, now),
    ]
