"""The real gateway as a process of its own, and plain HTTP to it."""

import base64
import http.client
import json
import os
import secrets as random
import socket
import subprocess
import sys
from pathlib import Path

from tests.builders import brokers
from tests.builders.houses import PROJECT, House
from tests.builders.ports import a_free_port

SECRET = "a secret of the tests, long enough"
SECRETS = ("cookie_key", "cursor_key", "link_key")


class GatewayHouse(House):
    """`python -m gateway` against the tests' broker; `http_port` is where it listens."""

    def __init__(self, directory, **settings):
        self.http_port = a_free_port()
        super().__init__("gateway.service:GatewayService", "gateway", directory, **settings)

    @property
    def public_url(self):
        return f"http://127.0.0.1:{self.http_port}"

    def _start(self, path, directory, broker_port, settings):
        secrets = Path(directory) / "gateway-secrets"
        secrets.mkdir(exist_ok=True)
        texts = dict.fromkeys(SECRETS, SECRET) | {"broker_password": brokers.password_of("gateway")}
        for name, text in texts.items():
            (secrets / name).touch(mode=0o600)
            (secrets / name).write_text(text)
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(PROJECT),
            "CT_BROKER": f"{brokers.HOST}:{broker_port}",
            "CT_VHOST": brokers.VHOST,
            "CT_SECRETS": str(secrets),
            "CT_PUBLIC_URL": self.public_url,
            "CT_HTTP_PORT": str(self.http_port),
            "CT_HEALTH_PORT": str(self.port),
            **{name: str(value) for name, value in settings.items()},
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gateway"], env=environment, cwd=PROJECT, stdout=log, stderr=log
            )

    def request(self, method, target, body=None, *, token=None, **fields):
        """(status, fields, JSON or bytes) of one request on a connection of its own."""
        head = {name.replace("_", "-"): text for name, text in fields.items()}
        if token:
            head["Authorization"] = f"Bearer {token}"
        if body is not None:
            head["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.http_port, timeout=30)
        try:
            connection.request(method, target, None if body is None else json.dumps(body), head)
            answer = connection.getresponse()
            content = answer.read()
            is_json = answer.headers.get("Content-Type", "").endswith("json")
            return answer.status, answer.headers, json.loads(content) if is_json else content
        finally:
            connection.close()

    def dial(self, patience=30):
        """A bare connection."""
        return socket.create_connection(("127.0.0.1", self.http_port), timeout=patience)


class MembershipHouse(House):
    """The real membership, with its key files."""

    def __init__(self, directory, **settings):
        super().__init__("services.membership.service:MembershipService", "membership", directory, **settings)

    def _start(self, path, directory, broker_port, settings):
        folder = Path(directory) / "secrets"
        folder.mkdir(exist_ok=True)
        kek = "k1:" + base64.b64encode(random.token_bytes(32)).decode()
        for name, text in {"kek": kek, "link_key": SECRET}.items():
            (folder / name).touch(mode=0o600)
            (folder / name).write_text(text)
        super()._start(path, directory, broker_port, settings)
