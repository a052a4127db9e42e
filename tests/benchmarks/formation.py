"""`python -m tests.benchmarks.formation [--seconds 1,10,60] [--only NAME,…] [--people 1000,…] [--peer 5,20]`.

The formation engine, one core, wall-clock seconds of search; reading, generating and compiling come before.
What another program takes away from the core shows as seconds without processor time: both are printed.
Broken rules are counted anew from the groups, not taken from the engine.
"""

import argparse
import csv
import resource
import statistics
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from deploy.local.places import PROJECT
from deploy.tools.grouping_file import read_instance
from services.membership.formation.arrays import Roster
from services.membership.formation.grouping import Budget, prepare, solve
from services.membership.formation.joining import Rooms
from services.membership.formation.search import Split, search
from tests.benchmarks.formation_peer import show_peer
from tests.benchmarks.formation_rosters import a_roster

LIBRARY = PROJECT.parent / "shared/data/mdgplib"
BOUNDS = (6, 8)
FIRST_MOVES = 80  # a person, to be rid of broken rules; doubled until they are
LONG_SECONDS, LONG_PEOPLE = 20, 10_000
TARGETS = {1: 0.35, 10: 0.12, 60: 0.03, 1000: 2, 10_000: 8, 50_000: 40}


def main() -> None:
    options = _options()
    seconds = [float(each) for each in options.seconds.split(",") if each]
    if LIBRARY.is_dir() and seconds:
        show_gaps(seconds, options.only, options.seed)
    elif seconds:
        print(f"left out: the instances are not at {LIBRARY}")
    if people := [int(each) for each in options.people.split(",") if each]:
        show_rosters(people)
    if peer := [float(each) for each in options.peer.split(",") if each]:
        show_peer(peer)


def show_gaps(seconds: list[float], only: str, seed: int) -> None:
    """Print how far the engine stays behind the best known values, in percent; below 0: ahead."""
    with (LIBRARY / "best_known.csv").open(newline="") as file:
        best = {row["instance"]: float(row["best_known"]) for row in csv.DictReader(file)}
    names = [name for name in best if not only or any(part in name for part in only.split(","))]
    print("gap to the best known value, %".ljust(34) + "".join(f"{each:9g} s" for each in seconds))
    rows = []
    for name in names:
        rows.append([gap(name, best[name], each, seed) for each in seconds])
        print(f"  {name:32}" + "".join(f"{each:11.4f}" for each in rows[-1]), flush=True)
    means = [statistics.mean(column) for column in zip(*rows, strict=True)]
    behind = [statistics.mean(max(0.0, each) for each in column) for column in zip(*rows, strict=True)]
    print("  mean".ljust(34) + "".join(f"{each:11.4f}" for each in means))
    print("  mean, being ahead counted as 0".ljust(34) + "".join(f"{each:11.4f}" for each in behind))
    print("  wanted, at most".ljust(34) + "".join(f"{TARGETS.get(int(each), '-'):>11}" for each in seconds))


def gap(name: str, best: float, seconds: float, seed: int) -> float:
    """Return the gap in percent, from a value that is added up anew."""
    instance = read_instance(LIBRARY / f"{name}.txt.xz")
    prepare(instance)
    found = solve(instance, seed, Budget(seconds=seconds))
    return 100 * (1 - float(instance.in_its_units(instance.value(found.group_of))) / best)


def show_rosters(sizes: list[int]) -> None:
    """Print what is found for generated rosters, each in a process of its own."""
    heads = (("people", 7), ("moves", 11), ("seconds", 8), ("of cpu", 7), ("wanted", 7), ("broken", 7))
    heads += (("nowhere", 8), ("thread", 7), ("pairs", 6), ("MiB", 6))
    print("\n" + " ".join(f"{head:>{width}}" for head, width in heads))
    for people in sizes:
        apart = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        with apart:
            for row in apart.submit(measure, people).result():
                print(row, flush=True)


def measure(people: int) -> list[str]:
    """Return rows: rid of broken rules, the long run where one is due, and a late joiner."""
    search(a_roster(100), BOUNDS, 1, 1000, lambda progress: None)  # compiled before anything is measured
    roster = a_roster(people)
    moves, rows = FIRST_MOVES * people, []
    while True:
        split, wall, cpu = timed(roster, moves)
        rows.append(row_of(roster, split, moves, wall, cpu, TARGETS.get(people)))
        if not (broken(roster, split) or split.unplaced) or moves > 2000 * people:
            break
        moves *= 2
    if people == LONG_PEOPLE:
        moves = int(moves / cpu * LONG_SECONDS * 0.9)
        split, wall, cpu = timed(roster, moves)
        rows.append(row_of(roster, split, moves, wall, cpu, LONG_SECONDS))
    return [*rows, late_joiner(roster, split)]


def timed(roster: Roster, moves: int) -> tuple[Split, float, float]:
    """Return the split and the seconds it took, by the clock and of the processor."""
    wall, cpu = time.monotonic(), time.process_time()
    split = search(roster, BOUNDS, 1, moves, lambda progress: None)
    return split, time.monotonic() - wall, time.process_time() - cpu


def row_of(roster: Roster, split: Split, moves: int, wall: float, cpu: float, target: float | None) -> str:
    group_of = {person: number for number, group in enumerate(split.groups) for person in group}
    met = sum(group_of.get(one, -1) == group_of.get(other, -2) for one, other in roster.wanted)
    share = thread_share(roster, split)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"{len(roster):7,} {moves:11,} {wall:8.1f} {cpu:7.1f} {target or '-':>7} {broken(roster, split):7}"
        f" {len(split.unplaced):8} {share:7.3f} {met / len(roster.wanted):6.1%} {memory:6,}"
    )


def broken(roster: Roster, split: Split) -> int:
    """Return how many hard rules are broken: reporting lines, sizes, a common start, twice or nowhere."""
    group_of = {person: number for number, group in enumerate(split.groups) for person in group}
    lines = sum(group_of.get(one, -1) == group_of.get(other, -2) for one, other in roster.related)
    sizes = sum(not BOUNDS[0] <= len(group) <= BOUNDS[1] for group in split.groups)
    counted = Counter(person for group in split.groups for person in group) + Counter(split.unplaced)
    wrong = sum(counted[person] != 1 for person in range(len(roster)))
    apart = 0
    for group in split.groups:
        common = -1
        for person in group:
            common &= roster.starts[person]
        apart += common == 0
    return lines + sizes + wrong + apart


def thread_share(roster: Roster, split: Split) -> float:
    """Return which part of a group shares its commonest thread, on average."""
    counts = [Counter(one for person in group for one in roster.threads[person]) for group in split.groups]
    return statistics.mean(
        max(count.values()) / len(group) for count, group in zip(counts, split.groups, strict=True)
    )


def late_joiner(roster: Roster, split: Split) -> str:
    """Take people out of their groups and say how long finding the three best groups of each takes."""
    groups = [list(group) for group in split.groups]
    late = [group.pop() for group in groups[:100]]
    rooms = Rooms(roster, groups, BOUNDS[1])
    rooms.best(late[0])
    took = []
    for person in late:
        began = time.perf_counter()
        rooms.best(person)
        took.append(time.perf_counter() - began)
    return f"{len(roster):7,} late joiner: {1000 * statistics.median(took):.2f} ms (median of {len(took)})"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-formation", description=__doc__)
    parser.add_argument(
        "--seconds", default="1,10,60", help="of search for each instance; '' leaves them out"
    )
    parser.add_argument("--only", default="", help="instances whose name has one of these parts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", default="1000,10000,50000", help="sizes of rosters; '' leaves them out")
    parser.add_argument("--peer", default="5,20", help="seconds beside CP-SAT; '' leaves it out")
    return parser.parse_args()


if __name__ == "__main__":
    main()
