"""What an access token says: a `Caller` as claims, and back (RFC 9068). membership writes, the gateway reads.

The frame around it - `iss` (CT_PUBLIC_URL), `aud`, `iat`, `exp`, `jti` and the header's `typ`, `alg`, `kid` -
is signed and checked by the two with a claims registry; nothing here trusts a token.
"""

from collections.abc import Mapping
from typing import Any

from services.contracts.caller import Caller

TYPE = "at+jwt"
ALGORITHM = "ES256"
AUDIENCE = "commonthread"
LIFETIME = 600  # seconds an access token lives at most
ASSERTION_ALGORITHMS = ("ES256", "PS256", "RS256")  # with which a partner system signs that it is itself
ENDS = "ends"  # claim: from then on (seconds since 1970) one of the roles is held no more
OWN_CLIENT = "commonthread"  # `client_id` of tokens that our own sign-in gave out


def claims_of(caller: Caller) -> dict[str, Any]:
    """Return the claims that say who `caller` is (a person, a client or an operator's system)."""
    claims = {
        "sub": caller.person_id if caller.kind == "person" else caller.client_id,
        "client_id": caller.client_id or OWN_CLIENT,
        "kind": caller.kind,
        "network": caller.network,
        "organization": caller.organization_id,
        "account": caller.account_id,
        "sid": caller.signin_id,
        "roles": sorted(caller.roles),
        "scope": " ".join(sorted(caller.scopes)),
        "text": caller.text_open or None,
        ENDS: caller.roles_end,
    }
    return {name: value for name, value in claims.items() if value is not None}


def caller_of(claims: Mapping[str, Any]) -> Caller:
    """Return whom verified claims speak of.

    Raises:
        KeyError: a claim without which nobody is named is missing.
        ValueError: the claims speak of nobody who has tokens, or of an operator in a network.
    """
    kind = claims["kind"]
    if kind not in ("person", "client", "operator"):
        raise ValueError("nobody who has tokens")
    if (kind == "operator") == ("network" in claims):
        raise ValueError("only an operator is of no network")
    is_person = kind == "person"
    return Caller(
        kind=kind,
        network=claims.get("network"),
        person_id=claims["sub"] if is_person else None,
        account_id=claims.get("account"),
        organization_id=claims.get("organization"),
        client_id=None if is_person else claims["sub"],
        signin_id=claims.get("sid"),
        roles=frozenset(claims.get("roles", ())) if is_person else frozenset(),
        scopes=frozenset(claims.get("scope", "").split()) if not is_person else frozenset(),
        text_open=is_person and claims.get("text") is True,
        roles_end=float(claims[ENDS]) if ENDS in claims else None,
    )
