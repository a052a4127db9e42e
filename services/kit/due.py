"""`@due("sessions")`: the door through which deadlines come in (MECHANISMS P7).

    @due("sessions")
    def on_due(self, aggregate_id, network, kind):
        reminders.remind(aggregate_id, network, kind, self.sessions, self.clock)

A runner in every replica takes what is due under a lease and runs the method, whose save removes the due
entry and adds the announcement in one write: it happens once, with any number of replicas and after
downtime. Late work runs late; the use case says what lateness means.
"""

import random
import threading
import time
from collections.abc import Callable
from typing import Any

import eventlet
from eventlet.semaphore import Semaphore
from nameko.extensions import Entrypoint

from services.kit import leases
from services.kit.context import Work, working
from services.kit.crash import crash_point
from services.kit.doors import service_of
from services.kit.leases import Lease
from services.kit.logs import get_logger
from services.kit.metrics import DUE
from services.kit.outcomes import AlreadyHeard, Answered, Overtaken, StoreAway
from services.kit.tracing import new_traceparent

log = get_logger()
ATTEMPTS = 8
UNSAVED_SECONDS = 60


class Runner:
    """Takes due documents of one store and has them carried out.

    Args:
        store: an `Aggregates`.
        carry_out: (id, network, kind) -> None; runs the use case, whose save removes the due entry.
        lease_seconds: how long a dead runner's document waits for the next; renewed while the work lasts.
    """

    def __init__(
        self, store: Any, carry_out: Callable[[str, str | None, str], object], lease_seconds: float = 30
    ) -> None:
        self.documents = store.documents
        self._carry_out = carry_out
        self._seconds = lease_seconds

    def take(self) -> Lease | None:
        """Take the longest due document; None when nothing is due and free."""
        lease = leases.take(self.documents, self._seconds)
        if lease is not None:
            crash_point("due.after_lease")
        return lease

    def run(self, lease: Lease) -> str:
        """Carry out what was taken; return how it ended: "done", "unsaved", "lost", "away" or "failed"."""
        try:
            with leases.kept(self.documents, lease, self._seconds):
                outcome = self._attempts(lease)
            crash_point("due.after_work")
            if outcome == "done" and leases.put_aside(self.documents, lease, UNSAVED_SECONDS):
                outcome = "unsaved"  # the use case decided nothing; asking again at once would spin
        except StoreAway:
            outcome = "away"  # the lease runs out by itself
        except Exception:
            log.exception(
                "due_work_failed", kind=lease.kind, collection=self.documents.name, attempt=lease.failures
            )
            outcome = "failed"
            leases.postpone(self.documents, lease)
        DUE.labels(lease.kind, outcome).inc()
        return outcome

    def run_all(self) -> int:
        """Carry out, one after another, all that is due now; return how many."""
        done = 0
        while (lease := self.take()) is not None:
            self.run(lease)
            done += 1
        return done

    def _attempts(self, lease: Lease) -> str:
        now = Work(kind="due", fence=lease.fence, document_id=lease.id, traceparent=new_traceparent())
        for attempt in range(ATTEMPTS):
            try:
                with working(now):
                    self._carry_out(lease.id, lease.network, lease.kind)
                return "done"
            except (Answered, AlreadyHeard):
                return "done"
            except Overtaken:
                if not leases.renew(self.documents, lease, self._seconds):
                    return "lost"
                time.sleep(random.random() * 0.01 * 2**attempt)  # noqa: S311 - jitter, no secret
        raise Overtaken


class DueWork(Entrypoint):
    """Runs one method for each due document of the store provided as `store_name`.

    Args:
        at_once: how many documents this replica works on side by side.
        every_seconds: how often it looks; a save that makes something due wakes it at once.
    """

    def __init__(
        self,
        store_name: str,
        lease_seconds: float = 30,
        at_once: int = 4,
        every_seconds: float = 1.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.store_name, self._lease_seconds = store_name, lease_seconds
        self._at_once, self._every = at_once, every_seconds
        self._stopping = False
        self._woken: Any = None

    def start(self) -> None:
        store = next(each.value for each in self.container.dependencies if each.attr_name == self.store_name)
        self._woken = threading.Event()
        self._forget = leases.on_wake(store.documents, self._woken.set)
        self._pool, self._room = eventlet.GreenPool(), Semaphore(self._at_once)
        runner = Runner(store, self._carry_out, self._lease_seconds)
        self._thread = self.container.spawn_managed_thread(
            lambda: self._look(runner), f"due-{self.store_name}"
        )

    def stop(self) -> None:
        """Take nothing new; what runs is finished first."""
        self._stopping = True
        self._woken.set()
        self._forget()
        self._pool.waitall()

    def kill(self) -> None:
        self._stopping = True

    def _look(self, runner: Runner) -> None:
        while not self._stopping:
            self._room.acquire()  # a lease is only taken when somebody is free to work under it
            lease = self._taken(runner)
            if lease is not None:
                self._pool.spawn_n(self._run, runner, lease)
                continue
            self._room.release()
            self._woken.wait(self._every * (0.75 + random.random() / 2))  # noqa: S311 - replicas take turns
            self._woken.clear()

    def _run(self, runner: Runner, lease: Lease) -> None:
        try:
            runner.run(lease)
        finally:
            self._room.release()

    def _taken(self, runner: Runner) -> Lease | None:
        try:
            return runner.take()
        except StoreAway:
            return None
        except Exception:  # the runner must outlive whatever one look meets
            log.exception("due_look_failed", collection=self.store_name)
            return None

    def _carry_out(self, id: str, network: str | None, kind: str) -> None:
        getattr(service_of(self.container), self.method_name)(id, network, kind)


due = DueWork.decorator
