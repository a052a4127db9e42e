"""What membership announces while a person is forgotten; that it is done, each service says elsewhere."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from services.contracts.events import Fact


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
