"""What the use cases ask of the outside world."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from services.contracts.events import Fact
from services.contracts.events.membership import CohortState
from services.sessions.domain.session import Circle, Session

Admit = Callable[[Session], object]


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


class Cohorts(Protocol):
    """The copied cohorts."""

    def keep(self, cohort: CohortState, version: int) -> None:
        """Hold the cohort as of `version`, unless a newer one is held."""
        ...

    def circle(self, network: str, cohort_id: str) -> Circle | None:
        """Return the newest circle held, or None when the cohort was never heard of."""
        ...
