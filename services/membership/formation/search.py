"""The search: rounds of annealing over possible numbers of groups, then a repair that leaves no hard rule
broken.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.membership.formation.arrays import (
    Packed,
    Roster,
    by_availability,
    pack,
    split_as,
    split_in_order,
)
from services.membership.formation.compiled import numbers
from services.membership.formation.moves import anneal
from services.membership.formation.repair import repair

WARM_STEPS = 180
COLD_STEPS = 20  # without heat: only what is better passes
FIRST_HEAT = 250_000  # thousandths of points
COOLING = (975, 1000)  # of the heat, each step
MOST_ROUNDS = 4
THRESHOLDS = [int(-math.log((place + 0.5) / 1024) * 1024) for place in range(1024)]


@dataclass(frozen=True)
class Progress:
    """How far a search is: `tried` of at most `moves`, and how many people stand in a group by now."""

    tried: int
    moves: int
    placed: int


@dataclass(frozen=True)
class Split:
    """What a search found: groups of people's numbers, in ascending order, and who is in none of them."""

    groups: tuple[tuple[int, ...], ...]
    unplaced: tuple[int, ...]
    points: int


def group_counts(people: int, low: int, high: int) -> list[int]:
    """Return the numbers of groups worth trying, best first: sizes around the middle of the bounds."""
    fewest, most = max(1, math.ceil(people / high)), people // low
    if most < fewest:
        return [most] if most else []
    middle = min(most, max(fewest, round(2 * people / (low + high))))
    return sorted(range(fewest, most + 1), key=lambda count: (abs(count - middle), -count))[:MOST_ROUNDS]


@dataclass(frozen=True)
class Former:
    """Groups to go on from: `locked` people stay where they are, and at most `most_moved` others move.

    People in none of the groups may be put anywhere.
    """

    groups: Sequence[Sequence[int]]
    locked: Sequence[int] = ()
    most_moved: int | None = None


def search(
    roster: Roster,
    bounds: tuple[int, int],
    seed: int,
    moves: int,
    watch: Callable[[Progress], None],
    former: Former | None = None,
    group_count: int | None = None,
) -> Split:
    """Split a roster into groups that break no hard rule, as many people placed as the search finds a way to.

    The same roster, bounds, seed and moves give the same split on every machine, compiled or plain.

    Args:
        bounds: least and greatest size of a group.
        seed: a whole number; another one gives another, equally lawful split.
        moves: budget of one round; a round that placed everyone is the last, at most four are made.
        watch: called between steps; what it raises ends the search.
        former: groups to go on from; their number stays, and nobody moves where nothing becomes better.
        group_count: the one number of groups to try; None: those that suit the bounds.
    """
    renumbered, order = by_availability(roster)
    packed = pack(renumbered)
    former = _renumbered(former, order) if former else None
    only = len(former.groups) if former else group_count
    counts = [only] if only else group_counts(len(roster), *bounds)
    best = _as_stood(packed, former, bounds) if former else None
    for number, count in enumerate(counts):

        def told(tried: int, placed: int, number: int = number) -> None:
            watch(Progress(number * moves + tried, moves * len(counts), placed))

        found = _round(packed, (count, former), bounds, _Budget(seed + number, moves), told)
        if best is None or (len(found.unplaced), found.points) < (len(best.unplaced), best.points):
            best = found
        if not found.unplaced:
            break
    return _as_numbered(best, order) if best else Split((), tuple(range(len(roster))), 0)


def _as_stood(packed: Packed, former: Former, bounds: tuple[int, int]) -> Split:
    """Return the former groups, made whole, and with room used for those who are in none."""
    split, held = split_as(packed, former.groups, bounds[1]), _held(former, packed.people)
    return Split(*repair(split, packed, bounds, held))


def _as_numbered(split: Split, order: Sequence[int]) -> Split:
    """Return the split in the numbers its asker gave."""
    groups = sorted(tuple(sorted(order[person] for person in group)) for group in split.groups)
    return Split(tuple(groups), tuple(sorted(order[person] for person in split.unplaced)), split.points)


@dataclass(frozen=True)
class _Budget:
    seed: int
    moves: int


def _renumbered(former: Former, order: Sequence[int]) -> Former:
    number = {person: place for place, person in enumerate(order)}
    groups = [[number[person] for person in group] for group in former.groups]
    return Former(groups, [number[person] for person in former.locked], former.most_moved)


def _held(former: Former | None, people: int) -> tuple:
    """What `anneal` and `repair` take: who stays, the group of each, how many are and may be away from it."""
    locked, home, most = [0] * people, [-1] * people, people
    if former:
        for group, members in enumerate(former.groups):
            for person in members:
                home[person] = group
        for person in former.locked:
            locked[person] = 1
        most = people if former.most_moved is None else former.most_moved
    return numbers(locked), numbers(home), numbers([0, most])


def _round(
    packed: Packed,
    begun: tuple[int, Former | None],
    bounds: tuple[int, int],
    budget: _Budget,
    told: Callable[[int, int], None],
) -> Split:
    low, high = bounds
    count, former = begun
    held = _held(former, packed.people)
    split = split_as(packed, former.groups, high) if former else split_in_order(packed, count, high)
    state = numbers([(budget.seed * 2654435761 + 12345) & 0x7FFFFFFF])
    thresholds = numbers(THRESHOLDS)
    step = max(1, budget.moves // (WARM_STEPS + COLD_STEPS))
    heat = FIRST_HEAT
    for number in range(WARM_STEPS + COLD_STEPS):
        heat = heat * COOLING[0] // COOLING[1] if number < WARM_STEPS else 0
        anneal(
            step,
            heat,
            low,
            high,
            high + 1,
            split,
            held,
            packed.arrays,
            thresholds,
            state,
        )
        told(min(budget.moves, step * (number + 1)), packed.people - int(split[0][count]))
    return Split(*repair(split, packed, bounds, held))
