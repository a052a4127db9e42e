"""How partner systems and their tokens look from outside: what is not named here is not told."""

from datetime import date
from typing import Any

from services.contracts import tokens
from services.contracts.caller import Caller
from services.contracts.verifying import Verified
from services.membership.messages.identity_answers import time_said


def client_answer(client: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "id": client.id,
        "display_name": client.display_name,
        "organization_id": client.organization_id,
        "scopes": list(client.scopes),
        "auth_method": client.method,
        "secrets": [
            {
                "id": each.id,
                "made_at": time_said(each.made_at),
                "last_used_on": _day_said(each.last_used_on),
            }
            for each in client.secrets
        ],
        "jwks": {"keys": [dict(key) for key in client.keys]} if client.keys else None,
        "jwks_uri": client.keys_url,
        "key_used_on": _day_said(client.key_used_on),
        "standing": client.standing,
        "registered_by": client.registered_by,
        "registered_at": time_said(client.registered_at),
    }


def with_secret_answer(shown: Any, caller: Caller | None = None) -> dict[str, Any]:
    """A client with its newest secret, or alone when the answer is told again: add another to get one."""
    client = getattr(shown, "client", shown)
    secret = getattr(shown, "secret", None)
    return client_answer(client) | ({"secret": secret} if secret else {})


def clients_answer(page: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [client_answer(client) for client in page.items], "next": page.next}


def client_token_answer(given: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "access_token": given.access_token,
        "token_type": "Bearer",
        "expires_in": tokens.LIFETIME,
        "scope": " ".join(sorted(given.scopes)),
    }


def introspected_answer(verified: Verified | None, caller: Caller | None = None) -> dict[str, Any]:
    """RFC 7662: of a token that is not good, or not the asker's, nothing but that is told."""
    if verified is None:
        return {"active": False}
    return {
        "active": True,
        "scope": " ".join(sorted(verified.caller.scopes)),
        "client_id": verified.caller.client_id,
        "sub": verified.caller.client_id,
        "token_type": "Bearer",
        "aud": tokens.AUDIENCE,
        "jti": verified.token_id,
        "iat": int(verified.issued_at),
        "exp": int(verified.expires),
    }


def _day_said(day: date | None) -> str | None:
    return day.isoformat() if day else None
