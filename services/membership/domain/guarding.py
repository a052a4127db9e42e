"""Rights by relation: over the cohort of somebody in one's reporting line no role opens anything (DESIGN 6).

A cohort names whom that keeps out, so that whoever owns what belongs to it can tell from their own copy. All
above a member are named; of those below only who holds a role, for nobody else has anything to lose.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.kit.due_entry import Due

LOOK = "look"
PAUSE = timedelta(seconds=1)  # many changes come together; one look does for all
OPENING = ("network_admin", "program_staff", "organization_admin", "facilitator", "sponsor")


@dataclass(frozen=True)
class Guarding:
    """That a network's cohorts are to be looked at again. `id` equals `network`."""

    id: str
    network: str
    revision: int = 0
    due: tuple[Due, ...] = ()


def barred_from(
    members: frozenset[str], ancestors: Mapping[str, frozenset[str]], holders: Iterable[str]
) -> tuple[str, ...]:
    """Return, in order, whom a reporting line keeps out of a cohort.

    Args:
        members: of the cohort; they are in it by relation, not by a role.
        ancestors: for each person all those above them, at any depth.
        holders: everyone who holds a role that opens something (OPENING).
    """
    above = {boss for member in members for boss in ancestors.get(member, ())}
    below = {one for one in holders if not members.isdisjoint(ancestors.get(one, frozenset()))}
    return tuple(sorted((above | below) - members))


def look_soon(guarding: Guarding, now: datetime) -> Guarding:
    """Return it due in a moment; the same when a look is still ahead."""
    if any(each.at > now for each in guarding.due):
        return guarding
    return replace(guarding, due=(Due(LOOK, now + PAUSE),))


def looked(guarding: Guarding) -> Guarding:
    """Return it with nothing to look at."""
    return replace(guarding, due=())
