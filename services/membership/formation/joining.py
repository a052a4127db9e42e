"""Where somebody who comes late fits: every group with room is weighed, and nobody is moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.membership.formation.arrays import Roster, pack, split_as
from services.membership.formation.compiled import compiled, numbers
from services.membership.formation.cost import group_cost, pairs_inside, partners_elsewhere
from services.membership.formation.moves import put_in, take_out

FULL = 2**40  # more than any lawful group costs


@dataclass(frozen=True)
class Room:
    """A group that can take somebody, and by how many points it becomes worse; below 0: better."""

    group: int
    points: int


class Rooms:
    """The groups of a roster as they stand; those who are in none may be weighed, one after another."""

    def __init__(self, roster: Roster, groups: Sequence[Sequence[int]], high: int) -> None:
        self._packed = pack(roster)
        self._high = high
        self._split = split_as(self._packed, groups, high)

    def best(self, person: int, count: int = 3) -> list[Room]:
        """Return the groups that take `person` without a broken hard rule, the best first."""
        groups, points = numbers([-1] * count), numbers([FULL] * count)
        weigh(person, self._high, self._split, self._packed.arrays, groups, points)
        found = zip(groups, points, strict=True)
        return [Room(int(group), int(worth)) for group, worth in found if group >= 0]


@compiled
def suits_all(person, first, size, members, starts, word_count):
    """True when `person` and these members have a start in common."""
    for word in range(word_count):
        suits = starts[person * word_count + word]
        for place in range(first, first + size):
            suits = suits & starts[members[place] * word_count + word]
        if suits != 0:
            return True
    return False


@compiled
def note_best(group, points, best_groups, best_points):
    """Insert a group into the list of the best, the best first; of equals the first."""
    last = len(best_groups) - 1
    if points >= best_points[last]:
        return
    while last > 0 and best_points[last - 1] > points:
        best_groups[last] = best_groups[last - 1]
        best_points[last] = best_points[last - 1]
        last -= 1
    best_groups[last] = group
    best_points[last] = points


@compiled
def weigh(person, high, split, roster, best_groups, best_points):
    """Note the groups that become least worse by `person`; the split is as before afterwards."""
    sizes, members, group_of, place_of, costs = split
    capacity = high + 1
    outside = group_of[person]
    for group in range(len(sizes) - 1):
        size = sizes[group]
        first = group * capacity
        if (
            size >= high
            or group == outside
            or not suits_all(person, first, size, members, roster[2], roster[9])
        ):
            continue
        take_out(person, sizes, members, group_of, place_of, capacity)
        put_in(person, group, sizes, members, group_of, place_of, capacity)
        broken = pairs_inside(group, first, size + 1, members, group_of, roster[0], roster[1])
        broken += partners_elsewhere(group, first, size + 1, members, group_of, roster[11], roster[12])
        if broken == 0:
            points = group_cost(group, capacity, sizes, members, group_of, roster) - costs[group]
            note_best(group, points, best_groups, best_points)
        take_out(person, sizes, members, group_of, place_of, capacity)
        put_in(person, outside, sizes, members, group_of, place_of, capacity)
