"""ID tokens: what a provider vouches for, once its signature was found good (OpenID Connect Core 3.1.3.7)."""

import base64
import hashlib
import hmac
import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.membership.domain.connections import Connection
from services.membership.domain.providers import ProviderFault

LEEWAY = 60  # seconds
UNSEEN = ("Cc", "Cs", "Zl", "Zp")
LONGEST_SUBJECT, LONGEST_NAME, LONGEST_ADDRESS = 255, 200, 254
FILLED_IN = ("name", "given_name", "family_name", "email", "zoneinfo")


@dataclass(frozen=True)
class Vouched:
    """Who came, in the provider's words.

    Args:
        subject: theirs for ever, with this issuer; the rest may change and names nobody.
        display_name, email, zone: for a newcomer; the address is a contact and proves nothing.
        external_id: of the claim the connection names, or None.
    """

    subject: str
    display_name: str
    email: str | None
    zone: str | None
    external_id: str | None


def check_claims(
    claims: Mapping[str, Any], connection: Connection, issuer: str, nonce: str, now: datetime
) -> None:
    """Refuse an ID token that was not made by `issuer`, for us, for this attempt, at this time.

    Raises:
        ProviderFault: with the claim's name as reason.
    """
    if claims.get("iss") != issuer:
        raise ProviderFault("iss")
    _check_audience(claims, connection.client_id)
    _check_times(claims, now.timestamp())
    said = claims.get("nonce")
    if not _equal(said, nonce):
        raise ProviderFault("nonce")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject.isascii() or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise ProviderFault("sub")
    for claim, pinned in (("tid", connection.tenant), ("hd", connection.hosted_domain)):
        if pinned is not None and _folded(claims.get(claim)) != pinned.casefold():
            raise ProviderFault(claim)


def check_access_token(claims: Mapping[str, Any], algorithm: str, access_token: str | None) -> None:
    """Refuse an access token that does not belong to the ID token, where the ID token names one.

    Raises:
        ProviderFault: reason "at_hash".
    """
    said = claims.get("at_hash")
    if said is None:
        return
    digest = hashlib.sha512 if algorithm == "EdDSA" else hashlib.sha256
    whole = digest((access_token or "").encode()).digest()
    wanted = base64.urlsafe_b64encode(whole[: len(whole) // 2]).decode().rstrip("=")
    if (
        access_token is None
        or not isinstance(said, str)
        or not hmac.compare_digest(said.encode(), wanted.encode())
    ):
        raise ProviderFault("at_hash")


def lacks(claims: Mapping[str, Any]) -> bool:
    """True when the ID token alone does not describe a newcomer."""
    return not (claims.get("email") and (claims.get("name") or claims.get("given_name")))


def filled_in(claims: Mapping[str, Any], userinfo: Any) -> Mapping[str, Any]:
    """Return the claims with what they lack taken from userinfo; what the ID token says stands.

    Userinfo of another subject, or of no shape at all, adds nothing; nor does it ever name who somebody is.
    """
    if not isinstance(userinfo, dict) or userinfo.get("sub") != claims["sub"]:
        return claims
    added = {name: userinfo[name] for name in FILLED_IN if name in userinfo and not claims.get(name)}
    return {**claims, **added}


def vouched(claims: Mapping[str, Any], external_id_claim: str | None) -> Vouched:
    """Return who came; names and addresses that cannot be such are left out."""
    email = _line(claims.get("email"), LONGEST_ADDRESS)
    parts = (_line(claims.get(name), LONGEST_NAME) for name in ("given_name", "family_name"))
    name = _line(claims.get("name"), LONGEST_NAME) or " ".join(part for part in parts if part)
    return Vouched(
        subject=claims["sub"],
        display_name=name[:LONGEST_NAME] or (email or "").partition("@")[0] or "Member",
        email=email,
        zone=_line(claims.get("zoneinfo"), 60),
        external_id=_line(claims.get(external_id_claim), LONGEST_NAME) if external_id_claim else None,
    )


def _check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    said = claims.get("aud")
    audience = [said] if isinstance(said, str) else said
    if not isinstance(audience, list) or client_id not in audience:
        raise ProviderFault("aud")
    if (len(audience) > 1 or "azp" in claims) and claims.get("azp") != client_id:
        raise ProviderFault("azp")


def _check_times(claims: Mapping[str, Any], now: float) -> None:
    if now >= _number(claims, "exp") + LEEWAY:
        raise ProviderFault("exp")
    if _number(claims, "iat") > now + LEEWAY:
        raise ProviderFault("iat")
    if "nbf" in claims and _number(claims, "nbf") > now + LEEWAY:
        raise ProviderFault("nbf")


def _number(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ProviderFault(name)
    return value


def _folded(value: Any) -> str | None:
    return value.casefold() if isinstance(value, str) else None


def _line(value: Any, longest: int) -> str | None:
    """One line of visible text, or None: what is too long or holds control characters is left out."""
    if not isinstance(value, str):
        return None
    text = unicodedata.normalize("NFC", value).strip(" ")
    is_visible = all(unicodedata.category(each) not in UNSEEN for each in text)
    return text if 0 < len(text) <= longest and is_visible else None


def _equal(said: Any, wanted: str) -> bool:
    return isinstance(said, str) and said.isascii() and hmac.compare_digest(said, wanted)
