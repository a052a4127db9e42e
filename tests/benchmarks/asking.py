"""The own ask alone, without HTTP and store: `python -m tests.benchmarks.asking SECONDS`, as the gateway."""

import eventlet

eventlet.monkey_patch()

import json  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402

from services.contracts.caller import Caller  # noqa: E402
from services.kit.asks import open_asks  # noqa: E402
from services.kit.doors import broker_of  # noqa: E402
from services.kit.outcomes import Unavailable  # noqa: E402
from services.kit.settings import Settings  # noqa: E402

CLIENTS = 16
TEXT = "x" * 1000


def asked_for(seconds: float) -> float:
    """Return how many echoes of 1 kB a second 16 green threads get."""
    asks = open_asks(broker_of(Settings.load("gateway", ("CT_BROKER",))))
    caller = Caller("person", network="net_bench", person_id="per_bench", roles=frozenset({"member"}))

    def ask() -> None:
        asks.ask("feedback", "echo", {"text": TEXT}, caller)

    _await(ask)
    began, counts = time.monotonic(), [0] * CLIENTS

    def client(number: int) -> None:
        while time.monotonic() - began < seconds:
            ask()
            counts[number] += 1

    threads = [eventlet.spawn(client, number) for number in range(CLIENTS)]
    for thread in threads:
        thread.wait()
    return sum(counts) / (time.monotonic() - began)


def _await(ask) -> None:
    for _ in range(100):
        try:
            return ask()
        except Unavailable:
            eventlet.sleep(0.2)
    raise SystemExit("nobody echoes")


if __name__ == "__main__":
    print(json.dumps({"rate": asked_for(float(sys.argv[1]))}))
