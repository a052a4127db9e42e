"""A partner's webhook receiver: verifies Standard Webhooks signatures with the standard's own library."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks.webhooks import Webhook, WebhookVerificationError


class Receiver:
    """Listens at `address` (host:port); `received` holds what was signed rightly, `refused` counts the rest.

    The platform reaches it only where CT_OUTWARD_ALLOW names it.
    """

    def __init__(self, address: str = "127.0.0.1:0") -> None:
        self.received: list[dict[str, Any]] = []
        self.refused = 0
        self.secret = ""
        self._host, _, port = address.rpartition(":")
        self._server = ThreadingHTTPServer((self._host, int(port)), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Where deliveries go."""
        return f"http://{self._host}:{self._server.server_port}/hook"

    def take(self, headers: dict[str, str], body: bytes) -> int:
        """Return the status to answer with: 204, or 400 for a signature that is not ours."""
        try:
            Webhook(self.secret).verify(body, headers)
        except WebhookVerificationError:
            self.refused += 1
            return 400
        self.received.append(json.loads(body))
        return 204

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Hook(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                headers = {name.lower(): value for name, value in self.headers.items()}
                self.send_response(receiver.take(headers, body))
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        return Hook
