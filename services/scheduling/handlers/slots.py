"""Looking at a cohort's dates, and changing them."""

from collections.abc import Callable
from typing import Any

from services.contracts.caller import Caller
from services.kit.clock import Clock
from services.scheduling.domain.cohort import Cohort
from services.scheduling.domain.ports import Cohorts, Slots
from services.scheduling.domain.refusals import FacilitatorBusy, NotYourTimetable, SlotUnknown
from services.scheduling.domain.slot import Slot, cancel_slot, move_slot, place_slot
from services.scheduling.messages import (
    CancelSession,
    ListSessions,
    MySessions,
    RescheduleSession,
    SetPlace,
    ShowSlot,
)


def list_sessions(query: ListSessions, slots: Slots, cohorts: Cohorts) -> Any:
    """Return a page of one cohort's sessions, earliest first."""
    _visible_cohort(query.cohort_id, query.caller, cohorts)
    return slots.page_of(_network(query.caller), [query.cohort_id], query.limit, query.after)


def my_sessions(query: MySessions, slots: Slots, cohorts: Cohorts, clock: Clock) -> Any:
    """Return a page of the caller's own sessions that are not over, over all their cohorts."""
    if query.caller.person_id is None:
        raise NotYourTimetable("a timetable of one's own belongs to a person")
    network = _network(query.caller)
    mine = [cohort.id for cohort in cohorts.of_people(network, [query.caller.person_id])]
    return slots.page_of(network, mine, query.limit, query.after, since=clock.now())


def show_slot(query: ShowSlot, slots: Slots, cohorts: Cohorts) -> Slot:
    """Return one session's time and place."""
    return slots.get(_network(query.caller), query.session_id, _viewing(query.caller, cohorts))


def reschedule_session(command: RescheduleSession, slots: Slots, cohorts: Cohorts, clock: Clock) -> Slot:
    """Move a session; invitations, reminders and calendars follow by the one event."""
    slot = slots.get(_network(command.caller), command.session_id, _arranging(command.caller, cohorts))
    moved, facts = move_slot(slot, command.wall_start, clock.now())
    _refuse_double_booking(moved, slots, cohorts)
    return slots.save(moved, announcing=facts) if facts else slot


def set_place(command: SetPlace, slots: Slots, cohorts: Cohorts, clock: Clock) -> Slot:
    """Say where a session meets."""
    slot = slots.get(_network(command.caller), command.session_id, _arranging(command.caller, cohorts))
    placed, facts = place_slot(slot, command.place, clock.now())
    return slots.save(placed, announcing=facts) if facts else slot


def cancel_session(command: CancelSession, slots: Slots, cohorts: Cohorts, clock: Clock) -> Slot:
    """Call a session off."""
    slot = slots.get(_network(command.caller), command.session_id, _arranging(command.caller, cohorts))
    cancelled, facts = cancel_slot(slot, clock.now())
    return slots.save(cancelled, announcing=facts) if facts else slot


def _viewing(caller: Caller, cohorts: Cohorts) -> Callable[[Slot], None]:
    def admit(slot: Slot) -> None:
        if caller.kind == "link":
            _check_link(slot, caller, cohorts)
        else:
            _visible_cohort(slot.cohort_id, caller, cohorts)

    return admit


def _check_link(slot: Slot, caller: Caller, cohorts: Cohorts) -> None:
    """A link shows the session it was sent for, as long as whom it was sent to is a member."""
    cohort = cohorts.find(slot.network, slot.cohort_id)
    is_for_this = (caller.link or {}).get("subject") == slot.id
    if not is_for_this or cohort is None or caller.person_id not in cohort.member_ids:
        raise SlotUnknown


def _arranging(caller: Caller, cohorts: Cohorts) -> Callable[[Slot], None]:
    def admit(slot: Slot) -> None:
        if not _visible_cohort(slot.cohort_id, caller, cohorts).is_arranged_by(caller):
            raise NotYourTimetable("only the facilitator and the program's staff change these dates")

    return admit


def _visible_cohort(cohort_id: str, caller: Caller, cohorts: Cohorts) -> Cohort:
    cohort = cohorts.find(_network(caller), cohort_id)
    if cohort is None or not cohort.is_seen_by(caller):
        raise SlotUnknown
    return cohort


def _refuse_double_booking(moved: Slot, slots: Slots, cohorts: Cohorts) -> None:
    cohort = cohorts.find(moved.network, moved.cohort_id)
    leads = cohort.facilitator_ids if cohort else frozenset()
    led = [
        other.id
        for other in cohorts.of_people(moved.network, leads)
        if other.id != moved.cohort_id and other.facilitator_ids & leads
    ]
    for other in slots.of_cohorts(moved.network, led):
        if other.overlaps(moved.starts_at, moved.ends_at):
            raise FacilitatorBusy("the facilitator leads another session at that time")


def _network(caller: Caller) -> str:
    if caller.network is None:
        raise NotYourTimetable("a timetable belongs to a network")
    return caller.network
