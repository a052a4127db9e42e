"""The portal's cookie: the token pair of one sign-in, encrypted, so that no script and no store ever holds
it.

Behind TLS it is `__Host-commonthread`, Secure; on plain-http localhost another name, so that neither is
taken for the other. Beside it stands the token against forged requests, bound to the sign-in (or, before,
to the browser).
"""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.kit.derive import key_for

LIFE = 14 * 24 * 3_600  # seconds; the refresh token decides when a sign-in ends
ASKING_LIFE = 10 * 60
DEVICE_LIFE = 400 * 24 * 3_600
LONGEST_DEVICE = 512
LONGEST_ATTEMPT = 2048
CLEAR = '"cache", "storage"'


@dataclass(frozen=True)
class SignIn:
    """What the cookie holds: `access` and `refresh` tokens, and `mark`, a random name for this sign-in."""

    access: str
    refresh: str
    mark: str

    @classmethod
    def begin(cls, access: str, refresh: str) -> "SignIn":
        """A new sign-in, under a new mark: nothing that was known before it is good afterwards."""
        return cls(access, refresh, secrets.token_urlsafe(16))

    @classmethod
    def follow(cls, access: str, refresh: str) -> "SignIn":
        """A sign-in that goes on under a new mark: the same at every gateway that two tabs ask at once."""
        digest = hashlib.sha256(f"mark {refresh}".encode()).digest()[:16]
        return cls(access, refresh, base64.urlsafe_b64encode(digest).decode().rstrip("="))


class SignIns:
    """Writes and reads the cookie. `tls`: whether the world reaches us by https."""

    def __init__(self, secret: str, *, tls: bool) -> None:
        self._box = AESGCM(key_for(secret, "sign-in"))
        self._forms = key_for(secret, "csrf")
        self.name = "__Host-commonthread" if tls else "commonthread_local"
        self.browser_name = "__Host-commonthread-form" if tls else "commonthread_form_local"
        prefix, suffix = ("__Host-", "") if tls else ("", "_local")
        self.asking_name = f"{prefix}commonthread-asking{suffix}"
        self.device_name = f"{prefix}commonthread-device{suffix}"
        self.attempt_name = f"{prefix}commonthread-attempt{suffix}"
        self._flags = "; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if tls else "")

    def write(self, signin: SignIn) -> str:
        """Return the value of `Set-Cookie` that keeps `signin`."""
        text = orjson.dumps([signin.access, signin.refresh, signin.mark])
        nonce = os.urandom(12)
        sealed = nonce + self._box.encrypt(nonce, text, self.name.encode())
        value = base64.urlsafe_b64encode(sealed).decode().rstrip("=")
        return f"{self.name}={value}; Max-Age={LIFE}{self._flags}"

    def forget(self) -> list[tuple[str, str]]:
        """The headers of a sign-out: the cookie goes, and what the browser kept of the pages."""
        return [("Set-Cookie", f"{self.name}=; Max-Age=0{self._flags}"), ("Clear-Site-Data", CLEAR)]

    def read(self, cookies: Mapping[str, str]) -> SignIn | None:
        """Return the sign-in of these cookies; None when there is none, or none of ours."""
        value = cookies.get(self.name)
        if not value:
            return None
        try:
            sealed = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
            return SignIn(*orjson.loads(self._box.decrypt(sealed[:12], sealed[12:], self.name.encode())))
        except (ValueError, TypeError, InvalidTag):
            return None

    def browser(self, cookies: Mapping[str, str]) -> tuple[str, str | None]:
        """Return the mark of a browser nobody has signed in from, and the `Set-Cookie` when it is new."""
        mark = cookies.get(self.browser_name, "")
        if len(mark) == 22 and mark.replace("-", "").replace("_", "").isalnum():
            return mark, None
        mark = secrets.token_urlsafe(16)
        return mark, f"{self.browser_name}={mark}{self._flags}"

    def asking(self, cookies: Mapping[str, str]) -> tuple[str, str]:
        """Return the verifier of this browser's links and the `Set-Cookie` that keeps it while they live.

        A browser that asks twice keeps its verifier, so that the second link ends the first.
        """
        verifier = self.verifier(cookies) or secrets.token_urlsafe(32)
        return verifier, f"{self.asking_name}={verifier}; Max-Age={ASKING_LIFE}{self._flags}"

    def verifier(self, cookies: Mapping[str, str]) -> str | None:
        """Return what this browser asked for its links with; None when it asked for none lately."""
        found = cookies.get(self.asking_name, "")
        return found if len(found) == 43 and found.replace("-", "").replace("_", "").isalnum() else None

    def device_token(self, cookies: Mapping[str, str]) -> str | None:
        """Return by what membership knows a browser in which somebody signed in before."""
        found = cookies.get(self.device_name, "")
        return found if 0 < len(found) <= LONGEST_DEVICE else None

    def keep_device(self, token: str) -> str:
        """Return the `Set-Cookie` that keeps a device token; it stays after signing out and opens nothing."""
        return f"{self.device_name}={token}; Max-Age={DEVICE_LIFE}{self._flags}"

    def attempt(self, cookies: Mapping[str, str]) -> str | None:
        """Return what this browser keeps of a sign-in at a provider that is under way."""
        found = cookies.get(self.attempt_name, "")
        return found if 0 < len(found) <= LONGEST_ATTEMPT else None

    def keep_attempt(self, attempt: str) -> str:
        """Return the `Set-Cookie` that keeps it while it is good; sealed text, good in this browser alone."""
        return f"{self.attempt_name}={attempt}; Max-Age={ASKING_LIFE}{self._flags}"

    def forget_attempt(self) -> str:
        """Return the `Set-Cookie` after it was used."""
        return f"{self.attempt_name}=; Max-Age=0{self._flags}"

    def form_token(self, mark: str) -> str:
        """The hidden field that proves a form was ours: bound to the sign-in's or the browser's mark."""
        return hmac.new(self._forms, mark.encode(), "sha256").hexdigest()[:43]

    def knows_form(self, mark: str, token: str) -> bool:
        return hmac.compare_digest(self.form_token(mark).encode(), token.encode())


def read_cookies(header: str) -> dict[str, str]:
    """Return the cookies of a `Cookie` header; of a name sent twice, none: nobody knows which is ours."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for part in header.split(";"):
        name, _, value = part.strip().partition("=")
        if name in found:
            twice.add(name)
        found[name] = value
    return {name: value for name, value in found.items() if name not in twice}
