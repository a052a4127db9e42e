"""What membership announces: who belongs to what."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, TypeVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class NetworkState(Fact):
    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "network"
    subject_field: ClassVar[str] = "network"

    display_name: str
    standing: str = "active"  # or "suspended": nobody of it gets in


class NetworkCreated(NetworkState):
    """A sponsor's community began."""


class NetworkSuspended(NetworkState):
    """The operator let nobody of the network in any more."""


class NetworkResumed(NetworkState):
    """A suspended network goes on."""


@dataclass(frozen=True)
class OrganizationState(Fact):
    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "organization"
    subject_field: ClassVar[str] = "organization_id"

    organization_id: str
    display_name: str


class OrganizationAdded(OrganizationState):
    """A partner joined the network."""


class OrganizationChanged(OrganizationState):
    """A partner's entry changed."""


@dataclass(frozen=True)
class WeeklyHours:
    """Hours in which a person can meet, on the wall clock of `zone`.

    `day` is 0 (Monday) to 6; `from_minute` and `to_minute` count from midnight, to at most 1440.
    """

    day: int
    from_minute: int
    to_minute: int


@dataclass(frozen=True)
class PersonState(Fact):
    """Someone known to a network, without address: addresses travel only in `contact_changed`."""

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "person"
    subject_field: ClassVar[str] = "person_id"

    person_id: str
    display_name: str
    organization_id: str | None
    zone: str
    language: str
    weekly_hours: tuple[WeeklyHours, ...]
    standing: str  # "active" or "gone"


class PersonAdded(PersonState):
    """A person became known to the network."""


class PersonChanged(PersonState):
    """A person's entry changed."""


@dataclass(frozen=True)
class ContactState(Fact):
    """Where to reach a person; heard by notifications alone."""

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "contact"
    subject_field: ClassVar[str] = "person_id"

    person_id: str
    display_name: str
    email: str
    zone: str
    language: str


class ContactChanged(ContactState):
    """A person's contact address is now this one."""


@dataclass(frozen=True)
class ProgramState(Fact):
    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "program"
    subject_field: ClassVar[str] = "program_id"

    program_id: str
    display_name: str
    outcome: str  # key of CONTENT 2, the one primary outcome
    form: str  # key of CONTENT 1.1
    size_low: int
    size_high: int
    session_count: int
    session_minutes: int
    weeks_between: int
    facilitation: str
    starts_on: str  # ISO date: no session before this day
    standing: str  # "designed", "enrolling", "running", "ended"


class ProgramDesigned(ProgramState):
    """A program came to be from one primary outcome."""


class ProgramChanged(ProgramState):
    """A program's design or standing changed."""


@dataclass(frozen=True)
class EnrollmentState(Fact):
    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "enrollment"
    subject_field: ClassVar[str] = "enrollment_id"

    enrollment_id: str
    program_id: str
    person_id: str
    cohort_id: str | None
    standing: str  # "enrolled", "placed", "withdrawn"


class PersonEnrolled(EnrollmentState):
    """A person enrolled in a program."""


class EnrollmentChanged(EnrollmentState):
    """An enrollment moved on: placed in a cohort, or withdrawn."""


@dataclass(frozen=True)
class RosterEntry:
    """One member of a cohort. `standing` is "member" or "left"."""

    person_id: str
    display_name: str
    organization_id: str | None
    zone: str
    standing: str = "member"


C = TypeVar("C", bound="CohortState")


@dataclass(frozen=True)
class CohortState(Fact):
    """A cohort with its complete roster and who has signed which agreement."""

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "cohort"
    subject_field: ClassVar[str] = "cohort_id"

    cohort_id: str
    program_id: str
    display_name: str
    form: str
    roster: tuple[RosterEntry, ...]
    facilitators: tuple[RosterEntry, ...]
    session_count: int
    session_minutes: int
    weeks_between: int
    starts_on: str  # ISO date
    agreement_version: str
    signed_by: tuple[str, ...]  # person ids who signed `agreement_version`
    standing: str  # "formed" or "ended"
    barred: tuple[str, ...] = ()  # in a reporting line of a member: no role of theirs opens anything here


def without_names(cohort: C, gone: frozenset[str]) -> C:
    """Return `cohort` with everybody in `gone` left and unnamed, as membership itself tells of the forgotten.

    What is heard late, or again, may still name them.
    """

    def unnamed(entries: tuple[RosterEntry, ...]) -> tuple[RosterEntry, ...]:
        return tuple(
            RosterEntry(entry.person_id, "", None, "UTC", "left") if entry.person_id in gone else entry
            for entry in entries
        )

    if not gone:
        return cohort
    return replace(cohort, roster=unnamed(cohort.roster), facilitators=unnamed(cohort.facilitators))


class CohortFormed(CohortState):
    """A cohort came to be from a committed formation."""


class MemberJoined(CohortState):
    """Somebody joined the cohort."""


class MemberLeft(CohortState):
    """Somebody left the cohort."""


class FacilitatorAssigned(CohortState):
    """The cohort's facilitators changed."""


class AgreementSigned(CohortState):
    """One more member signed the present agreement."""


class CohortGuarded(CohortState):
    """Whom a reporting line keeps out of the cohort, whatever their roles, is now another."""


@dataclass(frozen=True)
class RoleState(Fact):
    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "role"
    subject_field: ClassVar[str] = "role_id"

    role_id: str
    person_id: str
    role: str
    organization_id: str | None
    granted_by: str | None
    until: datetime | None
    standing: str  # "granted" or "revoked"


class RoleGranted(RoleState):
    """A person holds a role now."""


class RoleRevoked(RoleState):
    """A person no longer holds a role."""


@dataclass(frozen=True)
class SignInLinkState(Fact):
    """A one-time link for notifications to send; works once, for ten minutes, by POST.

    `token` is sealed (contracts/links.py): an outbox, a queue and the oplog open no door.
    """

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "sign_in_link"
    subject_field: ClassVar[str] = "link_id"

    link_id: str
    person_id: str
    email: str
    token: str
    expires_at: datetime


class SignInLinkRequested(SignInLinkState):
    """Somebody asked to sign in with this address."""


@dataclass(frozen=True)
class ClientState(Fact):
    """A partner system as gateways must know it, to refuse its tokens at once; no name, no secret.

    Args:
        standing: "active" or "disabled"; no token of a disabled one is good.
        valid_from: tokens issued before this moment are stale; None: none is.
        revoked: tokens (`jti`) withdrawn one by one that have not run out yet.
    """

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "client"
    subject_field: ClassVar[str] = "client_id"

    client_id: str
    organization_id: str | None
    standing: str
    valid_from: datetime | None
    revoked: tuple[str, ...]


class ClientChanged(ClientState):
    """A partner system was disabled or enabled, may do less than before, or withdrew a token."""


@dataclass(frozen=True)
class ErasureState(Fact):
    """How far the forgetting of one person is. Names nobody but by id."""

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "erasure"
    subject_field: ClassVar[str] = "erasure_id"

    erasure_id: str
    person_id: str
    begins_at: datetime  # until then it can be taken back
    standing: str  # "waiting", "cancelled", "erasing" or "erased"


class PersonErasureAsked(ErasureState):
    """A person is to be forgotten, unless they take it back before `begins_at`."""


class PersonErasureCancelled(ErasureState):
    """The person stays."""


class PersonErasureRequested(ErasureState):
    """The person is to be forgotten now, by every service."""


class PersonErased(ErasureState):
    """Every service has forgotten the person."""
