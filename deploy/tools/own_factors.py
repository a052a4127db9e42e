"""An own factor as a person keeps it: an authenticator on a phone, recovery codes in a drawer."""

import base64
import hmac
import time
from dataclasses import dataclass, field
from typing import Any

from deploy.tools.api import Api

STEP_SECONDS, DIGITS = 30, 6


def code_at(seed: str, moment: float) -> str:
    """Return what an authenticator with this seed (base32) shows at `moment`, in seconds (RFC 6238)."""
    step = int(moment) // STEP_SECONDS
    mac = hmac.digest(base64.b32decode(seed), step.to_bytes(8, "big"), "sha1")
    start = mac[-1] & 0x0F
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


@dataclass
class Drawers:
    """Where the people of one installation keep their recovery codes, by address."""

    _codes: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def at(cls, url: str) -> "Drawers":
        """Return those of the gateway at `url`; one address is one account there, whatever its networks."""
        return _KNOWN.setdefault(url, cls())

    def holds(self, email: str) -> bool:
        """Whether any code of this person is left."""
        return bool(self._codes.get(email))

    def take(self, email: str) -> str:
        """Return one of the person's recovery codes; each opens once."""
        return self._codes[email].pop()

    def prove(self, person: Api, email: str) -> Api:
        """Return the gateway for the same person, proven by their own factor; the first one is set here.

        Somebody whose factor was set elsewhere goes on without.
        """
        if self.holds(email):
            return self._stepped_up(person, email)
        if person.get("/v1/me/own-factors")["authenticator_set_at"] is not None:
            return person
        seed = person.post("/v1/me/authenticator")["secret"]
        first = {"code": code_at(seed, time.time())}
        confirmed = person.post("/v1/me/authenticator/confirmation", first)
        self._codes[email] = list(confirmed["recovery_codes"])
        return person.signed_in(confirmed)

    def _stepped_up(self, person: Api, email: str) -> Api:
        tokens: dict[str, Any] = person.post("/v1/me/step-up", {"recovery_code": self.take(email)})
        proven = person.signed_in(tokens)
        if not self.holds(email):
            self._codes[email] = list(proven.post("/v1/me/recovery-codes")["recovery_codes"])
        return proven


_KNOWN: dict[str, Drawers] = {}
