"""What notifications keeps of the others: whom to tell, where, and whether it is still true."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Contact:
    """Where and on which clock to reach a person."""

    person_id: str
    display_name: str
    email: str
    zone: str
    language: str


@dataclass(frozen=True)
class Cohort:
    """Who is in a cohort: present members and facilitators; `left` are those who were.

    `on_hold`: its next session waits for the program's staff.
    """

    id: str
    network: str
    people: tuple[str, ...]
    left: tuple[str, ...]
    on_hold: bool = False


@dataclass(frozen=True)
class Enrollment:
    """How somebody stands in a program, as far as letters need it."""

    id: str
    network: str
    program_id: str
    person_id: str
    cohort_id: str | None
    standing: str
    offer_until: datetime | None
    paused_until: datetime | None


@dataclass(frozen=True)
class Slot:
    """A session's time and place as scheduling announced it. `changed` is what the last change was about."""

    id: str
    network: str
    version: int
    cohort_id: str
    number: int
    of: int
    starts_at: datetime
    ends_at: datetime
    wall_start: str
    zone: str
    place: str
    sequence: int
    standing: str
    changed: str = "time"


@dataclass(frozen=True)
class Session:
    """What became of a session, as far as notices need it: answers, and since when there is a capsule."""

    id: str
    network: str
    cohort_id: str
    invited: tuple[str, ...]
    answers: dict[str, str]
    capsule_published_at: datetime | None


@dataclass(frozen=True)
class Request:
    """That a person is asked for feedback. `standing` is "asked", "given" or "closed"."""

    id: str
    network: str
    person_id: str
    cohort_id: str
    questionnaire_id: str
    session_id: str
    closes_at: datetime
    standing: str
