"""What is measured, row by row; each function returns name -> Row, the contestants taking turns."""

import secrets

import orjson

from deploy.tools.api import Api
from tests.benchmarks import backlog, ceilings, messages, people
from tests.benchmarks.contestants import OURS, Running, start_peers
from tests.benchmarks.ground import Ground
from tests.benchmarks.load import Asked, Measured, press
from tests.benchmarks.rounds import Row, interleaved
from tests.benchmarks.sizes import Sizes

CEILING = "ceiling"
SPARE = "bench-copies"  # a queue like any other, that nobody of us listens to


class Rows:
    """The rows over one ground and one small network."""

    def __init__(self, ground: Ground, world, sizes: Sizes, say) -> None:
        self.ground, self.world, self.sizes, self.say = ground, world, sizes, say
        self._number = 0

    def read(self, peers: list[Running]) -> dict[str, Row]:
        """GET /v1/sessions/{id} as a member, beside the peers' read of an answer as long."""
        return self._over_http(peers, lambda: people.reads(self.world))

    def write(self, peers: list[Running]) -> dict[str, Row]:
        """PUT /v1/sessions/{id}/rsvp, announced and recorded, beside the peers' plain write."""
        return self._over_http(peers, lambda: people.writes(self.world))

    def ask(self, nameko: Running | None) -> dict[str, Row]:
        """Echoes of 1 kB from process to process: the own ask and nameko's RPC."""
        stack, seconds = self.ground.stack, self.sizes.seconds

        def stock() -> float:
            return orjson.loads(Api(nameko.url).raw("GET", f"/echoes/{seconds}")[2])["rate"]

        def own() -> float:
            return self.ground.worker("asking", "gateway", str(seconds))["rate"]

        contestants = [("own ask", own)] + ([("nameko stock RPC", stock)] if nameko else [])
        with self.ground.aside("echo", stack.processes.environment("feedback")):
            return interleaved(contestants, self.sizes.rounds, self.say)

    def relay(self) -> dict[str, Row]:
        """The sweeper on a backlog, and plain publishing to the same queues confirmed per 100."""
        entries = self.sizes.relayed
        bodies = [messages.rsvp_recorded(number) for number in range(entries)]

        def ours() -> float:
            return self._purged(self.ground.worker("relaying", "sessions", str(entries))["rate"])

        def plain() -> float:
            return self._purged(ceilings.publish(self.ground, bodies, "sessions.events", "rsvp_recorded"))

        return interleaved([("relay", ours), (CEILING, plain)], self.sizes.rounds, self.say)

    def copies(self) -> dict[str, Row]:
        """A listener catching up on a backlog, and plain upserts of 250 acked together."""
        channel = self.ground.channel()
        channel.queue_declare(SPARE, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
        channel.connection.close()
        with self.ground.database("notifications").client as client:
            spare = client["ct_notifications"]["bench_copies"]

            def plain() -> float:
                bodies = self._contacts()
                backlog.fill(self.ground, SPARE, "membership", bodies)
                return ceilings.bulk_upsert(self.ground, SPARE, len(bodies), spare)

            contestants = [("listener", lambda: self._catch_up(1)), (CEILING, plain)]
            found = interleaved(contestants, self.sizes.rounds, self.say)
            spare.drop()
        return found

    def notices(self) -> dict[str, Row]:
        """One announcement to many people, and inserting the same documents under the same indexes."""
        found = {"notices": Row("notices"), CEILING: Row(CEILING)}
        for number in range(1, min(3, self.sizes.rounds) + 1):
            rates = self.ground.worker("filling", "notifications", str(self.sizes.told))
            found["notices"].rates.append(rates["ours"])
            found[CEILING].rates.append(rates["ceiling"])
            self.say(f"  round {number}: notices {rates['ours']:,.0f}, ceiling {rates['ceiling']:,.0f}")
        return found

    def notifications_alone(self) -> dict[str, Row]:
        """One, two and three replicas of notifications on the same backlog of addresses."""
        return self._scaled("notifications", 3, self._catch_up)

    def sessions_alone(self) -> dict[str, Row]:
        """One and two replicas of sessions on the same backlog of slots."""
        return self._scaled("sessions", 2, self._plan)

    def _over_http(self, peers: list[Running], requests) -> dict[str, Row]:
        stack = self.ground.stack
        shared = [stack.pid("broker"), stack.pid("database")]
        ours = [stack.pid("gateway"), stack.pid("sessions"), *shared]

        def against(url: str, pids: list[int]):
            def run() -> Measured:
                self.world.renew()
                asked: list[Asked] = requests()
                return press(url, asked, self.sizes.seconds, pids)

            return run

        contestants = [(OURS, against(stack.url, ours))]
        contestants += [(peer.name, against(peer.url, [*peer.pids, *shared])) for peer in peers]
        for _, run in contestants:
            run()  # nobody is measured cold: our own processes have just made the network
        return interleaved(contestants, self.sizes.rounds, self.say)

    def _scaled(self, service: str, most: int, work) -> dict[str, Row]:
        replicas = [service, *(f"{service}.{number}" for number in range(2, most + 1))]
        self.ground.wake(*replicas)
        contestants = [(f"x{count}", lambda count=count: work(count)) for count in range(1, most + 1)]
        found = interleaved(contestants, self.sizes.scaling_rounds, self.say)
        self.ground.rest(*replicas[1:])
        return found

    def _catch_up(self, replicas: int) -> float:
        bodies = self._contacts()
        first, last = bodies[0]["subject"], bodies[-1]["subject"]
        with self.ground.database("notifications").client as client:
            copied = client["ct_notifications"]["copied_contacts"]
            queue = backlog.queue_of("notifications", "on_contact")

            def count() -> int:
                return copied.count_documents({"_id": {"$gte": first, "$lte": last}})

            return self._worked_off("notifications", replicas, queue, "membership", bodies, count)

    def _plan(self, replicas: int) -> float:
        tag, cohort = secrets.token_hex(3), self.world.meetings[0].cohort_id
        wanted = range(self.sizes.planned)
        bodies = [messages.session_scheduled(number, cohort, self.world.network, tag) for number in wanted]
        with self.ground.database("sessions").client as client:
            sessions = client["ct_sessions"]["sessions"]
            queue = backlog.queue_of("sessions", "on_slot")

            def count() -> int:
                return sessions.count_documents({"_id": {"$regex": f"^ses_{tag}"}})

            rate = self._worked_off("sessions", replicas, queue, "scheduling", bodies, count)
            sessions.delete_many({"_id": {"$regex": f"^ses_{tag}"}})
        return self._purged(rate)

    def _worked_off(self, service: str, replicas: int, queue: str, source: str, bodies, count) -> float:
        """Fill `queue` while every replica stands still; let `replicas` of them go on; return their pace."""
        names = [service, *(f"{service}.{number}" for number in range(2, 4))]
        running = [name for name in names if self.ground.stack.is_running(name)]
        at_work, idle = running[:replicas], running[replicas:]
        self.ground.rest(*idle)
        for name in at_work:
            self.ground.stack.pause(name)
        try:
            backlog.fill(self.ground, queue, source, bodies)
        finally:
            for name in at_work:
                self.ground.stack.resume(name)
        rate = backlog.pace(count, len(bodies))
        self.ground.wake(*idle)
        return rate

    def _contacts(self) -> list[dict]:
        start, self._number = self._number, self._number + self.sizes.copied
        return [messages.contact_changed(number) for number in range(start, self._number)]

    def _purged(self, rate: float) -> float:
        backlog.purge(self.ground, *backlog.queues_of("sessions"))
        return rate


__all__ = ["CEILING", "Rows", "start_peers"]
