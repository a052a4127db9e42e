"""A process that asks with our own client, told what to ask: `Asker` here, the process below.

asker = Asker()
asker.ask("sessions", "say", {"word": "x"})   # {"answer": …} or {"raised": "Unavailable", …}
"""

import itertools
import json
import subprocess
import sys
import threading

from tests.builders import brokers
from tests.builders.houses import PROJECT


class Asker:
    """Asks as the broker user `user`, any number at once."""

    def __init__(self, user="gateway", port=brokers.PORT):
        command = [sys.executable, "-W", "ignore", "-m", "tests.builders.askers", user, str(port)]
        self._process = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self._numbers = itertools.count(1)
        self._found, self._came = {}, threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait(10)

    def begin(self, service, name, payload=None, **options):
        """Send an ask and return its number."""
        number = next(self._numbers)
        told = {"number": number, "service": service, "name": name, "payload": payload or {}, **options}
        self._process.stdin.write(json.dumps(told) + "\n")
        return number

    def end(self, number, seconds=30):
        """Return what became of an ask."""
        with self._came:
            assert self._came.wait_for(lambda: number in self._found, seconds), "the asker says nothing"
            return self._found.pop(number)

    def ask(self, service, name, payload=None, **options):
        return self.end(self.begin(service, name, payload, **options))

    def _read(self):
        for line in self._process.stdout:
            if not line.startswith('{"number"'):
                continue
            found = json.loads(line)
            with self._came:
                self._found[found.pop("number")] = found
                self._came.notify_all()


def main(user, port):
    import eventlet

    eventlet.monkey_patch()

    from eventlet.greenio import GreenPipe

    from services.kit.asks import open_asks
    from services.kit.wire import Broker

    broker = Broker(brokers.HOST, int(port), brokers.VHOST, user, brokers.password_of(user))
    asks = open_asks(broker, "tests.asker")
    for line in GreenPipe(sys.stdin):
        eventlet.spawn(_one, asks, json.loads(line))


def _one(asks, told):
    from services.contracts.caller import Caller
    from services.kit.context import RequestKey

    number, key = told.pop("number"), told.pop("key", None)
    options = {**told, "key": RequestKey(key, "body") if key else None}
    try:
        reply = asks.ask(caller=Caller(kind="person", network="net_1", person_id="per_1"), **options)
        found = vars(reply)
    except Exception as error:
        known = {name: value for name, value in vars(error).items() if not name.startswith("_")}
        found = {"raised": type(error).__name__, **known}
    print(json.dumps({"number": number, **found}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
