"""What the use cases of enrollment ask of the outside, all of it by name."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from services.kit.clock import Clock
from services.membership.domain.enrollments import Enrollment
from services.membership.domain.intakes import Intake
from services.membership.domain.people_ports import Cohorts, Enrollments, Kept, Launches, People, Programs


class Intakes(Kept[Intake], Protocol):
    """One a program; `of_program` returns a closed one where nothing was set."""

    def of_program(self, network: str, program_id: str) -> Intake: ...
    def open_programs(self, network: str) -> list[str]: ...


class AllEnrollments(Enrollments, Protocol):
    """Enrollments, as those who apply, decide and count need them."""

    def of_person_in(self, network: str, program_id: str, person_id: str) -> Enrollment | None: ...
    def by_people(self, network: str, program_id: str, ids: Iterable[str]) -> dict[str, Enrollment]: ...
    def of_person(self, network: str, person_id: str) -> list[Enrollment]: ...
    def holders(self, network: str, program_id: str) -> list[str]: ...
    def standings(self, network: str, program_id: str) -> Counter[tuple[str, bool]]: ...
    def reasons(self, network: str, program_id: str) -> list[str]: ...
    def asking(self, network: str, person_id: str) -> Iterable[Enrollment]: ...


@dataclass(frozen=True)
class EnrollmentPorts:
    """The stores and the clock."""

    programs: Programs
    launches: Launches
    intakes: Intakes
    enrollments: AllEnrollments
    people: People
    cohorts: Cohorts
    clock: Clock
