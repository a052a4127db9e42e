"""`make chaos`: break everything on purpose, count what was lost; exit status 1 when anything was.

python -m tests.chaos [--home DIRECTORY] [--only WORDS] [--most-points 60]
"""

import argparse
import sys
import time
import traceback
from functools import partial
from pathlib import Path

from deploy.local.places import HOME
from tests.chaos import report
from tests.chaos.counting import Tally
from tests.chaos.faults import faults, suffer
from tests.chaos.ground import a_ground
from tests.chaos.sweep import ORDER, sweep_all


def main() -> int:
    """Run what was asked for; return the exit status."""
    options = _options()
    tallies, begun = [], time.monotonic()

    def say(line):
        print(f"{time.monotonic() - begun:7.1f} s  {line}", flush=True)

    with a_ground(Path(options.home)) as ground:
        say("the platform runs, ten people in two cohorts")
        acts = {each.name: partial(suffer, ground, each) for each in faults()}
        acts |= {
            f"crash sweep: {name}": partial(sweep_all, ground, name, options.most_points, say)
            for name in ORDER
        }
        for name in [name for name in acts if _is_wanted(name, options.only)]:
            tallies.append(_counted(name, acts[name]))
            say(report.row(tallies[-1]))
            for word in tallies[-1].violations:
                say(f"  VIOLATED: {word}")
    print(report.story(tallies))
    return int(any(tally.violations for tally in tallies))


def _counted(name, act):
    """Return the row of `act`; one that breaks off is a violation, and the others are still told."""
    try:
        return act()
    except Exception as fault:
        traceback.print_exc()
        return Tally(name, findings=[f"broke off: {type(fault).__name__}: {fault}"])


def _is_wanted(name, only):
    return any(words in name for words in only.split(","))


def _options():
    words = argparse.ArgumentParser(prog="python -m tests.chaos")
    words.add_argument("--home", default=str(HOME / "chaos"), help="where the private platform lies")
    words.add_argument(
        "--only", default="", help="only faults whose name has one of these words, split by commas"
    )
    words.add_argument("--most-points", type=int, default=60, help="crash points of one process")
    return words.parse_args()


if __name__ == "__main__":
    sys.exit(main())
