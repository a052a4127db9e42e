"""`python -m tests.benchmarks [--quick] [--only read,write,…] [--directory …]`: see `make bench`.

Everything listens on this machine only; nothing is asserted about time, the exit status says whether it ran.
"""

import argparse
import os
import platform
import shutil
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from deploy.local.places import HOME
from tests.benchmarks import signing_in
from tests.benchmarks.contestants import Running, start_peers
from tests.benchmarks.ground import LISTENERS, Ground
from tests.benchmarks.people import make_people, make_twins
from tests.benchmarks.report import lines
from tests.benchmarks.rows import Rows
from tests.benchmarks.sizes import QUICK, Sizes
from tests.benchmarks.tools import Missing, wrk

TITLES = {
    "read": "read: GET /v1/sessions/{id} as a member, 16 clients, access rules on; peers answer as long",
    "write": "write: PUT /v1/sessions/{id}/rsvp with announcement and request record; peers write without",
    "write_heard": "write, while scheduling, feedback and notifications hear and copy what is announced",
    "ask": "ask: 1 kB there and back between two processes, 16 green threads",
    "relay": "relay: the sweeper on a backlog, and plain publishing to the same queues confirmed per 100",
    "copies": "copies: one listener on a backlog of addresses, and plain upserts of 250 acked together",
    "notices": "notices: one announcement to many people, and inserting the same documents and indexes",
    "token": "token: an access token verified anew and remembered, beside its signature alone",
    "sign_in": "sign-in: the reads above, alone and while one person after another signs in by password",
    "notifications_alone": "scaling: replicas of notifications on a backlog of addresses",
    "sessions_alone": "scaling: replicas of sessions on a backlog of slots (two writes each)",
}
OVER_HTTP = ("read", "write", "ask")


def main() -> None:
    options = _options()
    sizes = QUICK if options.quick else Sizes()
    wanted = options.only.split(",") if options.only else list(TITLES)
    shutil.rmtree(options.directory, ignore_errors=True)
    ground = Ground(options.directory)
    began = time.monotonic()
    try:
        say("starting a stack of its own, and a small network")
        ground.start()
        world = make_people(ground.stack)
        table = _measure(ground, world, sizes, wanted)
    finally:
        ground.stop()
    print(f"\n{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {_machine()}; medians; {sizes}")
    print("\n".join(lines(table, TITLES)))
    print(f"\nbench took {time.monotonic() - began:.0f} s")
    if absent := [name for name in wanted if name not in table]:
        sys.exit(f"not measured: {', '.join(absent)}")


def _measure(ground: Ground, world, sizes: Sizes, wanted: list[str]) -> dict:
    rows, table = Rows(ground, world, sizes, say), {}
    peers = _peers(ground, world) if set(wanted) & set(OVER_HTTP) else []
    nameko = next((peer for peer in peers if peer.name == "nameko stock"), None)
    acts = {
        "write_heard": lambda: rows.write([]),
        "read": lambda: rows.read(peers),
        "sign_in": lambda: signing_in.beside(ground, world, sizes, say),
        "write": lambda: rows.write(peers),
        "ask": lambda: rows.ask(nameko),
        "token": lambda: signing_in.tokens(ground, sizes, say),
    }
    try:
        for name in [name for name in acts if name in wanted]:
            if name == "read" or (name == "write" and "read" not in wanted):
                ground.rest(*LISTENERS)
            if name == "ask":
                ground.rest("feedback", "sessions")
            say(TITLES[name])
            table[name] = acts[name]()
    except Missing as reason:
        say(f"left out: {reason}")
    finally:
        for peer in peers:
            peer.stop()
    return table | _backlogs(ground, rows, wanted)


def _backlogs(ground: Ground, rows: Rows, wanted: list[str]) -> dict:
    """The rows without HTTP: nobody works but who is measured."""
    table = {}
    ground.rest(*LISTENERS, "gateway", "sessions", "mail")
    for name in ("relay", "notices", "copies", "notifications_alone", "sessions_alone"):
        if name not in wanted:
            continue
        say(TITLES[name])
        if name == "copies":
            ground.wake("notifications")
        if name == "sessions_alone":
            ground.rest("notifications")
        try:
            table[name] = getattr(rows, name)()
        except (RuntimeError, OSError) as fault:  # the other rows are still worth seeing
            say(f"  {name} FAILED: {str(fault).strip().splitlines()[-1]}")
    return table


def _peers(ground: Ground, world) -> list[Running]:
    try:
        wrk()
    except Missing as reason:
        say(f"left out: {reason}")
        return []
    say("installing (once) and starting the peers")
    lengths = make_twins(world, ground.mongo)
    say(f"  an answer of ours has {lengths['ours']} bytes, one of the peers' {lengths['twin']}")
    peers, absent = start_peers(ground, ground.public_key())
    for line in absent:
        say(f"  left out: {line}")
    return peers


def _machine() -> str:
    cores, load = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    return f"{cores} cores, load {load:.0f}, Python {platform.python_version()}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, shorter backlogs")
    parser.add_argument("--only", default="", help=f"some of: {','.join(TITLES)}")
    parser.add_argument("--directory", type=Path, default=HOME / "bench", help="of the stack; emptied first")
    return parser.parse_args()


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
