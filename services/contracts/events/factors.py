"""What membership announces about own factors; notifications alone hears it and tells the addresses named."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class OwnFactorsState(Fact):
    """How an account's own factors stand, told to one of its persons. Never what they are.

    `addresses` are those to be told; one network is never told the addresses of another. `standing` is
    "held", "waiting" (for a reset, which takes effect at `takes_effect_at`) or "none".
    """

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "own_factors"
    subject_field: ClassVar[str] = "account_id"

    account_id: str
    person_id: str
    addresses: tuple[str, ...]
    standing: str
    takes_effect_at: datetime | None


class OwnFactorSet(OwnFactorsState):
    """A factor was set, replaced or taken away by who proved to be its holder, or was the first."""


class OwnFactorResetAsked(OwnFactorsState):
    """Somebody signed in asked that the factors be forgotten."""


class OwnFactorResetCancelled(OwnFactorsState):
    """A reset that waited will not happen."""


class OwnFactorsReset(OwnFactorsState):
    """The factors were forgotten; a new first one may be set."""
