"""The ground a bench run stands on: a local stack of its own, and a guest on its broker and its database."""

import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import amqp
import orjson
from joserfc.jwk import ECKey

from deploy.local.local_stack import LocalStack
from deploy.local.places import PROJECT
from deploy.tools.api import Api
from services.kit.wire import Broker

GUEST = "bench"  # user, virtual host and database of what is measured beside us
NO_LIMITS = {
    "CT_RATE_CALLERS": "100000/100000",
    "CT_RATE_STRANGERS": "100000/100000",
    "CT_LOG_LEVEL": "warning",
}
LISTENERS = ("scheduling", "feedback", "notifications", "formation_worker")  # idle while asks are measured


class Ground:
    """A started stack, with `GUEST` at its broker (all rights, may speak for others) and at its database."""

    def __init__(self, directory: Path) -> None:
        self.stack = LocalStack(directory, environment=NO_LIMITS)
        self._password = secrets.token_hex(16)

    def start(self) -> None:
        """Start everything, and let the guest in."""
        self.stack.start(timeout=240.0)
        for words in (
            ("add_vhost", GUEST),
            ("add_user", GUEST, self._password),
            ("change_password", GUEST, self._password),
            ("set_user_tags", GUEST, "impersonator"),
            ("set_permissions", "-p", GUEST, GUEST, ".*", ".*", ".*"),
            ("set_permissions", "-p", self.stack.broker.vhost, GUEST, ".*", ".*", ".*"),
        ):
            self._control(*words)
        with self.stack.database.client() as admin:
            known = admin.admin.command("usersInfo", GUEST)["users"]
            word, roles = "updateUser" if known else "createUser", [{"role": "readWrite", "db": GUEST}]
            admin.admin.command(word, GUEST, pwd=self._password, roles=roles)

    def stop(self) -> None:
        self.stack.stop()

    @property
    def mongo(self) -> str:
        """Address of the guest's database, password included."""
        port = self.stack.database.port
        return f"mongodb://{GUEST}:{self._password}@127.0.0.1:{port}/{GUEST}?replicaSet=commonthread&authSource=admin"

    @property
    def amqp(self) -> str:
        """Address of the guest's virtual host, password included."""
        return f"amqp://{GUEST}:{self._password}@{self.stack.broker.address}/{GUEST}"

    def database(self, service: str):
        """Return a service's database as its administrator sees it; close `.client`."""
        return self.stack.database.client()[f"ct_{service}"]

    def broker(self) -> Broker:
        """Return our own virtual host as the guest reaches it."""
        host, port = self.stack.broker.address.split(":")
        return Broker(host, int(port), self.stack.broker.vhost, GUEST, self._password)

    def channel(self):
        """Return a plain channel to our own virtual host; close `.connection`."""
        broker = self.broker()
        address = f"{broker.host}:{broker.port}"
        connection = amqp.Connection(
            address, GUEST, self._password, virtual_host=broker.vhost, confirm_publish=False
        )
        connection.connect()
        return connection.channel()

    def public_key(self) -> Path:
        """Return the file that holds membership's public signing key, for peers to verify tokens with."""
        key = Api(self.stack.url).get("/.well-known/jwks.json")["keys"][0]
        path = self.stack.places.directory / "public_key.pem"
        path.write_bytes(ECKey.import_key(key).as_pem(private=False))
        return path

    def rest(self, *names: str) -> None:
        """Stop parts that the next row does not measure."""
        for name in names:
            self.stack.stop_part(name)

    def wake(self, *names: str) -> None:
        """Start parts and wait until they are ready."""
        for name in names:
            self.stack.start_part(name)
        self.stack.await_ready(*names, timeout=120.0)

    @contextmanager
    def aside(self, module: str, environment: dict[str, str]) -> Iterator[None]:
        """Run `python -m tests.benchmarks.<module>` beside the block."""
        command = [sys.executable, "-m", f"tests.benchmarks.{module}"]
        with (self.stack.places.logs / f"{module}.log").open("ab") as log:
            process = subprocess.Popen(command, env=environment, cwd=PROJECT, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.kill()
            process.wait(10)

    def worker(self, module: str, service: str, *arguments: str, timeout: float = 300.0) -> dict:
        """Run `python -m tests.benchmarks.<module>` as `service` and return the JSON it prints."""
        environment = self.stack.processes.environment(service) | {"CT_HEALTH_PORT": "0"}
        command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
        piped = {"capture_output": True, "text": True, "timeout": timeout, "check": False}
        done = subprocess.run(command, env=environment, cwd=PROJECT, **piped)  # noqa: PLW1510
        if done.returncode:
            raise RuntimeError(f"{module} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
        return orjson.loads(done.stdout.splitlines()[-1])

    def _control(self, *words: str) -> None:
        command, environment = self.stack.broker.control(*words)
        piped = {"capture_output": True, "text": True, "timeout": 120, "check": False}
        done = subprocess.run(command, env=environment, **piped)  # noqa: PLW1510
        said = done.stderr + done.stdout
        if done.returncode and "already" not in said:
            raise RuntimeError(f"rabbitmqctl {words[0]}: {said[-400:]}")
