"""Enrollments: one per person and program."""

from dataclasses import dataclass, replace

from services.contracts.events.membership import EnrollmentChanged, EnrollmentState, PersonEnrolled
from services.kit.errors import Conflict
from services.membership.domain.derived import derived_id


@dataclass(frozen=True)
class Enrollment:
    """One person in one program. `standing`: "enrolled", "placed" (`cohort_id` says where) or "withdrawn"."""

    id: str
    network: str
    program_id: str
    person_id: str
    cohort_id: str | None = None
    standing: str = "enrolled"
    revision: int = 0


class AlreadyPlaced(Conflict):
    """The person is in another cohort of this program, or has withdrawn."""

    code = "already-placed"


def enroll(network: str, program_id: str, person_id: str) -> tuple[Enrollment, tuple[EnrollmentState, ...]]:
    """Return the one enrollment of this person in this program, and the fact to announce."""
    enrollment = Enrollment(derived_id("enr", network, program_id, person_id), network, program_id, person_id)
    return enrollment, (_told(PersonEnrolled, enrollment),)


def place(enrollment: Enrollment, cohort_id: str) -> tuple[Enrollment, tuple[EnrollmentState, ...]]:
    """Claim the enrollment for a cohort; claiming it again for the same one changes nothing.

    Raises:
        AlreadyPlaced: it belongs to another cohort, or was withdrawn.
    """
    if enrollment.cohort_id == cohort_id:
        return enrollment, ()
    if enrollment.standing != "enrolled":
        raise AlreadyPlaced(f"{enrollment.id} is {enrollment.standing}")
    placed = replace(enrollment, cohort_id=cohort_id, standing="placed")
    return placed, (_told(EnrollmentChanged, placed),)


def told_enrollment(enrollment: Enrollment) -> EnrollmentState:
    """Return the fact that says how an enrollment is now."""
    return _told(EnrollmentChanged, enrollment)


def _told(kind: type[EnrollmentState], enrollment: Enrollment) -> EnrollmentState:
    return kind(
        network=enrollment.network,
        enrollment_id=enrollment.id,
        program_id=enrollment.program_id,
        person_id=enrollment.person_id,
        cohort_id=enrollment.cohort_id,
        standing=enrollment.standing,
    )
