"""What handing a cohort over asks of the outside."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from services.contracts.events import Fact
from services.membership.domain.cohorts import Cohort
from services.membership.domain.ladder import Held


class HeldSessions(Protocol):
    """The sessions of a cohort that are over, as sessions last said."""

    def keep(self, session: Any, version: int) -> None: ...
    def held(self, network: str, cohort_id: str) -> list[Held]: ...


class SteppingCohorts(Protocol):
    """Cohorts; `answering` is what this request is answered, also when it is repeated."""

    def get(self, network: Any, id: str, admitting: Callable[[Cohort], object] | None = None) -> Cohort: ...
    def save(self, aggregate: Cohort, announcing: Iterable[Fact] = (), answering: Any = None) -> Cohort: ...
