"""A mail server that delivers nothing: it keeps what it is given and shows it, on this machine only.

    python -m deploy.local.mail_catcher FOLDER SMTP_PORT WEB_PORT [ADDRESS]

GET /messages?to=&after= lists mails as JSON, /messages/{number} gives one with its readable parts, …/raw as
it arrived; DELETE /messages throws all away. The page is at /.
"""

import json
import re
import signal
import sys
import threading
from dataclasses import asdict
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.mail_pages import STYLE, inbox_page, mail_page
from deploy.local.mailbox import Mailbox, parse, parts_of

_POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_OWN_NAMES = (
    "127.0.0.1",
    "localhost",
    "mail",
)  # a page elsewhere must not read mails under a name of its own
_ONE = re.compile(r"/(messages|mails)/(\d{1,9})(/raw)?")


class Receiver:
    """Takes every mail that the SMTP server is given."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        self._mailbox.keep(envelope.mail_from or "", envelope.rcpt_tos, content)
        return "250 kept"


class Pages(BaseHTTPRequestHandler):
    """Shows the mails."""

    mailbox: Mailbox

    def do_GET(self) -> None:
        if urlsplit(f"//{self.headers.get('Host', '')}").hostname not in _OWN_NAMES:
            return self._reply("text/plain", "ask by 127.0.0.1 or localhost", HTTPStatus.MISDIRECTED_REQUEST)
        address = urlsplit(self.path)
        asked = {name: values[-1] for name, values in parse_qs(address.query).items()}
        one = _ONE.fullmatch(address.path)
        if one:
            return self._show_one(one.group(1), int(one.group(2)), bool(one.group(3)))
        return self._show_all(address.path, asked)

    def _show_all(self, path: str, asked: dict[str, str]) -> None:
        if path == "/messages":
            after = asked.get("after", "0")
            found = self.mailbox.find(asked.get("to", ""), int(after) if after.isdigit() else 0)
            self._reply("application/json", json.dumps([asdict(caught) for caught in found]))
        elif path == "/":
            self._reply("text/html", inbox_page(self.mailbox.find(asked.get("to", "")), asked.get("to", "")))
        elif path in ("/livez", "/style.css"):
            self._reply(*(("text/css", STYLE) if path == "/style.css" else ("text/plain", "well")))
        else:
            self._reply("text/plain", "not here", HTTPStatus.NOT_FOUND)

    def do_DELETE(self) -> None:
        if self.path == "/messages":
            self.mailbox.clear()
        self._reply("application/json", "{}")

    def _show_one(self, door: str, number: int, as_it_came: bool) -> None:
        raw = self.mailbox.raw(number)
        caught = next(iter(self.mailbox.find(after=number - 1)), None)
        if raw is None or caught is None:
            self._reply("text/plain", "no such mail", HTTPStatus.NOT_FOUND)
        elif as_it_came:
            self._reply("text/plain", raw)
        elif door == "mails":
            self._reply("text/html", mail_page(caught, parts_of(parse(raw))))
        else:
            parts = [{"type": kind, "text": text} for kind, text in parts_of(parse(raw))]
            self._reply("application/json", json.dumps(asdict(caught) | {"parts": parts}))

    def _reply(self, kind: str, body: str | bytes, status: HTTPStatus = HTTPStatus.OK) -> None:
        content = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in (
            ("Content-Type", f"{kind}; charset=utf-8"),
            ("Content-Length", str(len(content))),
            ("Content-Security-Policy", _POLICY),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing: addresses of people would stand in the log."""


def main(folder: str, smtp_port: str, web_port: str, address: str = "127.0.0.1") -> None:
    """Serve until SIGTERM."""
    Pages.mailbox = Mailbox(Path(folder))
    mails = Controller(
        Receiver(Pages.mailbox), hostname=address, port=int(smtp_port), data_size_limit=20_000_000
    )
    pages = ThreadingHTTPServer((address, int(web_port)), Pages)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    mails.start()
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    print(f"mails: smtp {address}:{smtp_port}, pages http://{address}:{web_port}", flush=True)
    ended.wait()
    mails.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
