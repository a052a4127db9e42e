"""What membership announces when somebody may do less than before: gateways hear it and refuse at once.

Ids and words of ours alone, because these facts reach every gateway (catalogue.py, LIVE).
"""

from dataclasses import dataclass
from typing import ClassVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class SignInState(Fact):
    """One sign-in. `standing` is "ended": only ends are announced."""

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "sign_in"
    subject_field: ClassVar[str] = "sign_in_id"

    sign_in_id: str
    person_id: str
    standing: str


class SignInEnded(SignInState):
    """A sign-in is over; none of its tokens is good any more."""


@dataclass(frozen=True)
class AccessState(Fact):
    """What decides about a person's tokens besides roles. `standing` is "active" or "gone"."""

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "access"
    subject_field: ClassVar[str] = "person_id"

    person_id: str
    organization_id: str | None
    standing: str


class AccessChanged(AccessState):
    """A person left, came back, or now belongs to another organization."""
