"""What a partner system signs to show that it is itself (RFC 7523); each is good once.

The header holds `alg`, and perhaps `typ` and `kid`, and nothing else: no key, no key's address, no `crit`. Of
the claims, `iss` and `sub` are the client, `aud` is exactly us, `exp` is at most five minutes ahead, and
`jti` was never seen.
"""

import base64
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson
from joserfc.errors import JoseError
from pymongo.errors import DuplicateKeyError

from services.contracts.tokens import ASSERTION_ALGORITHMS
from services.contracts.verifying import signed_payload
from services.kit.context import work
from services.kit.derive import fingerprint
from services.kit.floor import Floor
from services.kit.mongo import Index, create_indexes, reaching
from services.kit.outward import Outward
from services.membership.adapters.client_keys import (
    KeyUnusable,
    PartnerKey,
    PublishedKeys,
    partner_key,
    usable,
)
from services.membership.domain.client_refusals import ClientRefused
from services.membership.domain.clients import BY_KEY, Client

TYPES = (None, "JWT", "client-authentication+jwt")
LIFETIME, SKEW = 300, 30  # seconds
LONGEST_NAME, BYTES_OF_KEYS = 200, 64_000


class ClientAssertions:
    """Reads what partner systems sign. An assertion that is spent leaves its hash, until it would run out."""

    INDEXES = (Index("forgotten_assertions", [("until", 1)], expire_seconds=0),)

    def __init__(self, floor: Floor) -> None:
        self._issuer = floor.settings.public_url
        self._audiences = (self._issuer, f"{self._issuer}/oauth/token")
        self._outward = Outward(floor.settings.outward_allow, total=5, limit=BYTES_OF_KEYS)
        self._published = PublishedKeys(self._outward)
        self._spent = floor.database["spent_assertions"]

    def prepare(self) -> None:
        create_indexes(self._spent, self.INDEXES)

    def named(self, assertion: str) -> str:
        """Return which client the assertion says it is from; nothing of it is believed yet.

        Raises:
            ClientRefused: it says nothing that can be read.
        """
        name = _part(assertion, 1).get("sub")
        if not isinstance(name, str):
            raise _refused()
        return name

    def accept(self, assertion: str, client: Client, now: datetime) -> None:
        """Take the assertion as this client's proof; it is spent by it.

        Raises:
            ClientRefused: it is not this client's, not for us, too old, or was seen before.
            Overloaded: its keys are being asked for just now.
        """
        header = header_of(assertion)
        key = key_for(self._keys(client, header.get("kid")), header)
        try:
            claims = orjson.loads(signed_payload(assertion, key.key, header["alg"]))
        except (JoseError, ValueError, TypeError):
            raise _refused() from None
        until = self._checked(_object(claims), client, now.timestamp())
        self._spend(client, claims["jti"], until)

    def admits(self, url: str) -> bool:
        """Return whether keys may be published at `url`: https, and a name that is no inside address."""
        return self._outward.admits(url)

    def faults(self, jwks: Sequence[Mapping[str, Any]]) -> dict[int, str]:
        """Return what is wrong with each of these public keys, by its place."""
        found = {}
        for place, jwk in enumerate(jwks):
            try:
                partner_key(jwk)
            except KeyUnusable as fault:
                found[place] = str(fault)
        return found

    def _keys(self, client: Client, kid: str | None) -> list[PartnerKey]:
        if client.method != BY_KEY or client.standing != "active":
            raise _refused()
        return self._published.at(client.keys_url, kid) if client.keys_url else usable(client.keys)

    def _checked(self, claims: Mapping[str, Any], client: Client, now: float) -> float:
        """Return when the assertion runs out, in seconds since 1970."""
        jti, ends = claims.get("jti"), _number(claims.get("exp"))
        begins = [_number(claims[name]) for name in ("iat", "nbf") if name in claims]
        is_named = isinstance(jti, str) and 0 < len(jti) <= LONGEST_NAME
        is_theirs = claims.get("iss") == claims.get("sub") == client.id
        is_timely = now - SKEW < ends <= now + LIFETIME + SKEW and all(
            start <= now + SKEW for start in begins
        )
        is_short = "iat" not in claims or ends - _number(claims["iat"]) <= LIFETIME
        aud = claims.get("aud")
        if not (is_named and is_theirs and is_timely and is_short and isinstance(aud, str)):
            raise _refused()
        if aud not in self._audiences:
            raise _refused()
        return ends

    def _spend(self, client: Client, jti: str, until: float) -> None:
        """Note that it was seen. The same ask, run again because it was overtaken, spends it once."""
        name, ask = fingerprint(client.id, jti), work().request_id
        kept_until = datetime.fromtimestamp(until + SKEW, UTC)
        try:
            with reaching():
                self._spent.insert_one({"_id": name, "ask": ask, "until": kept_until})
        except DuplicateKeyError:
            with reaching():
                before = self._spent.find_one({"_id": name})
            if ask is None or before is None or before["ask"] != ask:
                raise _refused() from None


def header_of(assertion: str) -> dict[str, Any]:
    """Return the header of an assertion that may be looked at further. Raises: ClientRefused."""
    header = _part(assertion, 0)
    algorithm, kid = header.get("alg"), header.get("kid")
    is_plain = header.keys() <= {"alg", "typ", "kid"} and header.get("typ") in TYPES
    if not is_plain or algorithm not in ASSERTION_ALGORITHMS or not isinstance(kid, str | None):
        raise _refused()
    return header


def key_for(keys: Sequence[PartnerKey], header: Mapping[str, Any]) -> PartnerKey:
    """Return the one key that the header may mean. Raises: ClientRefused: none does, or several do."""
    kid = header.get("kid")
    fitting = [key for key in keys if header["alg"] in key.algorithms and kid in (None, key.kid)]
    if len(fitting) != 1:
        raise _refused()
    return fitting[0]


def _object(found: Any) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise _refused()
    return found


def _part(assertion: str, place: int) -> dict[str, Any]:
    parts = assertion.split(".")
    try:
        found = orjson.loads(base64.urlsafe_b64decode(parts[place] + "=" * (-len(parts[place]) % 4)))
    except (ValueError, IndexError):
        raise _refused() from None
    if len(parts) != 3:
        raise _refused()
    return _object(found)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _refused()
    return float(value)


def _refused() -> ClientRefused:
    return ClientRefused("This client did not show that it is itself.")
