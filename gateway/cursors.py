"""Where a list goes on: signed, opaque, good only for the same caller and the same query."""

import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from gateway.http import Problem
from gateway.idempotency import caller_name
from services.contracts.caller import Caller
from services.kit.derive import Signer, TokenRefused, fingerprint

LIMIT_DEFAULT, LIMIT_MOST = 25, 100
HOUR = 3_600  # seconds
LIFE = 25 * HOUR  # from the hour's beginning on


class Cursors:
    """Writes and reads cursors with a key derived from `secret`."""

    def __init__(self, secret: str) -> None:
        self._signer = Signer(secret, "cursor")

    def take(self, query: dict[str, str], caller: Caller, path: str) -> tuple[dict[str, Any], str]:
        """Take `limit` and `cursor` out of `query`; return the ask's `{limit, after}` and what binds the
        list.

        Raises:
            Problem: 422, the limit is no number from 1 to 100; 400, the cursor is not one of this list.
        """
        limit = _limit(query.pop("limit", None))
        cursor = query.pop("cursor", None)
        bound = fingerprint(caller_name(caller), path, urlencode(sorted(query.items())))
        return {"limit": limit, "after": self._position(cursor, bound)}, bound

    def write(self, position: Any, bound: str) -> str:
        """Return the cursor of the page that begins after `position`; the same all hour long."""
        hour = time.time() // HOUR * HOUR
        return self._signer.sign({"n": position, "b": bound}, LIFE, now=hour)

    def _position(self, cursor: str | None, bound: str) -> Any:
        if cursor is None:
            return None
        try:
            claims: Mapping[str, Any] = self._signer.read(cursor)
        except TokenRefused:
            claims = {}
        if claims.get("b") != bound:
            raise Problem(400, "cursor-refused", "this cursor is not of this list; begin without one")
        return claims["n"]


def _limit(sent: str | None) -> int:
    if sent is None:
        return LIMIT_DEFAULT
    if not (sent.isascii() and sent.isdigit() and len(sent) < 4 and 1 <= int(sent) <= LIMIT_MOST):
        error = {"pointer": "?limit", "detail": f"a whole number from 1 to {LIMIT_MOST}"}
        raise Problem(422, "invalid", "the query cannot be accepted", errors=[error])
    return int(sent)
