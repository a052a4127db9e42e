"""How a conflict of status could be resolved with the fewest people moved: proposed to staff, with why.

Somebody moves to a cohort of the same program with room, or changes places with a member of one; where
neither is possible they wait for a place. A facilitator in a member's line is replaced. Every proposal
leaves no conflict behind and brings none about, and keeps a weekly start for everybody where there was one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from services.membership.domain.line_conflicts import LineConflict, find_conflicts
from services.membership.domain.meeting_times import common_starts, count_starts
from services.membership.domain.reporting import in_one_line
from services.membership.domain.safety import Ancestors, is_neutral

SHOWN = 3
MOST_COVERS = 12


@dataclass(frozen=True)
class Move:
    """Somebody leaves one cohort for another, or (None) to wait for a place."""

    person_id: str
    from_cohort: str
    to_cohort: str | None


@dataclass(frozen=True)
class Table:
    """A cohort as it is weighed: person ids of its present members and of who leads it."""

    cohort_id: str
    display_name: str
    members: tuple[str, ...]
    facilitators: tuple[str, ...]

    def exchanged(self, leaving: str, joining: Iterable[str]) -> "Table":
        return replace(self, members=(*(one for one in self.members if one != leaving), *joining))


@dataclass(frozen=True)
class Ground:
    """What proposals rest on: lines, starts that suit people (0: unknown), size bounds, names, and who may
    lead, least to do first.
    """

    ancestors: Ancestors
    starts: Mapping[str, int]
    low: int
    high: int
    names: Mapping[str, str]
    leaders: Sequence[str] = ()

    def suiting(self, members: Iterable[str]) -> int:
        """Return how many weekly starts suit all whose hours are known."""
        return count_starts(common_starts(self.starts[one] for one in members if self.starts.get(one)))

    def admits(self, person: str, table: Table) -> bool:
        """True when nobody of the table is in a line with `person`, and a start remains."""
        others = (*table.members, *table.facilitators)
        if any(in_one_line(person, one, self.ancestors) for one in others if one != person):
            return False
        return bool(self.suiting((*table.members, person))) or not self.suiting(table.members)


@dataclass(frozen=True)
class Resolution:
    """Who moves where, who leads from then on (None: as before), and why that serves."""

    moves: tuple[Move, ...]
    facilitators: tuple[str, ...] | None
    why: tuple[str, ...]

    def weight(self) -> tuple[int, int]:
        """Smaller is better: fewer who wait, then fewer who move."""
        return sum(move.to_cohort is None for move in self.moves), len(self.moves)


def propose(own: Table, others: Sequence[Table], ground: Ground) -> tuple[Resolution, ...]:
    """Return up to three ways to resolve the conflicts of `own`, the smallest first; none without a conflict.

    Args:
        others: cohorts of the same program.
    """
    conflicts = find_conflicts(own.members, own.facilitators, ground.ancestors)
    if not conflicts:
        return ()
    found = [way for cover in _covers(conflicts) for way in _ways(cover, own, others, ground)]
    found.sort(key=lambda way: (way.weight(), -_starts_left(way, own, others, ground), str(way.moves)))
    return tuple(_with_leaders(way, own, ground) for way in found[:SHOWN])


def _covers(conflicts: Sequence[LineConflict]) -> list[tuple[str, ...]]:
    """The smallest sets of members without whom no two members are in one line."""
    pairs = [(each.one, each.other) for each in conflicts if not each.leads]
    people = sorted({one for pair in pairs for one in pair})
    for size in range(len(people) + 1):
        covers = [
            chosen
            for chosen in combinations(people, size)
            if all(one in chosen or other in chosen for one, other in pairs)
        ]
        if covers:
            return covers[:MOST_COVERS]
    return []


def _ways(
    cover: tuple[str, ...], own: Table, others: Sequence[Table], ground: Ground
) -> Iterator[Resolution]:
    """Every place for one person; for several the first place of each, one after another."""
    here = replace(own, members=tuple(one for one in own.members if one not in cover))
    if len(cover) == 1:
        places = list(_places(cover[0], here, others, ground))
        yield from places or [_waits(cover[0], own, ground)]
        return
    moves: list[Move] = []
    why: list[str] = []
    tables = {table.cohort_id: table for table in others}
    for person in cover:
        places = sorted(_places(person, here, list(tables.values()), ground), key=Resolution.weight)
        way = places[0] if places else _waits(person, own, ground)
        moves.extend(way.moves)
        why.extend(way.why)
        here = _seated(here, way.moves)
        tables = {key: _seated(table, way.moves) for key, table in tables.items()}
    yield Resolution(tuple(moves), None, tuple(why))


def _places(person: str, here: Table, others: Sequence[Table], ground: Ground) -> Iterator[Resolution]:
    for table in others:
        has_room = len(here.members) >= ground.low and len(table.members) < ground.high
        if has_room and ground.admits(person, table):
            yield _moved(person, here, table, ground)
        for other in table.members:
            if ground.admits(person, table.exchanged(other, ())) and ground.admits(other, here):
                yield _swapped(person, other, here, table, ground)


def _moved(person: str, here: Table, table: Table, ground: Ground) -> Resolution:
    name, starts = ground.names[person], ground.suiting((*table.members, person))
    words = (
        f"{name} moves to {table.display_name}: it has {len(table.members)} members of at most "
        f"{ground.high}, nobody of it is in a line with {name}, and {starts} starts a week suit everyone"
    )
    return Resolution((Move(person, here.cohort_id, table.cohort_id),), None, (words,))


def _swapped(person: str, other: str, here: Table, table: Table, ground: Ground) -> Resolution:
    moves = (Move(person, here.cohort_id, table.cohort_id), Move(other, table.cohort_id, here.cohort_id))
    words = (
        f"{ground.names[person]} and {ground.names[other]} ({table.display_name}) change places: sizes stay, "
        "and neither is in a line with anybody there"
    )
    return Resolution(moves, None, (words,))


def _waits(person: str, own: Table, ground: Ground) -> Resolution:
    words = f"{ground.names[person]} waits for a place: no cohort of the program can take them now"
    return Resolution((Move(person, own.cohort_id, None),), None, (words,))


def _with_leaders(way: Resolution, own: Table, ground: Ground) -> Resolution:
    """Replace who leads in a line with a member who stays or comes; nobody neutral leaves the place open."""
    members = _seated(own, way.moves).members
    neutral = [one for one in own.facilitators if is_neutral(one, members, ground.ancestors)]
    if len(neutral) == len(own.facilitators):
        return way
    free = [
        one
        for one in ground.leaders
        if one not in (*own.facilitators, *members) and is_neutral(one, members, ground.ancestors)
    ]
    chosen = free[: len(own.facilitators) - len(neutral)]
    names = " and ".join(ground.names[one] for one in chosen)
    words = f"{names} leads from now on: neutral to every member, with the least to do" if chosen else ""
    nobody = "nobody who holds the role facilitator is neutral here; grant it to somebody, or choose"
    return replace(way, facilitators=(*neutral, *chosen), why=(*way.why, words or nobody))


def _seated(table: Table, moves: Iterable[Move]) -> Table:
    here = [move for move in moves if table.cohort_id in (move.from_cohort, move.to_cohort)]
    gone = {move.person_id for move in here if move.from_cohort == table.cohort_id}
    new = tuple(move.person_id for move in here if move.to_cohort == table.cohort_id)
    return replace(table, members=(*(one for one in table.members if one not in gone), *new))


def _starts_left(way: Resolution, own: Table, others: Sequence[Table], ground: Ground) -> int:
    touched = {move.to_cohort for move in way.moves} | {own.cohort_id}
    tables = [_seated(table, way.moves) for table in (own, *others) if table.cohort_id in touched]
    return min(ground.suiting(table.members) for table in tables)
