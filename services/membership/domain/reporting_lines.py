"""All reporting lines of a network in one structure: is one person above another, in constant time.

One pass over n people with m lines makes it; a question then costs two comparisons and one look into a set.

- People who report in a circle are one point: all of them are above each other and themselves.
- Each point hangs below its first manager, which gives a forest; a walk through it numbers the points so that
  whoever is below somebody has a number in that one's interval. That answers lines of one manager each,
  however deep, in O(n) memory.
- Who has further managers (a matrix) keeps those above them through these in a set; who reports to one
  person alone shares that one's set. So a matrix costs time and memory for everyone above each person with
  several managers, once, and nothing for those below.
"""

from collections.abc import Iterator, Mapping, Sequence

NONE: frozenset[int] = frozenset()


class ReportingLines:
    """The lines of everyone, asked after any depth.

    Args:
        lines: person id -> ids of those they report to; managers without a line of their own count, too.
    """

    def __init__(self, lines: Mapping[str, Sequence[str]]) -> None:
        self._lines = lines
        self._points: dict[str, int] = {}
        self._members: list[tuple[str, ...]] = []
        for members in _knots(lines):  # managers come before those who report to them
            self._points |= dict.fromkeys(members, len(self._members))
            self._members.append(members)
        self._bosses = [self._bosses_of(point) for point in range(len(self._members))]
        self._further = self._sets_beyond_the_forest()
        self._first, self._last = _intervals([bosses[0] if bosses else None for bosses in self._bosses])

    def is_above(self, boss: str, person: str) -> bool:
        """True when `person` reports to `boss`, however far; unknown people are above nobody. O(1)."""
        high, low = self._points.get(boss), self._points.get(person)
        if high is None or low is None:
            return False
        if high == low:
            return self._is_circle(high)
        return self._first[high] < self._first[low] <= self._last[high] or high in self._further[low]

    def in_one_line(self, one: str, other: str) -> bool:
        """True when one of the two is above the other; colleagues under one manager are not. O(1)."""
        return self.is_above(one, other) or self.is_above(other, one)

    def circles(self) -> list[tuple[str, ...]]:
        """Return everyone who reports to themselves through others, circle by circle, ids in order."""
        found = (self._members[point] for point in range(len(self._members)) if self._is_circle(point))
        return sorted(tuple(sorted(circle)) for circle in found)

    def levels(self) -> int:
        """Return how many levels of managers stand above whoever has the most; a circle counts as one."""
        depths: list[int] = []
        for bosses in self._bosses:
            depths.append(max((depths[boss] + 1 for boss in bosses), default=0))
        return max(depths, default=0)

    def _is_circle(self, point: int) -> bool:
        members = self._members[point]
        return len(members) > 1 or members[0] in self._lines.get(members[0], ())

    def _bosses_of(self, point: int) -> tuple[int, ...]:
        managers = (boss for member in self._members[point] for boss in self._lines.get(member, ()))
        found = dict.fromkeys(self._points[boss] for boss in managers)
        found.pop(point, None)
        return tuple(found)

    def _sets_beyond_the_forest(self) -> list[frozenset[int]]:
        sets: list[frozenset[int]] = []
        for bosses in self._bosses:
            beyond = sets[bosses[0]] if bosses else NONE
            for boss in bosses[1:]:
                beyond = beyond | sets[boss] | {boss, *self._up(boss)}
            sets.append(beyond)
        return sets

    def _up(self, point: int) -> Iterator[int]:
        """The points above `point` in the forest alone."""
        while bosses := self._bosses[point]:
            point = bosses[0]
            yield point


def _intervals(parents: Sequence[int | None]) -> tuple[list[int], list[int]]:
    """Number the forest so that those below a point have the numbers after its first up to its last."""
    children: list[list[int]] = [[] for _ in parents]
    for point, parent in enumerate(parents):
        if parent is not None:
            children[parent].append(point)
    sizes = [1] * len(parents)
    for point in range(len(parents) - 1, -1, -1):  # those below have higher numbers than those above
        parent = parents[point]
        if parent is not None:
            sizes[parent] += sizes[point]
    first, free = [0] * len(parents), 0
    for point, parent in enumerate(parents):
        if parent is None:
            first[point], free = free, free + sizes[point]
        _place_children(children[point], first, sizes, first[point] + 1)
    return first, [first[point] + sizes[point] - 1 for point in range(len(parents))]


def _place_children(children: Sequence[int], first: list[int], sizes: Sequence[int], free: int) -> None:
    for child in children:
        first[child], free = free, free + sizes[child]


def _knots(lines: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield everyone once, people of one circle together, managers before those below them (Tarjan 1972)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: list[str] = []
    settled: set[str] = set()
    for start in lines:
        if start in order:
            continue
        path = [(start, iter(lines.get(start, ())))]
        _enter(start, order, lowest, waiting)
        while path:
            person, managers = path[-1]
            manager = next(managers, None)
            if manager is None:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[person])
                if lowest[person] == order[person]:
                    yield _take_knot(person, waiting, settled)
            elif manager not in order:
                _enter(manager, order, lowest, waiting)
                path.append((manager, iter(lines.get(manager, ()))))
            elif manager not in settled:
                lowest[person] = min(lowest[person], order[manager])


def _enter(person: str, order: dict[str, int], lowest: dict[str, int], waiting: list[str]) -> None:
    order[person] = lowest[person] = len(order)
    waiting.append(person)


def _take_knot(person: str, waiting: list[str], settled: set[str]) -> tuple[str, ...]:
    at = len(waiting) - 1
    while waiting[at] != person:
        at -= 1
    members = tuple(waiting[at:])
    del waiting[at:]
    settled.update(members)
    return members
