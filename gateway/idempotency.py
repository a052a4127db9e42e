"""What makes asking twice safe: one key for (caller, method, path, Idempotency-Key), and a hash of the body.

The key is recorded by the service, in the document the command writes (MECHANISMS P3); the gateway keeps
nothing.
"""

import hashlib
import re
from typing import Any

from gateway.connection import Request
from gateway.http import Problem
from services.contracts.caller import Caller
from services.kit.context import RequestKey
from services.kit.derive import canonical, fingerprint

_KEY = re.compile(r"[\x21-\x7e]{1,255}\Z")


def request_key(caller: Caller, request: Request, sent: str | None, body: Any) -> RequestKey:
    """Return the key of one write.

    Args:
        sent: the value of `Idempotency-Key`; when absent the request id stands in, so that every command
        has one.
        body: everything that makes the request what it is (query, body), as read.

    Raises:
        Problem: 400, the key is empty, too long or not visible ASCII.
    """
    if sent is not None and not _KEY.match(sent):
        detail = "Idempotency-Key takes 1 to 255 visible ASCII characters"
        raise Problem(400, "malformed-idempotency-key", detail)
    named = (caller_name(caller), request.method, request.path, sent or request.id)
    hashed = hashlib.sha256(canonical(body)).hexdigest()[:32]
    return RequestKey(fingerprint(*named), hashed)


def caller_name(caller: Caller) -> str:
    """One name for who calls, to which keys, cursors and limits are bound."""
    link = ",".join(f"{name}={value}" for name, value in sorted((caller.link or {}).items()))
    own = caller.person_id or caller.client_id or link
    return f"{caller.kind}:{caller.network or ''}:{own}"
