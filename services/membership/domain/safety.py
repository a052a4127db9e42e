"""The hard rules of a cohort: what no search, join or assignment may break. Checked anew on every result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from services.kit.errors import Conflict
from services.membership.domain.meeting_times import common_starts
from services.membership.domain.reporting import in_one_line

Ancestors = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Breach:
    """One hard rule broken: by which group (from 0), and by whom. `rule` is a slug."""

    rule: str
    group: int
    people: tuple[str, ...]
    words: str


class HardRuleBroken(Conflict):
    """What was to be done would break a hard rule; who caused it is told to staff only."""

    code = "hard-rule-broken"


def find_breaches(
    groups: Sequence[Sequence[str]],
    ancestors: Ancestors,
    starts: Mapping[str, int],
    bounds: tuple[int, int],
) -> list[Breach]:
    """Return every hard rule the groups break; an empty list is the only lawful answer.

    Args:
        groups: person ids.
        ancestors: for each person all those above them, at any depth.
        starts: for each person the starts that suit them (meeting_times.py).
        bounds: least and greatest size.
    """
    found = []
    seen: dict[str, int] = {}
    for number, group in enumerate(groups):
        found.extend(_line_breaches(number, group, ancestors))
        if not bounds[0] <= len(group) <= bounds[1]:
            words = f"has {len(group)} members; {bounds[0]} to {bounds[1]} are allowed"
            found.append(Breach("size", number, tuple(group), words))
        if not common_starts(starts.get(person, 0) for person in group):
            found.append(
                Breach("no-common-start", number, tuple(group), "has no weekly start that suits all")
            )
        for person in group:
            if person in seen:
                found.append(
                    Breach("twice", number, (person,), f"holds a member of group {seen[person] + 1}")
                )
            seen[person] = number
    return found


def is_neutral(facilitator: str, members: Sequence[str], ancestors: Ancestors) -> bool:
    """True when the facilitator stands neither above nor below any member."""
    return not any(in_one_line(facilitator, member, ancestors) for member in members if member != facilitator)


def check_neutral(facilitators: Sequence[str], members: Sequence[str], ancestors: Ancestors) -> None:
    """Refuse a facilitator from a member's reporting line.

    Raises:
        HardRuleBroken: somebody among them is above or below a member.
    """
    if not all(is_neutral(one, members, ancestors) for one in facilitators):
        raise HardRuleBroken("a facilitator may not stand above or below a member of the cohort")


def _line_breaches(number: int, group: Sequence[str], ancestors: Ancestors) -> list[Breach]:
    return [
        Breach("reporting-line", number, (one, other), "holds two people of one reporting line")
        for one, other in combinations(group, 2)
        if in_one_line(one, other, ancestors)
    ]
