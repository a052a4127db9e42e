"""What the use cases of erasures ask of the outside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from services.contracts.events import Fact
from services.membership.domain.cohorts import Cohort
from services.membership.domain.enrollments import Enrollment
from services.membership.domain.erasures import Erasure
from services.membership.domain.groups import SelfFormed
from services.membership.domain.guests import Invitation
from services.membership.domain.identities import Identity
from services.membership.domain.launches import Launch
from services.membership.domain.profiles import Profile
from services.membership.domain.remote_skill import RemoteSkill
from services.membership.domain.roles import Role
from services.membership.domain.sign_ins import SignIn


@dataclass(frozen=True)
class Entry:
    """One line of the ledger: whom to forget again after a restore."""

    erasure_id: str
    network: str
    person_id: str
    begun_at: datetime


class Ledger(Protocol):
    """Lasts outside everything that is restored."""

    def note(self, entry: Entry) -> None: ...
    def entries(self) -> list[Entry]: ...


class Erasures(Protocol):
    """The erasures, one a person."""

    def get(self, network: str | None, id: str, admitting: Any = None) -> Erasure: ...
    def find_one(self, network: str | None, where: Any, admitting: Any = None) -> Erasure | None: ...
    def add(self, aggregate: Erasure, announcing: Iterable[Fact] = ()) -> Erasure: ...
    def save(self, aggregate: Erasure, announcing: Iterable[Fact] = ()) -> Erasure: ...
    def newest(self, network: str, limit: int, after: str | None) -> Any: ...


class Traces(Protocol):
    """What membership's other stores hold of one person."""

    def open_sign_ins(self, network: str, person_id: str) -> list[SignIn]: ...
    def roles(self, network: str, person_id: str) -> list[Role]: ...
    def enrollments(self, network: str, person_id: str) -> list[Enrollment]: ...
    def cohorts(self, network: str, person_id: str) -> list[Cohort]: ...
    def own_profile(self, network: str, person_id: str) -> Profile | None: ...
    def remote_skill(self, network: str, person_id: str) -> RemoteSkill | None: ...
    def groups(self, network: str, person_id: str) -> list[SelfFormed]: ...
    def launches(self, network: str, person_id: str) -> list[Launch]: ...
    def guests(self, network: str, person_id: str) -> list[Invitation]: ...
    def identities(self, network: str, person_id: str) -> list[Identity]: ...
    def page_of_sign_ins(self, network: str, person_id: str, limit: int, after: str | None) -> Any: ...
    def redact_imports(self, network: str, words: Sequence[str]) -> None:
        """Take values that hold any of `words` out of reports and failures of imports."""
        ...

    def forget_answers(self, network: str, person_id: str) -> None:
        """Have recorded answers that named the person made anew."""
        ...

    def drop(self, network: str, person_id: str) -> int:
        """Delete the documents that are the person's alone; return how many must be announced first."""
        ...


@dataclass(frozen=True)
class ErasurePorts:
    """All of them, by name."""

    erasures: Erasures
    ledger: Ledger
    traces: Traces
    people: Any
    accounts: Any
    factors: Any
    sign_ins: Any
    roles: Any
    role_holders: Any
    enrollments: Any
    cohorts: Any
    launches: Any
    groups: Any
    guests: Any
    engagements: Any
    clock: Any
