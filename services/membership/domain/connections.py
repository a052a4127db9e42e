"""Connections: how the people of one organization sign in with that organization's own identity provider.

    draft  ──activate──►  active  ◄──►  disabled

What a provider vouches for counts in its own organization alone, and never opens confidential text.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from services.kit.errors import Conflict, Invalid, NotFound

ALGORITHMS = ("ES256", "RS256", "PS256", "EdDSA")
STANDINGS = ("draft", "active", "disabled")
ENTRA_HOSTS = frozenset(
    {"login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn"}
)
ENTRA_SHARED = frozenset({"common", "organizations"})
PRIVATE_ACCOUNTS = (
    "9188040d-6c67-4c5b-b112-36a304b66dad"  # the tenant of everybody's private Microsoft account
)
GOOGLE = "accounts.google.com"
MAIL_FOR_EVERYBODY = frozenset(
    [
        "aol.com",
        "gmail.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "icloud.com",
        "live.com",
        "mail.com",
        "mail.ru",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "web.de",
        "yahoo.com",
        "yandex.ru",
        "163.com",
    ]
)
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\Z")
MOST_CONNECTIONS = 20  # of one organization


@dataclass(frozen=True)
class Connection:
    """One identity provider of one organization.

    Args:
        slug: what people type or follow to reach it, unique in the installation.
        issuer: as the provider calls itself; never changes, accounts depend on it.
        client_secret: kept sealed and never shown again.
        tenant, hosted_domain: what the claims `tid` and `hd` must be; one of them is required where many
            organizations share an issuer.
        algorithms: that may sign its ID tokens, of `ALGORITHMS`.
        email_domains: whose addresses are offered this connection on the sign-in page. They prove nothing.
        external_id_claim: the ID token's claim that holds a person's external id, so that who was imported
            by staff is known when they first come; None: nobody is matched.
        admits_newcomers: whether who is not known yet becomes a person of the organization.
        standing: "draft", "active" or "disabled"; only an active one signs anybody in.
    """

    id: str
    network: str
    organization_id: str
    display_name: str
    slug: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    made_by: str | None
    made_at: datetime
    tenant: str | None = None
    hosted_domain: str | None = None
    algorithms: tuple[str, ...] = ALGORITHMS
    email_domains: tuple[str, ...] = ()
    external_id_claim: str | None = None
    admits_newcomers: bool = True
    standing: str = "draft"
    revision: int = 0


class ConnectionUnusable(Invalid):
    """The connection contradicts itself, or its provider cannot be used as it is."""

    code = "connection-unusable"


class NoSuchConnection(NotFound):
    code = "no-such-connection"


class SlugTaken(Conflict):
    code = "slug-taken"


class TooManyConnections(Conflict):
    code = "too-many-connections"


def check_connection(connection: Connection) -> Connection:
    """Return the connection when it makes sense.

    Raises:
        ConnectionUnusable: with a pointer for each fault.
    """
    faults = [*_faults_of_issuer(connection), *_faults_of_domains(connection.email_domains)]
    if faults:
        errors = [{"pointer": pointer, "detail": detail} for pointer, detail in faults]
        raise ConnectionUnusable("This connection cannot be used as it is.", errors=errors)
    return connection


def change_connection(connection: Connection, wanted: Mapping[str, Any]) -> Connection:
    """Return the connection with `wanted` (field -> value) changed. Raises: ConnectionUnusable."""
    if wanted.get("standing") == "draft" != connection.standing:
        detail = "What was active once can be disabled; it does not become a draft again."
        raise ConnectionUnusable(detail, errors=[{"pointer": "/standing", "detail": detail}])
    return check_connection(replace(connection, **wanted))


def pin_needed(issuer: str) -> str | None:
    """Return "tenant" or "hosted_domain" where `issuer` speaks for many organizations, else None."""
    parts = urlsplit(issuer)
    if parts.hostname == GOOGLE:
        return "hosted_domain"
    if parts.hostname in ENTRA_HOSTS and parts.path.strip("/").split("/")[0] in ENTRA_SHARED:
        return "tenant"
    return None


def domain_of(text: str) -> str | None:
    """Return the domain of what may be an e-mail address, folded; None when it is none."""
    _, at, domain = text.strip().casefold().rpartition("@")
    return domain if at and DOMAIN.match(domain) else None


def _faults_of_issuer(connection: Connection) -> Iterable[tuple[str, str]]:
    try:
        parts = urlsplit(connection.issuer)
        named = parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        named = None
    if not named or parts.query or parts.fragment or "@" in parts.netloc:
        yield "/issuer", "Write the issuer as the provider does, without query, fragment and user."
        return
    pin = pin_needed(connection.issuer)
    if pin and not getattr(connection, pin):
        yield f"/{pin}", "Many organizations share this issuer: say which of them is meant."
    if (connection.tenant or "").lower() == PRIVATE_ACCOUNTS:
        yield "/tenant", "This tenant holds everybody's private accounts."
    if parts.hostname in ENTRA_HOSTS and parts.path.strip("/").split("/")[0] == "consumers":
        yield "/issuer", "This issuer speaks for private accounts, not for an organization."


def _faults_of_domains(domains: Iterable[str]) -> Iterable[tuple[str, str]]:
    for place, domain in enumerate(domains):
        if not DOMAIN.match(domain):
            yield f"/email_domains/{place}", "Not a domain such as halden.example."
        elif domain in MAIL_FOR_EVERYBODY:
            yield f"/email_domains/{place}", "Everybody can have an address there."
