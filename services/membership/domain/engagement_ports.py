"""What the use cases of what people take on beside a cohort ask of the outside."""

from dataclasses import dataclass
from typing import Any, Protocol

from services.kit.clock import Clock
from services.membership.domain.enrollment_ports import AllEnrollments
from services.membership.domain.people_ports import Kept, People, Programs
from services.membership.domain.seats import Advice, Seating


class Seatings(Kept[Seating], Protocol):
    """One a program; `of_program` returns an empty one where nobody ever had a seat."""

    def of_program(self, network: str, program_id: str) -> Seating: ...
    def of_person(self, network: str, person_id: str) -> list[Seating]: ...


class Advices(Kept[Advice], Protocol):
    def of_program(self, network: str, program_id: str, limit: int, after: str | None) -> Any: ...
    def of_person(self, network: str, person_id: str) -> list[Advice]: ...


@dataclass(frozen=True)
class SeatPorts:
    """The stores and the clock."""

    seatings: Seatings
    advices: Advices
    programs: Programs
    people: People
    enrollments: AllEnrollments
    clock: Clock
