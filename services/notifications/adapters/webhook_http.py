"""Webhooks by HTTP: signed by Standard Webhooks, sent through the kit's guarded session only."""

import base64
import secrets
from datetime import datetime
from typing import Any

import orjson
from standardwebhooks.webhooks import Webhook

from services.kit.outward import Outward, OutwardError
from services.notifications.domain.webhooks import Delivery, Endpoint

SECRET_BYTES = 32


class WebhookChannel:
    """Posts deliveries to endpoints."""

    def __init__(self, outward: Outward) -> None:
        self._outward = outward

    def post(self, endpoint: Endpoint, delivery: Delivery, now: datetime) -> tuple[int, str]:
        """Return (status, reason) of one try; status 0 when nothing came back, with a slug that says why."""
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Commonthread-Webhooks/1",
            "webhook-id": delivery.id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(endpoint.secret).sign(delivery.id, now, delivery.body),
        }
        try:
            answer = self._outward.post(endpoint.url, delivery.body.encode(), headers)
        except OutwardError as error:
            return 0, error.reason
        return answer.status, "" if 200 <= answer.status < 300 else "not-taken"

    def write(self, name: str, happened_at: datetime, shown: dict[str, Any]) -> str:
        """Return the body of one event: its type, when it happened, and what partners may see of it."""
        body = {"type": name, "timestamp": happened_at, "data": shown}
        return orjson.dumps(body, option=orjson.OPT_UTC_Z).decode()

    def admits(self, url: str) -> bool:
        """Return whether deliveries may be sent to `url`."""
        return self._outward.admits(url)

    def new_secret(self) -> str:
        """Return a fresh signing secret, "whsec_" and 256 random bits in base64."""
        return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
