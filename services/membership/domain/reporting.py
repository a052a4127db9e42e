"""Who reports to whom, at any depth. A person may have several managers (matrix)."""

from collections.abc import Mapping, Sequence

Lines = Mapping[str, Sequence[str]]  # person id -> ids of those they report to


def above(lines: Lines) -> dict[str, frozenset[str]]:
    """Return for everyone in `lines` all those above them, at any depth.

    A circle in the lines ends the walk instead of running for ever; everyone in it is then above themselves.
    """
    found: dict[str, frozenset[str]] = {}
    for person in lines:
        if person not in found:
            _walk(person, lines, found)
    return found


def _walk(start: str, lines: Lines, found: dict[str, frozenset[str]]) -> None:
    seen: set[str] = set()
    waiting = list(lines.get(start, ()))
    while waiting:
        person = waiting.pop()
        if person in seen:
            continue
        seen.add(person)
        known = found.get(person)
        if known is None:
            waiting.extend(lines.get(person, ()))
        else:
            seen |= known
    found[start] = frozenset(seen)


def in_one_line(one: str, other: str, ancestors: Mapping[str, frozenset[str]]) -> bool:
    """True when one stands above the other, however far; colleagues under one manager do not count."""
    return other in ancestors.get(one, frozenset()) or one in ancestors.get(other, frozenset())


def levels_above(lines: Lines) -> dict[str, int]:
    """Return for everyone in `lines` how many levels stand above them, along the longest line.

    Args:
        lines: without circles (`find_circles`).
    """
    levels: dict[str, int] = {}
    for start in lines:
        waiting = [start]
        while waiting:
            person = waiting[-1]
            unknown = [manager for manager in lines.get(person, ()) if manager not in levels]
            if unknown:
                waiting.extend(unknown)
            else:
                waiting.pop()
                levels[person] = max((levels[manager] + 1 for manager in lines.get(person, ())), default=0)
    return levels


def find_circles(lines: Lines) -> list[tuple[str, ...]]:
    """Return the circles of managers, each once, beginning with its smallest id.

    Of circles that share people one is returned: mending it and asking again shows the next.
    """
    circles: list[tuple[str, ...]] = []
    finished: set[str] = set()
    for start in sorted(lines):
        if start not in finished:
            circles.extend(_circles_from(start, lines, finished))
    return circles


def _circles_from(start: str, lines: Lines, finished: set[str]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    path: list[str] = [start]
    place = {start: 0}
    branches = [iter(lines.get(start, ()))]
    while branches:
        manager = next(branches[-1], None)
        if manager is None:
            branches.pop()
            gone = path.pop()
            del place[gone]
            finished.add(gone)
        elif manager in place:
            found.append(_from_smallest(path[place[manager] :]))
        elif manager not in finished:
            place[manager] = len(path)
            path.append(manager)
            branches.append(iter(lines.get(manager, ())))
    return found


def _from_smallest(circle: list[str]) -> tuple[str, ...]:
    first = circle.index(min(circle))
    return tuple(circle[first:] + circle[:first])
