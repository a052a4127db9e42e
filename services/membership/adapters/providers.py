"""Identity providers over HTTP: discovery, keys, code exchange and userinfo, all by the guarded session.

What a provider shows of itself is remembered for an hour. A key nobody knew yet has its set read again, once
in half a minute at most; a provider that fails is left alone for ten seconds, however many ask.
"""

import base64
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus, urlencode

import orjson

from services.kit.outward import Outward, OutwardAnswer, OutwardError
from services.membership.adapters.id_token_keys import IssuerKey, UnknownKey, header_of, read_keys, verified
from services.membership.domain.connections import Connection
from services.membership.domain.providers import (
    Attempt,
    Provider,
    ProviderFault,
    common_algorithms,
    read_metadata,
)

REMEMBERED, RENEWED_AFTER, LEFT_ALONE = 3600.0, 30.0, 10.0  # seconds
MOST_REMEMBERED = 500  # providers
LONGEST_SECRET = 8_000  # characters of a token we keep
FORM = "application/x-www-form-urlencoded"
JSON = {"Accept": "application/json"}


@dataclass(frozen=True)
class Given:
    """What a code was exchanged for."""

    id_token: str = field(repr=False)
    access_token: str | None = field(repr=False)


@dataclass(frozen=True)
class Shown:
    """What a test of a connection found: the provider, what may sign, and the names of its keys."""

    provider: Provider
    algorithms: tuple[str, ...]
    key_ids: tuple[str, ...]


class Providers:
    """Asks identity providers.

    Args:
        outward: the guarded session. public_url: ours; callbacks lie under it.
        clock: seconds, for what is remembered.
    """

    def __init__(
        self, outward: Outward, public_url: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._outward, self._public_url = outward, public_url
        self._metadata = Remembered(self._read_metadata, clock)
        self._keys = Remembered(lambda url: read_keys(self._read(url)), clock)

    def admits(self, url: str) -> bool:
        """Return whether `url` may be asked at all."""
        return self._outward.admits(url)

    def callback(self, connection: Connection) -> str:
        """Return where the provider sends the browser back to: an address of this connection alone."""
        return f"{self._public_url}/sign-in/callback/{connection.id}"

    def after_logout(self) -> str:
        return f"{self._public_url}/sign-in"

    def discover(self, issuer: str) -> Provider:
        """Return what the provider shows of itself. Raises: ProviderFault."""
        found: Provider = self._metadata.get(issuer)
        return found

    def test(self, connection: Connection) -> Shown:
        """Look at the provider anew. Raises: ProviderFault, with what is amiss."""
        provider = self._metadata.renewed(connection.issuer, at_once=True)
        algorithms = common_algorithms(connection, provider)
        keys: tuple[IssuerKey, ...] = self._keys.renewed(provider.jwks_uri, at_once=True)
        return Shown(provider, algorithms, tuple(sorted(key.kid or "" for key in keys)))

    def exchange(self, provider: Provider, connection: Connection, code: str, attempt: Attempt) -> Given:
        """Exchange the code for tokens, as the client and with the verifier. Raises: ProviderFault."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.callback(connection),
            "code_verifier": attempt.verifier,
        }
        pair = f"{quote_plus(connection.client_id)}:{quote_plus(connection.client_secret)}"
        headers = JSON | {
            "Content-Type": FORM,
            "Authorization": "Basic " + base64.b64encode(pair.encode()).decode(),
        }
        said = self._object(
            lambda: self._outward.post(provider.token_endpoint, urlencode(asked).encode(), headers)
        )
        id_token, access_token = said.get("id_token"), said.get("access_token")
        if not isinstance(id_token, str) or not isinstance(access_token, str | None):
            raise ProviderFault("malformed-tokens")
        return Given(id_token, access_token)

    def claims(self, provider: Provider, connection: Connection, token: str) -> tuple[Mapping[str, Any], str]:
        """Return the claims of an ID token and the algorithm of its signature, by the issuer's keys alone.

        A key that is not among those remembered has them read again, within bounds.

        Raises:
            ProviderFault: malformed, unsigned, or signed by another.
        """
        algorithm, kid = header_of(token, common_algorithms(connection, provider))
        try:
            return verified(token, algorithm, kid, self._keys.get(provider.jwks_uri)), algorithm
        except UnknownKey:
            return verified(token, algorithm, kid, self._keys.renewed(provider.jwks_uri)), algorithm

    def userinfo(self, provider: Provider, access_token: str | None) -> Any:
        """Return what userinfo says, or None: a sign-in does not depend on it."""
        if provider.userinfo_endpoint is None or not _is_header(access_token):
            return None
        headers = JSON | {"Authorization": f"Bearer {access_token}"}
        try:
            return self._object(lambda: self._outward.get(str(provider.userinfo_endpoint), headers))
        except ProviderFault:
            return None

    def _read_metadata(self, issuer: str) -> Provider:
        document = self._read(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        return read_metadata(document, issuer, self.admits)

    def _read(self, url: str) -> dict[str, Any]:
        return self._object(lambda: self._outward.get(url, JSON))

    def _object(self, ask: Callable[[], OutwardAnswer]) -> dict[str, Any]:
        try:
            answer = ask()
        except OutwardError as error:
            raise ProviderFault("too-large" if error.reason == "too-large" else "could-not-be-read") from None
        if answer.status != 200:
            raise ProviderFault("could-not-be-read")
        try:
            said = orjson.loads(answer.body)
        except ValueError:
            raise ProviderFault("malformed") from None
        if not isinstance(said, dict):
            raise ProviderFault("malformed")
        return said


@dataclass
class _Entry:
    """What was read last and when, and the last failure. One reads, the others wait."""

    lock: Any
    value: Any = None
    read_at: float | None = None
    renewed_at: float | None = None
    fault: str | None = None
    failed_at: float = 0.0


class Remembered:
    """What `read` returns for a name, bounded in time and number."""

    def __init__(self, read: Callable[[str], Any], clock: Callable[[], float]) -> None:
        self._read, self._clock = read, clock
        self._entries: OrderedDict[str, _Entry] = OrderedDict()

    def get(self, name: str) -> Any:
        """Return what was read within the hour, or read it. Raises: ProviderFault."""
        entry = self._entry(name)
        with entry.lock:
            if entry.read_at is not None and self._clock() - entry.read_at < REMEMBERED:
                return entry.value
            return self._anew(name, entry)

    def renewed(self, name: str, *, at_once: bool = False) -> Any:
        """Return it read anew, unless that was asked for within half a minute; `at_once`: whenever it was."""
        entry = self._entry(name)
        with entry.lock:
            now = self._clock()
            if not at_once and entry.renewed_at is not None and now - entry.renewed_at < RENEWED_AFTER:
                return entry.value
            entry.renewed_at = None if at_once else now
            return self._anew(name, entry, at_once)

    def _anew(self, name: str, entry: _Entry, at_once: bool = False) -> Any:
        now = self._clock()
        if entry.fault and not at_once and now - entry.failed_at < LEFT_ALONE:
            raise ProviderFault(entry.fault)
        try:
            entry.value, entry.read_at, entry.fault = self._read(name), now, None
        except ProviderFault as fault:
            entry.fault, entry.failed_at = fault.reason, self._clock()
            raise
        return entry.value

    def _entry(self, name: str) -> _Entry:
        entry = self._entries.get(name) or _Entry(threading.Lock())
        self._entries[name] = entry
        self._entries.move_to_end(name)
        while len(self._entries) > MOST_REMEMBERED:
            self._entries.popitem(last=False)
        return entry


def _is_header(token: str | None) -> bool:
    return token is not None and token.isascii() and token.isprintable() and len(token) <= LONGEST_SECRET
