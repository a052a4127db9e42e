"""What is done to the platform while clients work: each fault is one function that strikes and then heals."""

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import amqp

from services.contracts.catalogue import HEARINGS, SOURCES
from services.kit.topology import bindings_of
from tests.builders.proxies import Proxy
from tests.chaos import lanes, poison
from tests.chaos.clients import Lanes
from tests.chaos.counting import Tally, pending
from tests.chaos.ground import Ground
from tests.chaos.sweep import ORDER

SILENCE = 25.0  # seconds; longer than heartbeats, publish deadlines and asks
OUTAGE = 3.0
REPLICATED = ("sessions", "scheduling", "notifications", "feedback", "gateway")


@dataclass(frozen=True)
class Fault:
    """`strike(ground, clients)` acts and heals; `prepare` and `tidy` frame the round, while all is well."""

    name: str
    strike: Callable[[Ground, Lanes], list[str] | None]
    prepare: Callable[[Ground], None] = lambda ground: None
    tidy: Callable[[Ground], None] = lambda ground: None


def suffer(ground: Ground, fault: Fault, size: int = 2) -> Tally:
    """Let clients work, strike in the middle of it, and count once everything settled."""
    tally = Tally(fault.name)
    ground.world.renew()
    mails, repeated = ground.audit.doubled_mails(), ground.recorder.repeated
    wanted = workload(ground.world, size)
    fault.prepare(ground)
    clients = Lanes(len(ground.recorder.order)).start(*wanted)
    clients.await_acknowledged(3 * size)
    tally.findings += fault.strike(ground, clients) or []
    clients.join()
    found = ground.audit.settle(lambda: pending(clients, ground.recorder), seconds=420)
    tally.add(clients)
    tally.close(ground.recorder)
    tally.findings += [each.what for each in found]
    fault.tidy(ground)
    tally.doubled_mails = ground.audit.doubled_mails() - mails
    tally.repeated_events = ground.recorder.repeated - repeated
    tally.findings += _as_the_operator_sees_it(ground)
    return tally


def workload(world, size):
    """Return one round's lanes: everything clients do, on `size` times as many fresh documents."""
    found = [lanes.leads(world), lanes.formations(world)]
    for _ in range(size):
        coming, meeting = world.take_meeting(), world.take_meeting()
        found += [lanes.rsvps(coming, person) for person in list(coming.members)[:3]]
        found += [lanes.moves(world, coming), lanes.session(meeting, promises=2, answers=2)]
        found += [lanes.organizations(world, 2), lanes.people(world, enroll=True), lanes.imports(world)]
    return found


def _as_the_operator_sees_it(ground):
    try:
        ground.stack.operate("copies", "verify", "--json", timeout=300)
    except Exception as fault:
        return [f"copies verify: {fault}"]
    return []


def _broker_killed(ground, _clients):
    ground.stack.kill("broker")
    time.sleep(OUTAGE)
    ground.stack.start_part("broker")
    ground.stack.await_ready("broker", timeout=120)


def _connections_closed(ground, clients):
    for _ in range(3):
        ground.stack.control_broker("close_all_connections", "chaos")
        clients.await_acknowledged(clients.acknowledged + 4)


def _database_killed(ground, _clients):
    ground.stack.kill("database")
    time.sleep(OUTAGE)
    ground.stack.start_part("database")
    ground.stack.await_ready("database", timeout=120)


def _database_paused(ground, _clients):
    ground.stack.pause("database")
    time.sleep(2 * OUTAGE)
    ground.stack.resume("database")


def _database_stepped_down(ground, clients):
    for _ in range(2):
        ground.audit.database("sessions").client.admin.command({"replSetStepDown": 3, "force": True})
        ground.stack.await_ready("database", timeout=120)
        clients.await_acknowledged(clients.acknowledged + 4)


def _processes_killed(ground, clients):
    """SIGKILL at any instant, also inside of a write: whoever it hits."""
    chance = random.Random(1)
    for turn in range(3 * len(ORDER)):
        name = ORDER[turn % len(ORDER)]
        time.sleep(chance.uniform(0, 0.4))
        ground.stack.kill(name)
        ground.audit.let_time_pass(name)
        ground.stack.start_part(name)
        if clients.are_over:
            return


def _everything_again(ground, _clients):
    """Every event ever announced, twice, shuffled: from its source to all, and straight to each listener."""
    ground.recorder.read()
    told = [event for event in ground.recorder.events.values() if event.type != "sign_in_link_requested"]
    connections = {source: _connected(ground.stack.broker, source) for source in SOURCES}
    again = [(event, way) for event in told for way in ("source", "queue")]
    random.Random(2).shuffle(again)
    for event, way in again:
        _again(connections, event, way)
    for connection, _ in connections.values():
        connection.close()


def _connected(broker, login):
    connection = amqp.Connection(
        broker.address, login, broker._password(login), virtual_host=broker.vhost, confirm_publish=True
    )
    connection.connect()
    return connection, connection.channel()


def _again(connections, event, way):
    details = {"message_id": event.id, "delivery_mode": 2, "content_type": "application/cloudevents+json"}
    if way == "source":
        message = amqp.Message(event.raw, user_id=event.source, **details)
        connections[event.source][1].basic_publish(message, f"{event.source}.events", event.type)
        return
    for hearing in HEARINGS:
        keys = {binding.routing_key for binding in bindings_of(hearing)}
        if hearing.source == event.source and keys & {event.type, "#"}:
            message = amqp.Message(event.raw, user_id=hearing.service, **details)
            connections[hearing.service][1].basic_publish(message, "", hearing.queue)


def _poisoned(ground, clients, slow=True):
    ground.recorder.read()
    good = ground.recorder.of_type("session_scheduled")[-1]
    before = {name: ground.stack.pid(name) for name in SOURCES}
    kinds = [each for each in poison.poisons() if slow or not each.is_slow]
    planted = [(each, poison.plant(ground.stack, each, json.loads(good.raw))) for each in kinds]
    clients.join()
    wrong = [word for each, name in planted for word in poison.await_letter(ground.audit, each, name)]
    fallen = [
        name
        for name, pid in before.items()
        if ground.stack.pid(name) != pid or not ground.stack.is_running(name)
    ]
    return wrong + [f"poison ended {name}" for name in fallen]


def quick_poison(ground, clients):
    """Plant all but the kind that takes minutes."""
    return _poisoned(ground, clients, slow=False)


class _BlackHole:
    """Sessions and the relay of scheduling reach the broker through a proxy that goes silent."""

    NAMES = ("sessions", "scheduling")

    def __init__(self):
        self._proxies = []

    def prepare(self, ground):
        host, _, port = ground.stack.broker.address.partition(":")
        for name in self.NAMES:
            self._proxies.append(Proxy((host, int(port))))
            _again_with(ground, name, CT_BROKER=f"127.0.0.1:{self._proxies[-1].port}")

    def strike(self, _ground, _clients):
        for proxy in self._proxies:
            proxy.silent = True
        time.sleep(SILENCE)
        for proxy in self._proxies:
            proxy.silent = False

    def tidy(self, ground):
        for name in self.NAMES:
            _again_with(ground, name)
        for proxy in self._proxies:
            proxy.__exit__()
        self._proxies = []


class _Replicas:
    """Three of each; one of each is killed and not replaced."""

    def prepare(self, ground):
        names = [f"{name}.{number}" for name in REPLICATED[:-1] for number in (2, 3)]
        for name in names:
            ground.stack.start_part(name)
        ground.stack.await_ready(*names, timeout=120)

    def strike(self, ground, _clients):
        for name in REPLICATED[:-1]:
            ground.stack.kill(f"{name}.2")

    def tidy(self, ground):
        for name in REPLICATED[:-1]:
            ground.stack.stop_part(f"{name}.3")


def _again_with(ground, name, **environment):
    ground.stack.kill(name)
    ground.audit.let_time_pass(name)
    ground.stack.start_part(name, **environment)
    ground.stack.await_ready(name, timeout=120)


def faults() -> tuple[Fault, ...]:
    """Return every fault of the full run."""
    hole, replicas = _BlackHole(), _Replicas()
    return (
        Fault("nothing", lambda ground, clients: None),
        Fault("RabbitMQ killed and restarted", _broker_killed),
        Fault("AMQP connections closed", _connections_closed),
        Fault("MongoDB killed and restarted", _database_killed),
        Fault("MongoDB paused", _database_paused),
        Fault("MongoDB stepped down", _database_stepped_down),
        Fault("processes killed at any instant", _processes_killed),
        Fault("every event again, shuffled", _everything_again),
        Fault("poison of each kind", _poisoned),
        Fault("black hole before the broker", hole.strike, hole.prepare, hole.tidy),
        Fault("three replicas, one killed", replicas.strike, replicas.prepare, replicas.tidy),
    )
