"""What the use cases ask of the outside world."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from services.contracts.events import Fact
from services.contracts.events.cohorts import CohortState
from services.sessions.domain.session import Circle, Session

Admit = Callable[[Session], object]
T_co = TypeVar("T_co", covariant=True)


class Page(Protocol[T_co]):
    """Some of a list; `next` is where the following ones begin."""

    @property
    def items(self) -> Sequence[T_co]: ...
    @property
    def next(self) -> str | None: ...


class Sessions(Protocol):
    """The sessions of this service (services/kit/store.py says what each call guarantees)."""

    def get(self, network: str | None, id: str, admitting: Admit | None = None) -> Session: ...

    def find_one(
        self,
        network: str | None,
        where: Mapping[str, Any],
        admitting: Admit | None = None,
        sort: Sequence[tuple[str, int]] | None = None,
    ) -> Session | None: ...

    def add(self, aggregate: Session, announcing: Iterable[Fact] = (), answering: Any = None) -> Session: ...

    def save(
        self,
        aggregate: Session,
        announcing: Iterable[Fact] = (),
        answering: Any = None,
        *,
        repeatable: bool = False,
    ) -> Session: ...

    def of_cohort(self, network: str, cohort_id: str) -> list[Session]:
        """Return all sessions of a cohort, first to last."""
        ...

    def page_of_cohort(self, network: str, cohort_id: str, limit: int, after: str | None) -> Page[Session]:
        """Return a page of a cohort's sessions, first to last."""
        ...

    def page_led_by(self, network: str, person_id: str, limit: int, after: str | None) -> Page[Session]:
        """Return a page of the sessions a person leads, soonest first."""
        ...

    def next_of(self, network: str, person_id: str, now: datetime) -> Session | None:
        """Return the session the person is in, or the first that is not over, or None."""
        ...

    def with_commitments_of(
        self, network: str, person_id: str, limit: int, after: str | None
    ) -> Page[Session]:
        """Return a page of the sessions in which the person committed to something, newest first."""
        ...

    def with_commitments_in(
        self, network: str, cohort_id: str, limit: int, after: str | None
    ) -> Page[Session]:
        """Return a page of a cohort's sessions with commitments, newest first."""
        ...


class Cohorts(Protocol):
    """The copied cohorts."""

    def keep(self, cohort: CohortState, version: int) -> None:
        """Hold the cohort as of `version`, unless a newer one is held."""
        ...

    def circle(self, network: str, cohort_id: str) -> Circle | None:
        """Return the newest circle held, or None when the cohort was never heard of."""
        ...
