"""Two formations of one program side by side: whose company changes, and what that does to the points."""

from collections import Counter
from dataclasses import dataclass

from services.kit.errors import Invalid
from services.membership.domain.formations import Formation, Group


class NotComparable(Invalid):
    """Formations of two programs have nothing in common to compare."""

    code = "not-comparable"


@dataclass(frozen=True)
class Change:
    """A cohort that differs: its number on each side (None: there is none like it), who came and who left."""

    one: int | None
    other: int | None
    came: tuple[str, ...]
    left: tuple[str, ...]
    points: tuple[int, int]


@dataclass(frozen=True)
class Comparison:
    """What changes from one formation to the other.

    `moved`: how many people are in other company; `points`, `lowest`, `unplaced`, `broken`: of each side.
    """

    one: Formation
    other: Formation
    moved: int
    points: tuple[int, int]
    lowest: tuple[int, int]
    unplaced: tuple[int, int]
    broken: tuple[int, int]
    changes: tuple[Change, ...]


def compare(one: Formation, other: Formation) -> Comparison:
    """Return what differs; cohorts that hold the most of each other's members are the same one.

    Raises:
        NotComparable: they are of two programs.
    """
    if one.program_id != other.program_id:
        detail = "is of another program"
        raise NotComparable(f"other_id {detail}", errors=[{"pointer": "/other_id", "detail": detail}])
    pairs = _alike(one.groups, other.groups)
    changes = [_change(one.groups, other.groups, *pair) for pair in pairs]
    return Comparison(
        one,
        other,
        moved=sum(len(change.came) for change in changes),
        points=(_points(one), _points(other)),
        lowest=(_lowest(one), _lowest(other)),
        unplaced=(len(one.unplaced), len(other.unplaced)),
        broken=(_broken(one), _broken(other)),
        changes=tuple(change for change in changes if change.came or change.left),
    )


def _alike(one: tuple[Group, ...], other: tuple[Group, ...]) -> list[tuple[int | None, int | None]]:
    """Return which group is which, those that share most first; the rest of each side stands alone."""
    was = {person: number for number, group in enumerate(one) for person in group.members}
    shared = Counter(
        (was[person], number)
        for number, group in enumerate(other)
        for person in group.members
        if person in was
    )
    mine: dict[int, int] = {}
    taken: set[int] = set()
    for (here, there), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if here not in mine and there not in taken:
            mine[here] = there
            taken.add(there)
    paired: list[tuple[int | None, int | None]] = [(here, mine.get(here)) for here in range(len(one))]
    return paired + [(None, there) for there in range(len(other)) if there not in taken]


def _change(one: tuple[Group, ...], other: tuple[Group, ...], here: int | None, there: int | None) -> Change:
    before, after = (
        groups[place] if place is not None else Group((), None, ())
        for groups, place in ((one, here), (other, there))
    )
    return Change(
        None if here is None else here + 1,
        None if there is None else there + 1,
        came=tuple(sorted(set(after.members) - set(before.members))),
        left=tuple(sorted(set(before.members) - set(after.members))),
        points=(before.points, after.points),
    )


def _points(formation: Formation) -> int:
    return sum(group.points for group in formation.groups)


def _lowest(formation: Formation) -> int:
    return min((group.points for group in formation.groups), default=0)


def _broken(formation: Formation) -> int:
    return sum(len(group.broken) for group in formation.groups)
