"""What the use cases ask of the outside world (services/kit/store.py says what get, add and save promise)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol, TypeVar

from services.contracts.events import Fact
from services.feedback.domain.questionnaire import Participation, Questionnaire
from services.feedback.domain.reports import Ledger

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Page(Protocol[T_co]):
    """Some of a list; `next` is where the following ones begin."""

    @property
    def items(self) -> Sequence[T_co]: ...
    @property
    def next(self) -> str | None: ...


class Store(Protocol[T]):
    """Aggregates of one kind."""

    def get(self, network: str | None, id: str, admitting: Callable[[T], object] | None = None) -> T: ...
    def add(self, aggregate: T, announcing: Iterable[Fact] = (), answering: Any = None) -> T: ...
    def save(
        self,
        aggregate: T,
        announcing: Iterable[Fact] = (),
        answering: Any = None,
        *,
        repeatable: bool = False,
    ) -> T: ...


class Questionnaires(Store[Questionnaire], Protocol):
    """The questionnaires after sessions."""

    def of_program(self, network: str, program_id: str) -> list[Questionnaire]: ...
    def page_of_program(
        self, network: str, program_id: str, limit: int, after: str | None
    ) -> Page[Questionnaire]: ...
    def page_of_cohort(
        self, network: str, cohort_id: str, limit: int, after: str | None
    ) -> Page[Questionnaire]: ...


class Participations(Store[Participation], Protocol):
    """Who is asked what, and whether they answered."""

    def of_person(self, network: str, questionnaire_id: str, person_id: str) -> Participation | None: ...
    def page_of_person(
        self, network: str, person_id: str, limit: int, after: str | None
    ) -> Page[Participation]: ...
    def in_questionnaire(self, network: str, questionnaire_id: str) -> list[Participation]: ...


class Answers(Protocol):
    """The anonymous answers, each found by its author's participation alone."""

    def put(self, part: Participation, answers: Mapping[str, Any], day: date) -> None: ...
    def mine(self, part: Participation) -> dict[str, Any] | None: ...
    def drop(self, part: Participation) -> None: ...


class Ledgers(Store[Ledger], Protocol):
    """A program's reports and everything they released."""

    def of_program(self, network: str, program_id: str) -> Ledger | None: ...
    def of_report(self, network: str, report_id: str) -> Ledger | None: ...
    def page_with_reports(
        self, network: str, program_id: str | None, limit: int, after: str | None
    ) -> Page[Ledger]: ...


class Copied(Protocol):
    """What another service owns, as it was last told."""

    def keep(self, fact: Fact, version: int) -> None: ...


class Cohorts(Copied, Protocol):
    def keepers(self, network: str, cohort_id: str) -> tuple[set[str], set[str]]: ...
    def display_name(self, network: str, cohort_id: str) -> str: ...


class Programs(Copied, Protocol):
    def display_name(self, network: str, program_id: str) -> str: ...


class Sessions(Copied, Protocol):
    def attendance(self, network: str, session_id: str) -> dict[str, bool]: ...
