"""The crash sweep: one process dies at its n-th boundary, is started again, and nothing was lost.

Every n has a workload of its own on fresh documents; all else stays up. It ends with the first run in which
nobody died, so that every boundary the workload passes was a place to die at.
"""

import threading
import time
from collections import Counter

from tests.chaos import lanes
from tests.chaos.clients import Lanes
from tests.chaos.counting import Tally, pending

ORDER = ("membership", "scheduling", "sessions", "feedback", "notifications", "gateway", "formation_worker")
STORE = {"store.before_write", "store.after_write"}
RELAY = {"relay.before_publish", "relay.after_publish", "relay.after_pull"}
LISTENER = {"listen.before_ack", "listen.after_ack"}
DUE = {"due.after_lease", "due.after_work"}
COPIES = {"copies.before_write", "copies.after_write"}
ASKED = {"ask.before_answer"}
BOUNDARIES = {
    "membership": STORE | RELAY | DUE | ASKED,
    "scheduling": STORE | RELAY | LISTENER | DUE | COPIES | ASKED,
    "sessions": STORE | RELAY | LISTENER | COPIES | ASKED,
    "feedback": STORE | RELAY | LISTENER | COPIES | ASKED | {"answers.before_write", "answers.after_write"},
    "notifications": STORE | LISTENER | DUE | COPIES | {"notices.before_write", "notices.after_write"},
    "gateway": {"asks.before_send", "asks.after_answer"},
    "formation_worker": STORE | DUE,
}


def workload(name, world):
    """Return the lanes that take `name` past all its boundaries, on documents nobody used before."""
    if name == "membership":
        return [lanes.organizations(world), lanes.people(world, enroll=True)]
    if name == "scheduling":
        return [
            lanes.formations(world, sessions=1),
            lanes.moves(world, world.take_meeting()),
            lanes.leads(world),
        ]
    if name == "sessions":
        first, second = world.take_meeting(), world.take_meeting()
        one, other, *_ = first.members
        return [
            lanes.rsvps(first, one, ("yes", "no")),
            lanes.rsvps(first, other, ("maybe",)),
            lanes.moves(world, first),
            lanes.leads(world),
            lanes.session(second, promises=1, answers=0),
        ]
    if name == "feedback":
        return [lanes.session(world.take_meeting(), promises=0, answers=2), lanes.leads(world)]
    if name == "notifications":
        return [lanes.moves(world, world.take_meeting()), lanes.people(world), lanes.leads(world)]
    if name == "gateway":
        meeting = world.take_meeting()
        return [lanes.organizations(world), lanes.rsvps(meeting, next(iter(meeting.members)))]
    return [lanes.imports(world), lanes.formations(world, sessions=1)]


def count_boundaries(ground, name, folder):
    """Run the workload once without a crash; return the boundaries `name` passed, in order."""
    ground.audit.settle()  # what goes on from before is not of this workload
    path = folder / f"passed-{name}"
    path.unlink(missing_ok=True)
    tally = Tally(name)
    _round(ground, name, f"count:{path}", tally, whole=True)
    if tally.violations:
        raise AssertionError(f"{name} does not even work without a crash: {tally.violations}")
    return [line.split()[1] for line in path.read_text().splitlines()]


def sweep(ground, name, points, tally, say=lambda line: None, *, is_sampled=True):
    """Have `name` die at each of `points` (numbers, or "boundary:number"), and count into `tally`.

    Returns:
        Counter of the boundaries it died at. Unless sampled, it ends at the first number nobody reached.
    """
    died = Counter()
    for point in points:
        boundary = _round(ground, name, str(point), tally)
        if boundary is None and not is_sampled:
            break
        if boundary is not None:
            died[boundary] += 1
            tally.points += 1
        say(f"{name} {point}: died at {boundary}, {len(tally.violations)} violations")
    _restart(ground, name)
    return died


def sweep_all(ground, name, most, say):
    """Sweep one process and return its row; sampled evenly where it passes more than `most` boundaries."""
    tally = Tally(f"crash sweep: {name.replace('_', ' ')}")
    passed = count_boundaries(ground, name, ground.stack.places.directory)
    missing = BOUNDARIES[name] - set(passed)
    tally.findings += [f"the workload never passes {boundary}" for boundary in sorted(missing)]
    many = len(passed) > most
    numbers = (
        range(1, 10 * most)
        if not many
        else sorted({round(1 + n * (len(passed) - 1) / (most - 1)) for n in range(most)})
    )
    mails, repeated = ground.audit.doubled_mails(), ground.recorder.repeated
    died = sweep(ground, name, numbers, tally, say, is_sampled=many)
    rare = [f"{boundary}:1" for boundary in sorted(BOUNDARIES[name] - died.keys())]
    died += sweep(ground, name, rare, tally, say)
    tally.findings += [each.what for each in ground.audit.settle(seconds=420)]
    tally.close(ground.recorder)
    tally.doubled_mails = ground.audit.doubled_mails() - mails
    tally.repeated_events = ground.recorder.repeated - repeated
    how = f"{most} of about {len(passed)}, evenly" if many else "every one until a run ended without a crash"
    tally.notes.append(
        f"{how}; " + ", ".join(f"{count} {boundary}" for boundary, count in sorted(died.items()))
    )
    return tally


def _round(ground, name, crash_at, tally, *, whole=False):
    """Return the boundary at which the process died, None when it lived. `whole`: also due work ends.

    What notifications is there for is due work: its rounds always wait for it.
    """
    whole = whole or name == "notifications"
    ground.world.renew()
    wanted = workload(name, ground.world)
    mark = len(ground.stack.log(name, 10_000_000))
    _restart(ground, name, CT_CRASH_AT=crash_at)
    watch = _Watch(ground, name)
    clients = Lanes(len(ground.recorder.order)).start(*wanted).join()
    found = ground.audit.settle(lambda: pending(clients, ground.recorder), whole=whole)
    watch.end()
    if watch.died:
        ground.stack.await_ready(name, timeout=120)
    else:
        _restart(ground, name)  # or it would die of what the next round prepares
    tally.add(clients)
    tally.findings += [f"{name} {crash_at}: {each.what}" for each in found]
    return _boundary(ground.stack.log(name, 10_000_000)[mark:]) if watch.died else None


def _restart(ground, name, **environment):
    ground.stack.kill(name)
    ground.audit.let_time_pass(name)
    ground.stack.start_part(name, **environment)
    ground.stack.await_ready(name, timeout=120) if not environment else _await_begun(ground.stack, name)


def _await_begun(stack, name):
    """Ready, or dead already: a crash point may lie before readiness."""
    is_ready, deadline = stack.part(name).is_ready, time.monotonic() + 120
    while stack.is_running(name) and not is_ready() and time.monotonic() < deadline:
        time.sleep(0.02)


def _boundary(log):
    lines = [line for line in log.splitlines() if line.startswith("crash_point ")]
    return lines[-1].split()[2] if lines else None


class _Watch:
    """Starts the process again as soon as it died."""

    def __init__(self, ground, name):
        self._ground, self._name = ground, name
        self.died, self._over = False, False
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self):
        self._over = True
        self._thread.join()

    def _look(self):
        while not self._over:
            if not self._ground.stack.is_running(self._name):
                self.died = True
                self._ground.audit.let_time_pass(self._name)
                self._ground.stack.start_part(self._name)
                return
            time.sleep(0.02)
