"""Identity providers: what their metadata must say, and what comes back from them (OpenID Connect, RFC 9207).

All of it is foreign and untrusted: its types are looked at, and what is amiss is a `ProviderFault` whose
reason is for logs and for who keeps the connection, never for who tries to sign in.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from services.membership.domain.connections import ENTRA_HOSTS, Connection, pin_needed

ATTEMPT_LIFETIME = timedelta(minutes=10)
SCOPE = "openid profile email"
LONGEST_URL = 2000
TENANT = "{tenantid}"
SENTENCES = {
    "could-not-be-read": "The provider's description could not be read.",
    "too-large": "The provider's description is too large.",
    "malformed": "The provider's description is not what OpenID Connect wants.",
    "other-issuer": "The provider calls itself otherwise than this connection does.",
    "no-code-flow": "The provider does not offer the code flow.",
    "no-pkce": "The provider does not take PKCE with S256.",
    "no-basic-secret": "The provider does not take client_secret_basic.",
    "no-common-algorithm": "The provider signs with none of the allowed algorithms.",
    "no-keys": "The provider shows no key that could sign an ID token.",
}


class ProviderFault(Exception):
    """A provider, or somebody in its place, did what it must not. `reason` is a slug."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def sentence(self) -> str:
        """What an administrator is told."""
        return SENTENCES.get(self.reason, SENTENCES["malformed"])


@dataclass(frozen=True)
class Provider:
    """What discovery found.

    Args:
        issuer: what `iss` must be; holds `{tenantid}` where tenants share the metadata.
        names_itself: answers to authorization requests carry `iss` (RFC 9207), so one without is refused.
    """

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    algorithms: tuple[str, ...]
    userinfo_endpoint: str | None = None
    end_session_endpoint: str | None = None
    names_itself: bool = False

    def issuer_for(self, connection: Connection) -> str:
        """Return what `iss` must be in tokens for `connection`."""
        return self.issuer.replace(TENANT, connection.tenant or "")


@dataclass(frozen=True)
class Attempt:
    """One authorization request under way; sealed, it lies in the browser that began it.

    Args:
        person_id, sign_in_id: of who links an identity to themselves; None for who signs in.
        ends_at: seconds since 1970.
    """

    state: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    ends_at: int
    person_id: str | None = None
    sign_in_id: str | None = None


def begin_attempt(now: datetime, person_id: str | None = None, sign_in_id: str | None = None) -> Attempt:
    """Return an attempt that ends in ten minutes, its secrets 256 random bits each."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Attempt(state, nonce, verifier, int((now + ATTEMPT_LIFETIME).timestamp()), person_id, sign_in_id)


def read_metadata(document: Any, issuer: str, admits: Callable[[str], bool]) -> Provider:
    """Return the provider that `document` describes.

    Args:
        issuer: as the connection calls it. admits: whether an address may be asked at all.

    Raises:
        ProviderFault: it describes another, or one that cannot be used safely.
    """
    said = _object(document)
    named = _text(said, "issuer")
    if named != _issuer_in_metadata(issuer):
        raise ProviderFault("other-issuer")
    if "code" not in _texts(said, "response_types_supported", ("code",)):
        raise ProviderFault("no-code-flow")
    if "S256" not in _texts(said, "code_challenge_methods_supported", ("S256",)):
        raise ProviderFault("no-pkce")
    if "client_secret_basic" not in _texts(
        said, "token_endpoint_auth_methods_supported", ("client_secret_basic",)
    ):
        raise ProviderFault("no-basic-secret")
    return Provider(
        issuer=named,
        authorization_endpoint=_address(said, "authorization_endpoint", admits),
        token_endpoint=_address(said, "token_endpoint", admits),
        jwks_uri=_address(said, "jwks_uri", admits),
        algorithms=_texts(said, "id_token_signing_alg_values_supported", ("RS256",)),
        userinfo_endpoint=_address_if_any(said, "userinfo_endpoint", admits),
        end_session_endpoint=_address_if_any(said, "end_session_endpoint", admits),
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
    )


def common_algorithms(connection: Connection, provider: Provider) -> tuple[str, ...]:
    """Return what may sign ID tokens here. Raises: ProviderFault, when nothing may."""
    common = tuple(each for each in connection.algorithms if each in provider.algorithms)
    if not common:
        raise ProviderFault("no-common-algorithm")
    return common


def authorization_url(provider: Provider, connection: Connection, attempt: Attempt, callback: str) -> str:
    """Return where the browser asks the provider, with PKCE S256, state and nonce."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(attempt.verifier.encode()).digest())
    asked = {
        "response_type": "code",
        "client_id": connection.client_id,
        "redirect_uri": callback,
        "scope": SCOPE,
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": challenge.decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    if connection.hosted_domain:
        asked["hd"] = connection.hosted_domain
    return _with_query(provider.authorization_endpoint, asked)


def logout_url(endpoint: str, id_token: str, client_id: str, back: str) -> str:
    """Return where the browser signs out of the provider (RP-initiated logout)."""
    asked = {"id_token_hint": id_token, "client_id": client_id, "post_logout_redirect_uri": back}
    return _with_query(endpoint, asked)


def check_return(
    attempt: Attempt | None, connection: Connection, returned: Mapping[str, str | None], now: datetime
) -> str:
    """Return the code of an answer that belongs to `attempt`; whose it is, `check_origin` tells.

    Args:
        attempt: opened with this connection's seal; None when it was not ours, or another connection's.
        returned: `state`, `code` and `error` as the browser brought them.

    Raises:
        ProviderFault: no attempt of this browser, another state, too late, or the provider said no.
    """
    if attempt is None:
        raise ProviderFault("no-attempt")
    if not hmac.compare_digest(attempt.state.encode(), (returned.get("state") or "").encode()):
        raise ProviderFault("other-state")
    if now.timestamp() >= attempt.ends_at:
        raise ProviderFault("too-late")
    code = returned.get("code")
    if returned.get("error") or not code:
        raise ProviderFault("provider-said-no")
    return code


def check_origin(provider: Provider, connection: Connection, iss: str | None) -> None:
    """Refuse an answer that another provider sent (RFC 9207). Raises: ProviderFault."""
    if iss is None and not provider.names_itself:
        return
    if iss != provider.issuer_for(connection):
        raise ProviderFault("other-issuer")


def _issuer_in_metadata(issuer: str) -> str:
    """What the metadata of `issuer` must call it: of tenants that share it, a template (Entra)."""
    parts = urlsplit(issuer)
    if parts.hostname not in ENTRA_HOSTS or pin_needed(issuer) is None:
        return issuer
    return f"https://{parts.hostname}/{TENANT}/v2.0"


def _with_query(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}"


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ProviderFault("malformed")
    return value


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_URL:
        raise ProviderFault("malformed")
    return value


def _texts(said: Mapping[str, Any], name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    value = said.get(name, default)
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise ProviderFault("malformed")
    return tuple(value)


def _address(said: Mapping[str, Any], name: str, admits: Callable[[str], bool]) -> str:
    address = _text(said, name)
    is_plain = address.isascii() and address.isprintable() and " " not in address
    if not is_plain or "#" in address or not admits(address):
        raise ProviderFault("malformed")
    return address


def _address_if_any(said: Mapping[str, Any], name: str, admits: Callable[[str], bool]) -> str | None:
    return _address(said, name, admits) if said.get(name) is not None else None
