"""Notifications' doors over a real MongoDB, a real SMTP server and a partner that listens on this machine."""

import asyncio
import threading
import uuid
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.smtp import SMTP

from services.kit.floor import Floor
from services.kit.mongo import connect
from services.kit.settings import Address, Settings
from services.notifications.service import NotificationsService
from tests.builders.doors import House
from tests.builders.floors import MONGO, some_secrets
from tests.builders.hearing import StandingClock

PUBLIC_URL = "https://commonthread.example"


class MailServer:
    """Takes mails by SMTP; `answers` are given to the next ones instead of a yes."""

    def __init__(self):
        self.mails, self.answers, self.port = [], [], 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.start()

    async def handle_DATA(self, _server, _session, envelope):
        if self.answers:
            return self.answers.pop(0)
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    def start(self):
        """Listen, on the port it had before."""
        listening = self._loop.create_server(lambda: SMTP(self), "127.0.0.1", self.port)
        self._server = asyncio.run_coroutine_threadsafe(listening, self._loop).result()
        self.port = self._server.sockets[0].getsockname()[1]

    def stop(self):
        """Refuse connections until it is started again."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()

    def end(self):
        asyncio.run_coroutine_threadsafe(self._close(cut=True), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self, cut=False):
        self._server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()} if cut else ():
            task.cancel()

    @property
    def address(self):
        return Address("127.0.0.1", self.port)

    def to(self, name):
        return [mail for mail in self.mails if f"{name}@" in mail["To"]]


class Partner:
    """A partner system's endpoint; `answers` are the next statuses, else 204."""

    def __init__(self):
        self.requests, self.answers = [], []
        partner = self

        class Hook(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                partner.requests.append((dict(self.headers), body))
                self.send_response(partner.answers.pop(0) if partner.answers else 204)
                self.end_headers()

            def log_message(self, *_):
                """Keeps the test's output to itself."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self):
        return Address(*self._server.server_address)

    def stop(self):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="session")
def mongo():
    client = connect(Settings(service="tests", mongo=MONGO))
    yield client
    client.close()


@pytest.fixture
def mail():
    server = MailServer()
    yield server
    server.end()


@pytest.fixture
def partner():
    partner = Partner()
    yield partner
    partner.stop()


@pytest.fixture
def clock():
    return StandingClock()


@pytest.fixture
def floor(mongo, mail, partner, clock, tmp_path):
    settings = Settings(
        service="notifications",
        mongo=MONGO,
        secrets=some_secrets(tmp_path),
        db_prefix=f"notifications_{uuid.uuid4().hex[:12]}_",
        public_url=PUBLIC_URL,
        smtp=mail.address,
        outward_allow=frozenset({partner.address}),
    )
    yield Floor(settings, client=mongo, clock=clock)
    mongo.drop_database(settings.database)
    mongo.drop_database(settings.keys_database)


@pytest.fixture
def house(floor):
    return House(NotificationsService, floor)
