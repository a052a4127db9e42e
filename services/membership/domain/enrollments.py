"""Enrollments: one per person and program, from the application to the cohort or the farewell.

    applied ──> accepted ──> enrolled ──> placed          withdrawn, from each of them
       │           │   ^         ^
    declined   waitlisted ──> offered ──> lapsed          after declined, lapsed, withdrawn: apply again

"accepted" waits a moment until the program's intake (intakes.py) has given a seat, or a place in the line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from services.contracts.events.enrollments import PledgeAnswered, PledgeAsked, PledgeState
from services.contracts.events.membership import EnrollmentChanged, EnrollmentState, PersonEnrolled
from services.kit.due_entry import Due
from services.kit.errors import Conflict
from services.membership.domain.derived import derived_id
from services.membership.domain.intakes import Intake
from services.membership.domain.pledges import ASKED, NOT_ASKED, Pledge

SEAT, LEAVE = "seat", "leave"
AGAIN = ("declined", "lapsed", "withdrawn")  # who may apply once more
TAKING_PART = ("enrolled", "placed")


@dataclass(frozen=True)
class Enrollment:
    """One person in one program; `standing` as drawn above, `cohort_id` where they are or were placed.

    `round` counts their applications, 0 for whom staff enrolled. `answers`: to the program's questions.
    `offer_until`: of a seat offered, or taken in time. `paused_until`: they take no part until then, and it
    ends by itself. `reason`: why they left (taking_part.REASONS), `left_at` when. `is_late`: placed into a
    standing cohort.
    """

    id: str
    network: str
    program_id: str
    person_id: str
    cohort_id: str | None = None
    standing: str = "enrolled"
    round: int = 0
    applied_at: datetime | None = None
    answers: Mapping[str, str | int] = field(default_factory=dict)
    offer_until: datetime | None = None
    paused_until: datetime | None = None
    reason: str = ""
    left_at: datetime | None = None
    is_late: bool = False
    pledge: Pledge = NOT_ASKED
    revision: int = 0
    due: tuple[Due, ...] = ()

    def is_paused(self, now: datetime) -> bool:
        """True as long as a pause lasts; compared here, whenever it is read."""
        return self.paused_until is not None and now < self.paused_until


Changed = tuple[Enrollment, tuple[EnrollmentState, ...]]


class AlreadyPlaced(Conflict):
    """The person is in another cohort of this program, or has no seat in it."""

    code = "already-placed"


class AlreadyEnrolled(Conflict):
    """They applied before, and it is not over."""

    code = "already-enrolled"


class NotApplied(Conflict):
    """There is no application to decide on (any more)."""

    code = "not-applied"


class NothingOffered(Conflict):
    """No seat is offered, or the time to take it is over."""

    code = "nothing-offered"


def enrollment_id(network: str, program_id: str, person_id: str) -> str:
    """Return the id of somebody's one enrollment in a program."""
    return derived_id("enr", network, program_id, person_id)


def enroll(network: str, program_id: str, person_id: str) -> Changed:
    """Return the one enrollment of this person in this program, and the fact to announce."""
    enrollment = Enrollment(enrollment_id(network, program_id, person_id), network, program_id, person_id)
    return enrollment, (_told(PersonEnrolled, enrollment),)


def accept_unasked(enrollment: Enrollment, now: datetime) -> Changed:
    """Give a seat, as far as there is one, to whom staff enroll; who has one or left stays as they are."""
    if enrollment.revision and enrollment.standing not in ("applied", "declined", "lapsed"):
        return enrollment, ()
    return changed(enrollment, standing="accepted", due=_with_seat(enrollment, now))


def apply(enrollment: Enrollment, answers: Mapping[str, str | int], now: datetime) -> Changed:
    """Apply, for the first time or after it was over.

    Args:
        enrollment: as it stands, or a new one at revision 0.
        answers: checked ones (questions.check_answers).

    Raises:
        AlreadyEnrolled: they applied before, or take part.
    """
    if enrollment.revision and enrollment.standing not in AGAIN:
        raise AlreadyEnrolled("you have applied to this program before, or take part in it")
    fresh = replace(
        Enrollment(enrollment.id, enrollment.network, enrollment.program_id, enrollment.person_id),
        revision=enrollment.revision,
        round=enrollment.round + 1,
        pledge=enrollment.pledge,
    )
    return changed(fresh, standing="applied", applied_at=now, answers=dict(answers))


def decide(enrollment: Enrollment, *, accept: bool, now: datetime) -> Changed:
    """Accept or decline an application.

    Raises:
        NotApplied: it is decided, or was withdrawn.
    """
    if enrollment.standing != "applied":
        raise NotApplied("this application is decided already, or was withdrawn")
    if accept:
        return changed(enrollment, standing="accepted", due=_with_seat(enrollment, now))
    return changed(enrollment, standing="declined")


def settle(enrollment: Enrollment, standing: str) -> Changed:
    """Follow what the intake gave to somebody accepted: "enrolled" or "waitlisted"."""
    if enrollment.standing != "accepted":
        return replace(enrollment, due=without_due(enrollment, SEAT)), ()
    after = replace(enrollment, standing=standing, offer_until=None, due=without_due(enrollment, SEAT))
    return after, (_told(PersonEnrolled if standing == "enrolled" else EnrollmentChanged, after),)


def follow(enrollment: Enrollment, intake: Intake, now: datetime) -> Changed:
    """Follow what the intake says of somebody who waits: an offer, its end, or room for everybody."""
    is_waiting = enrollment.standing in ("waitlisted", "offered")
    if not is_waiting and (enrollment.standing != "accepted" or enrollment.offer_until):
        return enrollment, ()
    offer = intake.offer_of(enrollment.person_id)
    if offer is not None:
        if enrollment.offer_until == offer.until:
            return enrollment, ()
        return changed(
            enrollment, standing="offered", offer_until=offer.until, due=without_due(enrollment, SEAT)
        )
    if intake.seats is None and is_waiting:
        return changed(enrollment, standing="accepted", due=_with_seat(enrollment, now))
    is_over = enrollment.standing == "offered" and intake.place_of(enrollment.person_id) is None
    return changed(enrollment, standing="lapsed", offer_until=None) if is_over else (enrollment, ())


def answer_offer(enrollment: Enrollment, *, take: bool, now: datetime) -> Changed:
    """Take the seat that is offered, or let it go to the next.

    Raises:
        NothingOffered: no seat is offered, or its time is over (compared here, whoever notes it later).
    """
    until = enrollment.offer_until
    if enrollment.standing != "offered" or until is None or now >= until:
        raise NothingOffered("no seat is offered to you, or the time to take it is over")
    if take:
        return changed(enrollment, standing="accepted", due=_with_seat(enrollment, now))
    return changed(enrollment, standing="lapsed", offer_until=None, due=(Due(LEAVE, now),))


def place(enrollment: Enrollment, cohort_id: str) -> Changed:
    """Claim the enrollment for a cohort; claiming it again for the same one changes nothing.

    Raises:
        AlreadyPlaced: it belongs to another cohort, or has no seat.
    """
    if enrollment.cohort_id == cohort_id and enrollment.standing == "placed":
        return enrollment, ()
    if enrollment.standing != "enrolled":
        raise AlreadyPlaced(f"{enrollment.id} is {enrollment.standing}")
    return changed(enrollment, cohort_id=cohort_id, standing="placed")


def told_enrollment(enrollment: Enrollment) -> EnrollmentState:
    """Return the fact that says how an enrollment is now."""
    return _told(EnrollmentChanged, enrollment)


def told_pledge(enrollment: Enrollment) -> PledgeState:
    """Return the fact that says how the supervisor's support stands."""
    pledge = enrollment.pledge
    kind = PledgeAsked if pledge.standing == ASKED else PledgeAnswered
    return kind(
        network=enrollment.network,
        enrollment_id=enrollment.id,
        person_id=enrollment.person_id,
        supervisor_id=pledge.supervisor_id,
        standing=pledge.standing,
        round=pledge.round,
    )


def changed(enrollment: Enrollment, **changes: object) -> Changed:
    """Return the enrollment with these fields changed, and the fact that says so."""
    after = replace(enrollment, **changes)  # type: ignore[arg-type]
    return after, (_told(EnrollmentChanged, after),)


def without_due(enrollment: Enrollment, kind: str) -> tuple[Due, ...]:
    """Return what else is due of it."""
    return tuple(one for one in enrollment.due if one.kind != kind)


def _with_seat(enrollment: Enrollment, now: datetime) -> tuple[Due, ...]:
    return (*without_due(enrollment, SEAT), Due(SEAT, now))


def _told(kind: type[EnrollmentState], enrollment: Enrollment) -> EnrollmentState:
    return kind(
        network=enrollment.network,
        enrollment_id=enrollment.id,
        program_id=enrollment.program_id,
        person_id=enrollment.person_id,
        cohort_id=enrollment.cohort_id,
        standing=enrollment.standing,
        round=enrollment.round,
        offer_until=enrollment.offer_until,
        paused_until=enrollment.paused_until,
    )
