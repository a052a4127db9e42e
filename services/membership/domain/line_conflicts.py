"""Who of a cohort is in whose reporting line: what no way into a cohort may bring about, and how it is found.

Every way in asks `check_seats` before it writes; whatever happens afterwards, the look at a network's cohorts
(handlers/guarding.py) asks `find_conflicts` again. Colleagues under one manager are no conflict.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from services.membership.domain.reporting import in_one_line
from services.membership.domain.safety import Ancestors, HardRuleBroken


@dataclass(frozen=True)
class LineConflict:
    """Two people of one cohort in one reporting line; `other` leads it where `leads` is true."""

    one: str
    other: str
    leads: bool = False


def find_conflicts(
    members: Iterable[str], facilitators: Iterable[str], ancestors: Ancestors
) -> tuple[LineConflict, ...]:
    """Return each pair of people, one above the other at any depth, in the order of ids.

    Args:
        members: present ones.
        facilitators: those who are members, too, count as members.
        ancestors: for each of them all those above them (reporting.above).
    """
    inside = sorted(set(members))
    leading = sorted(set(facilitators) - set(inside))
    among = [LineConflict(*pair) for pair in combinations(inside, 2) if in_one_line(*pair, ancestors)]
    led = [
        LineConflict(member, leader, leads=True)
        for leader in leading
        for member in inside
        if in_one_line(member, leader, ancestors)
    ]
    return (*among, *led)


def check_seats(members: Iterable[str], facilitators: Iterable[str], ancestors: Ancestors) -> None:
    """Refuse a cohort of these people; for every way in: joining, moving, swapping, leading, forming.

    Raises:
        HardRuleBroken: two of them are in one reporting line; which two is not said.
    """
    if find_conflicts(members, facilitators, ancestors):
        raise HardRuleBroken("nobody may share a cohort with somebody above or below them")


def without_conflicts(members: Sequence[str], ancestors: Ancestors) -> tuple[str, ...]:
    """Return those of `members` who may sit together, in their order, without whoever is in most lines."""
    kept = list(members)
    while conflicts := find_conflicts(kept, (), ancestors):
        counts = Counter(one for pair in conflicts for one in (pair.one, pair.other))
        kept.remove(max(counts, key=lambda one: (counts[one], one)))
    return tuple(kept)
