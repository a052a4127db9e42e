"""The steps by which a cohort gets its dates; each is one save, and repeating one changes nothing."""

from collections.abc import Iterable
from datetime import datetime

from services.kit.clock import Clock
from services.scheduling.domain.cohort import Cohort, Seat
from services.scheduling.domain.hours import Participant
from services.scheduling.domain.planning import plan_series
from services.scheduling.domain.ports import Cohorts, People, Slots, Timetables
from services.scheduling.domain.slot import schedule_slot
from services.scheduling.domain.timetable import (
    Span,
    Timetable,
    adopt_plan,
    await_hours,
    await_staff,
    finish_placing,
    must_yield,
    plan_anew,
    slots_of,
)


def plan_timetable(
    network: str,
    id: str,
    timetables: Timetables,
    slots: Slots,
    cohorts: Cohorts,
    people: People,
    clock: Clock,
) -> None:
    """Choose a cohort's dates once its people's hours are known, or once waiting for them was long enough.

    A cohort that waits for the program's staff (`on_hold`) gets its dates afterwards.
    """
    timetable, now = timetables.get(network, id), clock.now()
    cohort = cohorts.find(network, timetable.cohort_id)
    if timetable.standing != "waiting" or cohort is None:
        return
    if cohort.on_hold:
        timetables.save(await_staff(timetable, now))
        return
    everyone = [*cohort.members, *cohort.facilitators]
    hours = people.hours_of(network, [seat.person_id for seat in everyone])
    if len(hours) < len({seat.person_id for seat in everyone}) and now < timetable.wait_until:
        timetables.save(await_hours(timetable, now))
        return
    taken = _times_taken(cohort, timetables, slots, cohorts)
    participants = [_participant(seat, hours, taken, leads=seat in cohort.facilitators) for seat in everyone]
    timetables.save(adopt_plan(timetable, plan_series(cohort.series, participants, now), now))


def place_timetable(
    network: str, id: str, timetables: Timetables, slots: Slots, cohorts: Cohorts, clock: Clock
) -> None:
    """Make the slots of a plan, each announced as scheduled; or plan anew where its time was taken."""
    timetable, now = timetables.get(network, id), clock.now()
    if timetable.standing != "planned":
        return
    made = {slot.id for slot in slots.of_cohorts(network, [timetable.cohort_id])}
    if not made and _is_overtaken(timetable, timetables, slots, cohorts):
        timetables.save(plan_anew(timetable, now))
        return
    for slot in slots_of(timetable):
        if slot.id not in made:
            slots.add(slot, announcing=schedule_slot(slot))
    timetables.save(finish_placing(timetable))


def _is_overtaken(timetable: Timetable, timetables: Timetables, slots: Slots, cohorts: Cohorts) -> bool:
    cohort = cohorts.find(timetable.network, timetable.cohort_id)
    if cohort is None:
        return False
    others = _other_cohorts(cohort, cohort.facilitator_ids, cohorts)
    led = [other.id for other in others if other.facilitator_ids & cohort.facilitator_ids]
    spans = _slot_spans(timetable.network, led, slots)
    plans = timetables.planned_for(timetable.network, led)
    first = [span for plan in plans if plan.id < timetable.id for span in plan.spans()]
    return must_yield(timetable, [*spans, *first])


def _times_taken(
    cohort: Cohort, timetables: Timetables, slots: Slots, cohorts: Cohorts
) -> dict[str, list[Span]]:
    """Return, by person, the sessions they already have in other cohorts, planned ones included."""
    taken: dict[str, list[Span]] = {}
    for other in _other_cohorts(cohort, cohort.member_ids | cohort.facilitator_ids, cohorts):
        spans = _slot_spans(cohort.network, [other.id], slots) or [
            span for plan in timetables.planned_for(cohort.network, [other.id]) for span in plan.spans()
        ]
        for person_id in other.member_ids | other.facilitator_ids:
            taken.setdefault(person_id, []).extend(spans)
    return taken


def _other_cohorts(cohort: Cohort, person_ids: Iterable[str], cohorts: Cohorts) -> list[Cohort]:
    return [other for other in cohorts.of_people(cohort.network, person_ids) if other.id != cohort.id]


def _slot_spans(network: str, cohort_ids: Iterable[str], slots: Slots) -> list[tuple[datetime, datetime]]:
    found = slots.of_cohorts(network, cohort_ids)
    return [(slot.starts_at, slot.ends_at) for slot in found if slot.standing == "scheduled"]


def _participant(seat: Seat, hours: dict, taken: dict[str, list[Span]], *, leads: bool) -> Participant:
    zone, weekly = hours.get(seat.person_id, (seat.zone, ()))
    return Participant(seat.person_id, zone, weekly, leads, tuple(taken.get(seat.person_id, ())))
