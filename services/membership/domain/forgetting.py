"""What stays of somebody forgotten in membership: ids and standings that figures rest on, no name."""

from dataclasses import replace
from datetime import datetime

from services.contracts.events import Fact
from services.contracts.events.cohorts import CohortState, RosterEntry
from services.contracts.events.membership import EnrollmentState
from services.kit.due_entry import Due
from services.kit.errors import Conflict
from services.membership.domain.cohorts import Cohort, told_left
from services.membership.domain.enrollments import LEAVE, Enrollment, told_enrollment
from services.membership.domain.people import Person, change_person

LEFT, GONE, WITHDRAWN = "left", "gone", "withdrawn"


class PersonForgotten(Conflict):
    """The person asked to be forgotten: what others send does not bring them back."""

    code = "person-forgotten"


def is_forgotten(person: Person) -> bool:
    """True for a tombstone: gone, and without the address everybody else has."""
    return person.standing == GONE and not person.email


def forget_person(person: Person) -> tuple[Person, tuple[Fact, ...]]:
    """Return the tombstone of a person, and what has copies and gateways follow; again announces nothing.

    The organization stays, for its figures, and so that its partner system hears that the person is gone.
    """
    tombstone = Person(
        id=person.id,
        network=person.network,
        display_name="",
        email="",
        email_key="",
        organization_id=person.organization_id,
        standing=GONE,
    )
    return change_person(person, tombstone)


def forget_member(cohort: Cohort, person_id: str) -> tuple[Cohort, tuple[CohortState, ...]]:
    """Return the cohort without the person's name: left as a member, gone as a facilitator.

    That they signed stays: sessions they were at rest on it.
    """
    unnamed = RosterEntry(person_id, "", None, "UTC", LEFT)
    after = replace(
        cohort,
        roster=tuple(unnamed if entry.person_id == person_id else entry for entry in cohort.roster),
        facilitators=tuple(entry for entry in cohort.facilitators if entry.person_id != person_id),
        outside=tuple(one for one in cohort.outside if one != person_id),
        steps=tuple(replace(one, why="") if one.by == person_id else one for one in cohort.steps),
    )
    return (cohort, ()) if after == cohort else (after, (told_left(after),))


def withdraw(enrollment: Enrollment, now: datetime) -> tuple[Enrollment, tuple[EnrollmentState, ...]]:
    """Return the enrollment withdrawn, without a word of theirs or whom they asked; its seat is freed.

    In which cohort it was stays, and why somebody left who had left before: figures rest on it.
    """
    blank = Enrollment(enrollment.id, enrollment.network, enrollment.program_id, enrollment.person_id)
    after = replace(
        blank,
        cohort_id=enrollment.cohort_id,
        standing=WITHDRAWN,
        reason=enrollment.reason,
        left_at=enrollment.left_at or now,
        is_late=enrollment.is_late,
        round=enrollment.round,
        revision=enrollment.revision,
        due=(Due(LEAVE, now),),
    )
    if replace(after, left_at=enrollment.left_at, due=enrollment.due) == enrollment:
        return enrollment, ()
    return after, (told_enrollment(after),)
