"""Maximally diverse grouping: elements into groups of bounded sizes, the distances inside as large as can be.

Annealing that cools as the budget is spent, then descent; a budget with room for several rounds is spent in
several, and the best is kept. As with cohorts: integers, and one generator of chance.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from services.membership.formation.compiled import numbers, table
from services.membership.formation.exchanges import add_up, change_places, draw
from services.membership.formation.group_sizes import most_pairs
from services.membership.formation.instance import Instance

COOLING = {True: (0.18, 0.06), False: (0.12, 0.025)}  # heat from and to, in typical losses, by is_rough
REST = 0.995  # share of a budget after which only descent goes on
LOSSES = [int(-math.log((place + 0.5) / 1024) * 1024) for place in range(1024)]
STEP = 400_000  # moves between two looks at the budget
ROUND = 7000  # moves of a first round, for each pair of elements
MORE_ROUNDS = 0.6  # a budget of so many first rounds is spent in this power of them, longer ones
MOVES_A_SECOND = 250_000_000  # of one core, roughly: how many rounds go into seconds
SAMPLE = 4000


@dataclass(frozen=True)
class Budget:
    """What a search may spend: seconds, moves, or what is spent first of the two."""

    seconds: float | None = None
    moves: int | None = None


@dataclass(frozen=True)
class Grouping:
    """The group of each element, and the sum of the distances inside groups."""

    group_of: tuple[int, ...]
    value: int


class _Meter:
    """How much of a budget is spent, as a share; counts moves, and seconds only where they are limited."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._began = time.monotonic()
        self.moves = 0

    def turns(self, people: int) -> int:
        """Return after how many turns of an element to look at the budget again."""
        step = STEP if self._budget.moves is None else min(STEP, self._budget.moves // 200)
        return max(1, step // people)

    def spent(self) -> float:
        shares = [0.0]
        if self._budget.seconds is not None:
            shares.append((time.monotonic() - self._began) / self._budget.seconds)
        if self._budget.moves is not None:
            shares.append(self.moves / self._budget.moves)
        return max(shares)


class _Search:
    """One split on its way; `turn` is whose turn it is."""

    def __init__(self, instance: Instance, seed: int) -> None:
        self.instance = instance
        people, groups = len(instance), len(instance.bounds)
        greatest = people * max(map(max, instance.distances))
        self._state = numbers([seed * 2654435761 + 97])
        self._losses = numbers(LOSSES)
        placed = self._shuffled(most_pairs(instance.bounds, people))
        self._split = (
            table(instance.distances, greatest),
            table([[0] * people for _ in range(groups)], greatest),
            table([[0] * people], greatest)[0],
            table([placed], 0)[0],
            numbers([0] * groups),
            numbers([low for low, _ in instance.bounds]),
            numbers([high for _, high in instance.bounds]),
            table([[0] * groups], greatest)[0],
            self._state,
        )
        self._turn = 0
        self.value = 0
        self.take(placed)

    def take(self, group_of: Sequence[int]) -> None:
        """Go on from these groups."""
        for element, group in enumerate(group_of):
            self._split[3][element] = group
        add_up(self._split)
        self.value = sum(map(int, self._split[2])) // 2

    def groups(self) -> tuple[int, ...]:
        return tuple(map(int, self._split[3]))

    def go(self, turns: int, heat: int) -> int:
        """Let `turns` elements try to move; return what was gained."""
        gained = int(change_places(turns, self._turn, heat, self._losses, self._split))
        self._turn = (self._turn + turns) % len(self.instance)
        self.value += gained
        return gained

    def typical_loss(self) -> tuple[int, bool]:
        """Return (loss, is_rough): what a change of places by chance costs at least, but for the best
        fiftieth of them, and whether that is much for distances that spread as they do.

        Distances in a space are smooth: who is near one is near the neighbors of that one.
        """
        between, sums, own, group_of, *_ = self._split
        costs, distances = [0], []
        for _ in range(SAMPLE):
            one, other = self._any(), self._any()
            here, there = group_of[one], group_of[other]
            distances.append(int(between[one][other]))
            if here != there:
                gain = sums[there][one] - own[one] + sums[here][other] - own[other] - 2 * between[one][other]
                costs.append(-int(gain))
        loss = max(1, sorted(costs)[len(costs) // 50])
        spread = SAMPLE * sum(one * one for one in distances) - sum(distances) ** 2
        is_rough = loss * loss * len(self.instance.bounds) * SAMPLE**2 > spread * len(self.instance)
        return loss, is_rough

    def _any(self) -> int:
        return int(draw(self._state, 31)) * len(self.instance) >> 31

    def _shuffled(self, sizes: Sequence[int]) -> list[int]:
        placed = [group for group, size in enumerate(sizes) for _ in range(size)]
        for place in range(len(placed) - 1, 0, -1):
            other = int(draw(self._state, 31)) * (place + 1) >> 31
            placed[place], placed[other] = placed[other], placed[place]
        return placed


def solve(instance: Instance, seed: int, budget: Budget) -> Grouping:
    """Return the best grouping found within the budget.

    The same instance, seed and moves give the same groups, compiled or plain; seconds do not.
    """
    meter = _Meter(budget)
    search = _Search(instance, seed)
    _descend(search, meter, 0.1)
    best = Grouping(search.groups(), search.value)
    loss, is_rough = search.typical_loss()
    begin, rounds = meter.spent(), _rounds(budget, len(instance))
    for number in range(1, rounds + 1):
        end = begin + (1.0 - begin) * number / rounds
        _cool(search, meter, (meter.spent(), end * REST), [heat * loss * 1024 for heat in COOLING[is_rough]])
        _descend(search, meter, end)
        if search.value > best.value:
            best = Grouping(search.groups(), search.value)
    return best


def prepare(instance: Instance) -> None:
    """Have compiled what an instance of these distances needs; the machine code is kept on disk."""
    wide = max(map(max, instance.distances)) * len(instance) // 2
    solve(Instance(((0, wide), (wide, 0)), ((1, 1), (1, 1))), 1, Budget(moves=1))


def _rounds(budget: Budget, people: int) -> int:
    moves = budget.moves
    if budget.seconds is not None:
        moves = min(moves or 2**62, int(budget.seconds * MOVES_A_SECOND))
    return max(1, round(((moves or 0) // (ROUND * people * people)) ** MORE_ROUNDS))


def _cool(search: _Search, meter: _Meter, shares: tuple[float, float], heats: Sequence[float]) -> None:
    """Anneal from the first of `heats` to the second while the spent share of the budget goes from the first
    of `shares` to the second.
    """
    turns = meter.turns(len(search.instance))
    while (spent := meter.spent()) < shares[1]:
        done = (spent - shares[0]) / (shares[1] - shares[0])
        search.go(turns, int(heats[0] * (heats[1] / heats[0]) ** done))
        meter.moves += turns * len(search.instance)


def _descend(search: _Search, meter: _Meter, share: float) -> None:
    """Take what only gains, until nothing does or this share of the budget is spent."""
    people = len(search.instance)
    turns = min(people, meter.turns(people))
    idle = 0
    while idle < people and meter.spent() < share:
        idle = 0 if search.go(turns, 0) else idle + turns
        meter.moves += turns * people
