"""What the use cases need of the outside world."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from services.contracts.events import Fact
from services.scheduling.domain.cohort import Cohort
from services.scheduling.domain.hours import Hours
from services.scheduling.domain.slot import Slot
from services.scheduling.domain.timetable import Timetable


class Timetables(Protocol):
    """The plans, one a cohort."""

    def get(self, network: str, id: str) -> Timetable: ...
    def find_one(self, network: str, where: dict[str, Any]) -> Timetable | None: ...
    def add(self, timetable: Timetable) -> Timetable: ...
    def save(self, timetable: Timetable) -> Timetable: ...
    def planned_for(self, network: str, cohort_ids: Iterable[str]) -> list[Timetable]:
        """Return the plans of these cohorts whose slots are not all made yet."""
        ...


class Slots(Protocol):
    """The sessions' times and places."""

    def get(self, network: str, id: str, admitting: Callable[[Slot], object] | None = None) -> Slot: ...
    def add(self, slot: Slot, announcing: Iterable[Fact] = ()) -> Slot: ...
    def save(self, slot: Slot, announcing: Iterable[Fact] = ()) -> Slot: ...
    def of_cohorts(self, network: str, cohort_ids: Iterable[str]) -> list[Slot]: ...
    def page_of(
        self, network: str, cohort_ids: Iterable[str], limit: int, after: str | None, since: Any = None
    ) -> Any:
        """Return a page of these cohorts' slots, earliest first; with `since` those not over by then."""
        ...


class Cohorts(Protocol):
    """Copies of membership's cohorts."""

    def keep(self, cohort: Cohort, version: int) -> bool: ...
    def find(self, network: str, cohort_id: str) -> Cohort | None: ...
    def of_people(self, network: str, person_ids: Iterable[str]) -> list[Cohort]: ...


class People(Protocol):
    """Copies of people's weekly hours and zones."""

    def keep(
        self, network: str, person_id: str, version: int, zone: str, hours: tuple[Hours, ...]
    ) -> bool: ...
    def hours_of(self, network: str, person_ids: Iterable[str]) -> dict[str, tuple[str, tuple[Hours, ...]]]:
        """Return (zone, hours) of those that are known."""
        ...
