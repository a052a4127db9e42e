"""What the use cases of guests ask of the outside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from services.contracts.events import Fact
from services.kit.clock import Clock
from services.membership.domain.guests import Invitation
from services.membership.domain.people_ports import Cohorts, People


class Guests(Protocol):
    """Invitations; `answering` is what this request is answered, also when it is repeated."""

    def get(self, network: Any, id: str) -> Invitation: ...
    def add(
        self, aggregate: Invitation, announcing: Iterable[Fact] = (), answering: Any = None
    ) -> Invitation: ...
    def save(
        self,
        aggregate: Invitation,
        announcing: Iterable[Fact] = (),
        answering: Any = None,
        *,
        repeatable: bool = False,
    ) -> Invitation: ...
    def of_session(self, network: str, session_id: str) -> list[Invitation]: ...
    def asked_of(self, network: str, cohort_ids: list[str]) -> list[Invitation]: ...
    def of_guest(self, network: str, person_id: str) -> list[Invitation]: ...


class Slots(Protocol):
    """When sessions are, as scheduling last said."""

    def keep(self, slot: Any, version: int) -> None: ...
    def times(self, network: str, session_id: str) -> tuple[str, datetime, datetime] | None: ...


@dataclass(frozen=True)
class GuestPorts:
    """What guests are handled with."""

    guests: Guests
    slots: Slots
    cohorts: Cohorts
    people: People
    clock: Clock
