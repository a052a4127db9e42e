"""Who talks with whom, round after round: pairs without a repeated partner until there is nobody new.

With an even number the rounds are those of a round robin: each two meet once in n - 1 rounds (Kirkman 1850).
With an odd number one of the groups is a trio, so that nobody is left over; whoever was in a trio least is
in it, and pairs are found among those who have not met, by search where they can be and else with the fewest
repeats.
"""

from collections.abc import Sequence
from itertools import combinations

Round = tuple[tuple[str, ...], ...]
LOOKS, MOST_TRIOS = 2_000, 100  # places and trios tried for one round before a repeat is taken


def rotations(people: Sequence[str], rounds: int) -> tuple[Round, ...]:
    """Return `rounds` rounds in which everybody talks with somebody; the same people give the same rounds.

    Args:
        people: each once; fewer than two have nobody to talk with.
    """
    everyone = sorted(set(people))
    if len(everyone) < 2:
        return ()
    if len(everyone) == 3:
        return ((tuple(everyone),),) * rounds
    if len(everyone) % 2 == 0:
        return tuple(_robin(everyone, number) for number in range(rounds))
    search = _WithTrio(everyone)
    return tuple(search.next_round() for _ in range(rounds))


def repeats(rounds: Sequence[Round]) -> int:
    """Return how often two people meet who met in an earlier round."""
    met: set[tuple[str, str]] = set()
    again = 0
    for each in rounds:
        pairs = [pair for group in each for pair in combinations(sorted(group), 2)]
        again += sum(pair in met for pair in pairs)
        met |= set(pairs)
    return again


def _robin(people: Sequence[str], number: int) -> Round:
    """The first stays, the others go round."""
    still, others = people[0], people[1:]
    turn = number % len(others)
    circle = [still, *others[turn:], *others[:turn]]
    half = len(circle) // 2
    return tuple(sorted(_pair(circle[place], circle[-1 - place]) for place in range(half)))


class _WithTrio:
    """Rounds of an odd number of people, with what was had before."""

    def __init__(self, people: Sequence[str]) -> None:
        self._people = people
        self._met = dict.fromkeys(combinations(people, 2), 0)
        self._in_trio = dict.fromkeys(people, 0)
        self._looks = 0

    def next_round(self) -> Round:
        for bearable in range(max(self._met.values()) + 2):
            found = self._with_at_most(bearable)
            if found is not None:
                return self._had(found)
        raise AssertionError("a round in which everybody may meet again always exists")

    def _with_at_most(self, times: int) -> Round | None:
        """A round in which nobody meets whom they met more than `times` times; None: none was found."""
        trios = [trio for trio in combinations(self._people, 3) if self._worst(trio) <= times]
        trios.sort(key=lambda trio: (sum(self._in_trio[one] for one in trio), trio))
        for trio in trios[:MOST_TRIOS]:
            self._looks = LOOKS
            pairs = self._paired([one for one in self._people if one not in trio], times)
            if pairs is not None:
                return (trio, *pairs)
        return None

    def _paired(self, people: list[str], times: int) -> list[tuple[str, ...]] | None:
        if not people:
            return []
        self._looks -= 1
        if self._looks < 0:
            return None
        options = {
            one: [x for x in people if x != one and self._met[_pair(one, x)] <= times] for one in people
        }
        one = min(people, key=lambda each: (len(options[each]), each))
        for other in sorted(
            options[one], key=lambda each: (self._met[_pair(one, each)], len(options[each]), each)
        ):
            rest = self._paired([each for each in people if each not in (one, other)], times)
            if rest is not None:
                return [_pair(one, other), *rest]
        return None

    def _worst(self, trio: tuple[str, ...]) -> int:
        return max(self._met[pair] for pair in combinations(trio, 2))

    def _had(self, groups: Round) -> Round:
        for group in groups:
            for pair in combinations(group, 2):
                self._met[pair] += 1
        for one in groups[0]:
            self._in_trio[one] += 1
        return tuple(sorted(groups))


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
