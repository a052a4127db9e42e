"""A real membership process goes on answering while it hashes passwords: seen by the order of its answers."""

import fcntl
import tempfile
import uuid
from pathlib import Path

import amqp
import msgpack
import pytest

from services.kit.topology import apply_topology
from services.kit.wire import Broker
from tests.builders import brokers
from tests.builders.floors import some_secrets
from tests.builders.houses import House

SIGN_INS = 12


@pytest.fixture(scope="module")
def membership(mongo, tmp_path_factory):
    """One process with a database of its own, on the tests' broker."""
    directory, prefix = tmp_path_factory.mktemp("membership"), f"aside_{uuid.uuid4().hex[:10]}_"
    (directory / "secrets").mkdir()
    some_secrets(directory / "secrets")
    lock = Path(tempfile.gettempdir()) / f"commonthread-{brokers.PORT}-{brokers.VHOST}.lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        broker = Broker(brokers.HOST, brokers.PORT, brokers.VHOST, "migrate", brokers.password_of("migrate"))
        apply_topology(broker)
        path = "services.membership.service:MembershipService"
        with House(path, "membership", directory, prefix=prefix, CT_PUBLIC_URL="http://127.0.0.1:1") as house:
            yield house
    for name in mongo.list_database_names():
        if name.startswith(prefix):
            mongo.drop_database(name)


def order_of_answers(asks):
    """Send all asks at once over one connection; return the names as their answers come, and the answers."""
    came = []
    with brokers.signed_in("gateway") as channel:
        channel.basic_consume("amq.rabbitmq.reply-to", no_ack=True, callback=came.append)
        for number, (name, payload) in enumerate(asks):
            body = msgpack.packb(brokers.an_ask(name, payload, milliseconds=20_000))
            told = {"user_id": "gateway", "reply_to": "amq.rabbitmq.reply-to", "correlation_id": str(number)}
            channel.basic_publish(amqp.Message(body, **told), "asks.membership", "membership", mandatory=True)
        while len(came) < len(asks):
            channel.connection.drain_events(timeout=20)
    names = [asks[int(message.properties["correlation_id"])][0] for message in came]
    return names, [msgpack.unpackb(message.body) for message in came]


def test_what_is_asked_behind_many_sign_ins_is_answered_before_them(membership):
    guess = {"email": "nobody@example.org", "password": "a horse, a battery"}
    asks = [("password_sign_in", guess | {"email": f"{n}@example.org"}) for n in range(SIGN_INS)]

    names, answers = order_of_answers([*asks, ("show_signing_keys", {})])

    assert names.index("show_signing_keys") < SIGN_INS / 2
    assert [found["refused"]["code"] for found in answers if "refused" in found] == [
        "sign-in-refused"
    ] * SIGN_INS
