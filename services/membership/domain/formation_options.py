"""What staff ask of a formation beside its program's rules: pairs, sizes, weights, and what to go on from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from services.kit.errors import Invalid

Pair = tuple[str, str]
WEIGHTS = ("organizations", "thread", "wanted", "choice", "hours", "spread")
USUAL, HEAVIEST = 100, 300  # percent
UNASKED = {"spread": 0}  # alike years of experience count only where staff ask for them
MOST_PAIRS = 5_000
PAIRS = ("wanted", "apart", "together")


@dataclass(frozen=True)
class Options:
    """What a run is asked for. None and () leave it as the program or the usual has it.

    Args:
        size_low, size_high: in place of the program's, for trying out.
        weights: (term, percent) for what counts otherwise than usual.
        wanted: pairs that would like to meet; apart: pairs that must not; together: pairs that must.
        former_id: the formation to go on from; most_moved: how many people may change their group.
    """

    size_low: int | None = None
    size_high: int | None = None
    weights: tuple[tuple[str, int], ...] = ()
    wanted: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    together: tuple[Pair, ...] = ()
    former_id: str | None = None
    most_moved: int | None = None

    def weight(self, term: str) -> int:
        """Return what a term counts, in percent of the usual."""
        return dict(self.weights).get(term, UNASKED.get(term, USUAL))


NO_OPTIONS = Options()


class OptionsContradict(Invalid):
    """What is asked for cannot hold together; each fault names its field."""

    code = "options-contradict"


def options_of(said: Mapping[str, Any], low: int, high: int, former: Options | None) -> Options:
    """Return the options said, what was not said as in the run that is gone on from.

    Args:
        said: fields of `Options`, pairs as lists of two ids, weights as a mapping.
        low, high: the program's sizes.

    Raises:
        OptionsContradict: with every contradiction, the smallest first.
    """
    given: dict[str, Any] = {name: said[name] for name in said if name not in (*PAIRS, "weights")}
    given |= {name: in_order(said[name]) for name in PAIRS if name in said}
    if "weights" in said:
        given["weights"] = tuple(sorted(said["weights"].items()))
    options = replace(former or NO_OPTIONS, former_id=None, most_moved=None)
    options = replace(options, **given)
    faults = list(_faults(options, low, high))
    if faults:
        errors = [{"pointer": pointer, "detail": detail} for pointer, detail in faults]
        raise OptionsContradict(f"{faults[0][0].strip('/')}: {faults[0][1]}", errors=errors)
    return options


def in_order(pairs: Iterable[Iterable[str]]) -> tuple[Pair, ...]:
    """Return pairs each once, whoever was named first."""
    found = {(min(one), max(one)) for one in map(tuple, pairs)}
    return tuple(sorted(found))


def sets_together(pairs: Iterable[Pair]) -> list[tuple[str, ...]]:
    """Return who must be in one group through any chain of pairs, each set in order."""
    of: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = of.get(one, {one}) | of.get(other, {other})
        of |= dict.fromkeys(joined, joined)
    return sorted({tuple(sorted(members)) for members in of.values()}, key=lambda each: (len(each), each))


def _faults(options: Options, low: int, high: int) -> Iterable[tuple[str, str]]:
    low = options.size_low or low
    high = options.size_high or high
    if low > high:
        pointer = "/size_high" if options.size_high is not None else "/size_low"
        yield pointer, f"no cohort has at least {low} and at most {high} members"
    if options.most_moved is not None and options.former_id is None:
        yield "/most_moved", "says how many may move from where: name the formation in former_id"
    for name in PAIRS:
        for number, (one, other) in enumerate(getattr(options, name)):
            if one == other:
                yield f"/{name}/{number}", f"{one} is named twice"
    sets = sets_together(options.together)
    for number, (one, other) in enumerate(options.apart):
        if any(one in each and other in each for each in sets):
            yield f"/apart/{number}", f"{one} and {other} are to be kept together, too"
    for members in sets:
        if len(members) > high:
            yield "/together", f"{len(members)} people are to be kept together; a cohort holds {high}"
