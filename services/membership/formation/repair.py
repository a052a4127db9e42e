"""After the search: what still breaks a hard rule is taken apart, and who can be put elsewhere is."""

from typing import Any

from services.membership.formation.arrays import Packed
from services.membership.formation.compiled import WORDS, numbers
from services.membership.formation.cost import common_starts, group_cost


def repair(split: tuple, packed: Packed, bounds: tuple[int, int], held: tuple) -> tuple:
    """Return (groups, unplaced, points) without a broken hard rule.

    Members are taken out of a broken group until it is whole; one that falls below `low` is given up;
    whoever is left goes where they cost least among the groups with room.
    """
    low, high = bounds
    locked, home, away = held
    sizes, members, *_ = split
    capacity = high + 1
    bench = _Bench(packed)
    groups: list[list[int]] = []
    unplaced = [int(members[(len(sizes) - 1) * capacity + place]) for place in range(int(sizes[-1]))]
    for group in range(len(sizes) - 1):
        people = [int(members[group * capacity + place]) for place in range(int(sizes[group]))]
        whole, out = _made_whole(people, low, bench, locked)
        unplaced += out
        if whole:
            groups.append(whole)
    if away[1] >= packed.people:
        unplaced = [one for one in sorted(unplaced) if not _put_somewhere(one, groups, high, bench)]
    else:  # who had a group and may not be moved stays out; the others were in none
        unplaced = [
            one for one in sorted(unplaced) if home[one] >= 0 or not _put_somewhere(one, groups, high, bench)
        ]
    found = tuple(sorted(tuple(sorted(people)) for people in groups))
    return found, tuple(unplaced), sum(bench.cost(list(people)) for people in found)


class _Bench:
    """Weighs one group at a time with the engine's own functions."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self._group_of = numbers([1] * packed.people)

    def cost(self, people: list[int]) -> int:
        for person in people:
            self._group_of[person] = 0
        sizes, members = numbers([len(people)]), numbers(people)
        cost = int(group_cost(0, len(people), sizes, members, self._group_of, self._packed.arrays))
        for person in people:
            self._group_of[person] = 1
        return cost

    def is_whole(self, people: list[int]) -> bool:
        common = common_starts(0, len(people), numbers(people), self._packed.arrays[2], WORDS)
        return common > 0 and self._unrelated(people) and self._complete(people)

    def _complete(self, people: list[int]) -> bool:
        begins, together = self._packed.arrays[11:13]
        there = set(people)
        return all(
            int(together[at]) in there
            for person in people
            for at in range(int(begins[person]), int(begins[person + 1]))
        )

    def _unrelated(self, people: list[int]) -> bool:
        begins, related = self._packed.arrays[:2]
        there = set(people)
        return not any(
            int(related[at]) in there
            for person in people
            for at in range(int(begins[person]), int(begins[person + 1]))
        )


def _made_whole(people: list[int], low: int, bench: _Bench, locked: Any) -> tuple[list[int], list[int]]:
    out: list[int] = []
    while len(people) >= low and not bench.is_whole(people):
        costs = [
            (locked[person], bench.cost([one for one in people if one != person]), person)
            for person in people
        ]
        worst = min(costs)[2]
        people = [one for one in people if one != worst]
        out.append(worst)
    return (people, out) if len(people) >= low else ([], out + people)


def _put_somewhere(person: int, groups: list[list[int]], high: int, bench: _Bench) -> bool:
    rooms = [
        (bench.cost([*people, person]) - bench.cost(people), place)
        for place, people in enumerate(groups)
        if len(people) < high and bench.is_whole([*people, person])
    ]
    if not rooms:
        return False
    groups[min(rooms)[1]].append(person)
    return True
