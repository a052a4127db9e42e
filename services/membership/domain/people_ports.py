"""What the use cases of people, programs and cohorts ask of the outside."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from services.contracts.events import Fact
from services.kit.process import Process
from services.membership.domain.cohorts import Cohort
from services.membership.domain.common_threads import Shared
from services.membership.domain.enrollments import Enrollment
from services.membership.domain.formations import Formation
from services.membership.domain.imports import Import
from services.membership.domain.launches import Launch
from services.membership.domain.organizations import Organization
from services.membership.domain.people import Person
from services.membership.domain.placement import Question
from services.membership.domain.programs import Program
from services.membership.domain.roster_check import Known, Placed
from services.membership.domain.roster_rows import Problem
from services.membership.domain.swaps import Swap

T = TypeVar("T")


class Kept(Protocol[T]):
    """A store of one kind of aggregate; `save` is guarded by the revision that was read."""

    def get(self, network: Any, id: str, admitting: Callable[[T], object] | None = None) -> T: ...
    def add(self, aggregate: T, announcing: Iterable[Fact] = (), answering: Any = None) -> T: ...
    def save(self, aggregate: T, announcing: Iterable[Fact] = (), answering: Any = None) -> T: ...


class Organizations(Kept[Organization], Protocol):
    def by_name(self, network: str, limit: int, after: str | None) -> Any: ...
    def ids_by_key(self, network: str) -> dict[str, str]: ...


class People(Kept[Person], Protocol):
    def by_name(self, network: str, organization_id: str | None, limit: int, after: str | None) -> Any: ...
    def by_ids(self, network: str, ids: Iterable[str]) -> dict[str, Person]: ...
    def active_ids(self, network: str, organization_id: str | None) -> list[str]: ...
    def lines(self, network: str) -> dict[str, tuple[str, ...]]: ...
    def count_reports(self, network: str, person_id: str) -> int: ...
    def lines_above(self, network: str, ids: Iterable[str]) -> dict[str, tuple[str, ...]]: ...
    def known(self, network: str, organizations: Iterable[str]) -> Known: ...


class Accounts(Protocol):
    """Identity's accounts, as adding people needs them: a person is offered to the one of an address."""

    def ensure_for(self, network: str, person_id: str, email: str) -> str | None: ...


class Imports(Kept[Import], Protocol):
    def newest(self, network: str, limit: int, after: str | None) -> Any: ...


class ImportParts(Protocol):
    """The file, the good rows in slices and the report of an import."""

    def put_file(self, network: str, import_id: str, content: str | bytes) -> None: ...
    def file(self, network: str, import_id: str) -> str | bytes: ...
    def put_rows(self, network: str, import_id: str, good: Sequence[Placed]) -> int: ...
    def rows(self, network: str, import_id: str, part: int) -> list[Placed]: ...
    def put_report(self, network: str, import_id: str, problems: Iterable[Problem]) -> None: ...
    def forget(self, network: str, import_id: str, slices: int) -> None: ...
    def report(self, network: str, import_id: str, limit: int, after: str | None) -> Any: ...


class Programs(Kept[Program], Protocol):
    def newest(self, network: str, limit: int, after: str | None) -> Any: ...


class Launches(Kept[Launch], Protocol):
    def of_program(self, network: str, program_id: str) -> Launch: ...


class Enrollments(Kept[Enrollment], Protocol):
    def of_program(
        self, network: str, program_id: str, limit: int, after: str | None, standing: str | None = None
    ) -> Any: ...
    def waiting_people(self, network: str, program_id: str) -> list[str]: ...


class Formations(Kept[Formation], Protocol):
    def of_program(self, network: str, program_id: str, limit: int, after: str | None) -> Any: ...
    def note_attempt(self, formation: Formation) -> int: ...
    def note_progress(self, formation: Formation, tried: int, planned: int, placed: int) -> bool: ...


class Cohorts(Kept[Cohort], Protocol):
    def of_program(self, network: str, program_id: str | None, limit: int, after: str | None) -> Any: ...
    def of_person(self, network: str, person_id: str) -> list[Cohort]: ...
    def on_hold(self, network: str, limit: int, after: str | None) -> Any: ...
    def is_any_of(self, network: str, program_id: str) -> bool: ...
    def loads(self, network: str) -> Counter[str]: ...


class Swaps(Kept[Swap], Protocol):
    """Members moved between cohorts, step by step."""


class RemoteSkills(Protocol):
    """What is recorded of leading people who cannot see one another."""

    def levels(self, network: str, ids: Iterable[str]) -> dict[str, str]: ...


class RoleHolders(Protocol):
    def holders(self, network: str, roles: Iterable[str], now: datetime) -> list[str]: ...


class SharedThreads(Protocol):
    """What those who saved a profile show of what they have in common with others."""

    def of(self, network: str, ids: Iterable[str]) -> dict[str, Shared]: ...


class Processes(Kept[Process], Protocol):
    """Processes of the kit: what spans documents, step by step."""


class Engine(Protocol):
    """Searches a split; `note(tried, planned, placed)`, called about once a second, may end it by raising."""

    def split(
        self, question: Question, seed: int, moves: int, note: Callable[[int, int, int], None]
    ) -> tuple[tuple[int, ...], ...]: ...
    def rooms(self, question: Question, person_id: str, count: int) -> list[tuple[str, int]]: ...


Together = Callable[
    [Callable[[Any], Any], Iterable[Any]], list[Any]
]  # calls one function for many, side by side
Apart = Callable[..., Any]  # calls a function where it does not hold up the loop
