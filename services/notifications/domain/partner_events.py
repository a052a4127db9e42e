"""What partner systems may be told of, by scope: an allow-list; what is not on it does not exist for them.

Many a partner system is the employer's. So no participation, attendance, answer, signature or feedback of a
person is ever listed, nor who is in which cohort (SECURITY 1.39). A new event is invisible until listed here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.contracts.events import Fact
from services.contracts.events.membership import PersonState


@dataclass(frozen=True)
class Listing:
    """One type partners may hear: the scope it needs, and which of its fields they see.

    Args:
        organization_of: for facts about one organization's things: whose. Only that organization is told.
    """

    scope: str
    shows: tuple[str, ...]
    organization_of: Callable[[Any], str | None] | None = None


def _organization(fact: PersonState) -> str | None:
    return fact.organization_id


_COHORT = Listing(
    "cohorts:read",
    ("cohort_id", "program_id", "form", "session_count", "session_minutes", "starts_on", "standing"),
)
_PROGRAM = Listing(
    "cohorts:read",
    (
        "program_id",
        "display_name",
        "outcome",
        "form",
        "session_count",
        "session_minutes",
        "starts_on",
        "standing",
    ),
)
_PERSON = Listing("people:read", ("person_id", "organization_id", "standing"), _organization)

LISTED: dict[str, Listing] = {
    "cohort_formed": _COHORT,
    "program_designed": _PROGRAM,
    "program_changed": _PROGRAM,
    "person_added": _PERSON,
    "person_changed": _PERSON,
}


def types_for(scopes: frozenset[str]) -> frozenset[str]:
    """Return the types that these scopes open."""
    return frozenset(name for name, listing in LISTED.items() if listing.scope in scopes)


def shown_to_partner(name: str, fact: Fact, organization_id: str | None) -> dict[str, Any] | None:
    """Return what an endpoint of `organization_id` (None: the network's) is told of `fact`, or None."""
    listing = LISTED.get(name)
    if listing is None:
        return None
    if listing.organization_of is not None and (
        organization_id is None or listing.organization_of(fact) != organization_id
    ):
        return None
    return {field: getattr(fact, field) for field in listing.shows}
