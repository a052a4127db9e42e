"""The platform's own processes: which there are, and what each is told."""

import http.client
import os
import sys
from collections.abc import Mapping
from functools import partial

from deploy.local.broker import Broker
from deploy.local.database import Database
from deploy.local.parts import Part
from deploy.local.places import PROJECT, Places
from deploy.local.ports import Ports
from deploy.local.secret_files import SERVICES

FORMATION_WORKER, GATEWAY, MAIL = "formation_worker", "gateway", "mail"
ASKED_BY_TESTS = {"notifications": "webhook_receiver", "membership": "identity_provider"}
EVERYTHING = (*SERVICES, FORMATION_WORKER, GATEWAY, MAIL)


class Processes:
    """Makes the parts of one stack that are not bought in.

    Args:
        environment: variables that every process gets on top, such as CT_LOG_LEVEL or CT_DB_PREFIX.
    """

    def __init__(
        self, places: Places, ports: Ports, broker: Broker, database: Database, environment: Mapping[str, str]
    ) -> None:
        self._places, self._ports = places, ports
        self._broker, self._database = broker, database
        self._extra = dict(environment)

    @property
    def gateway_port(self) -> int:
        return self._ports.of(GATEWAY)

    @property
    def mail_port(self) -> int:
        return self._ports.of(MAIL)

    def part(self, name: str, extra: Mapping[str, str] | None = None) -> Part:
        """Return the part `name`: "sessions", or "sessions.2" for its second replica; `extra` is its own."""
        kind = name.partition(".")[0]
        if kind == MAIL:
            return self._mail_catcher()
        environment = self.environment(kind, name) | dict(extra or {})
        is_ready = partial(is_well, self._ports.of(f"health.{name}"))
        return Part(name, _command(kind), environment, is_ready, 20, PROJECT)

    def environment(self, kind: str, name: str | None = None) -> dict[str, str]:
        """Return all that a process of `kind` (a service, "gateway", "operator") is told."""
        name = name or kind
        service = "membership" if kind == FORMATION_WORKER else kind
        told = {
            "PATH": os.environ["PATH"],
            "HOME": str(self._places.directory),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(PROJECT),
            "PYTHONUNBUFFERED": "1",
            "NUMBA_CACHE_DIR": str(self._places.directory / "numba"),
            "CT_SERVICE": service,
            "CT_BROKER": self._broker.address,
            "CT_VHOST": self._broker.vhost,
            "CT_SECRETS": str(self._places.secrets / service),
            "CT_PUBLIC_URL": f"http://127.0.0.1:{self.gateway_port}",
            "CT_SMTP": f"127.0.0.1:{self._ports.of('smtp')}",
            "CT_HEALTH_PORT": str(self._ports.of(f"health.{name}")),
        }
        if kind == "membership":
            told["CT_LEDGER"] = str(self._places.ledger)
        if service in ASKED_BY_TESTS:
            told["CT_OUTWARD_ALLOW"] = self._beside_us(ASKED_BY_TESTS[service])
        if kind == GATEWAY:
            told["CT_HTTP_PORT"] = str(
                self.gateway_port if name == GATEWAY else self._ports.of(f"http.{name}")
            )
        else:
            told["CT_MONGO"] = self._database.address
        return told | self._extra

    def operator_environment(self) -> dict[str, str]:
        """Return what the `commonthread` command is told, the root of all secrets included."""
        return self.environment("operator") | {
            "CT_SECRETS_ROOT": str(self._places.secrets),
            "CT_GATEWAY": f"http://127.0.0.1:{self.gateway_port}",
            "CT_MAILS": f"http://127.0.0.1:{self.mail_port}",
            "CT_WEBHOOK_RECEIVER": self._beside_us("webhook_receiver"),
            "CT_IDENTITY_PROVIDER": self._beside_us("identity_provider"),
        }

    def _beside_us(self, name: str) -> str:
        """Where the demo's partner or a test's provider listens: the one private address ever asked."""
        return f"127.0.0.1:{self._ports.of(name)}"

    def _mail_catcher(self) -> Part:
        web, smtp = self.mail_port, self._ports.of("smtp")
        command = (
            sys.executable,
            "-m",
            "deploy.local.mail_catcher",
            str(self._places.mail),
            str(smtp),
            str(web),
        )
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(PROJECT)}
        return Part(MAIL, command, environment, partial(is_well, web, "/livez"), 5, PROJECT)


def is_well(port: int, path: str = "/readyz") -> bool:
    """True when `path` on `port` of this machine answers 200 within two seconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _command(kind: str) -> tuple[str, ...]:
    modules = {GATEWAY: "gateway", FORMATION_WORKER: "services.membership.formation_worker"}
    return (sys.executable, "-m", modules.get(kind, f"services.{kind}"))
