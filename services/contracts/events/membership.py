"""What membership announces: who belongs to what."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

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
    standing: str  # "applied", "accepted", "waitlisted", "offered", "enrolled", "placed", "declined", …
    round: int = 0  # counts the person's applications; 0: staff enrolled them
    offer_until: datetime | None = None  # of a seat that is offered
    paused_until: datetime | None = None  # they take no part until then


class PersonEnrolled(EnrollmentState):
    """A person enrolled in a program."""


class EnrollmentChanged(EnrollmentState):
    """An enrollment moved on: applied, offered a seat, placed in a cohort, paused, withdrawn."""
