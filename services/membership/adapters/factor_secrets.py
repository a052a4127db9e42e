"""Seeds, codes and recovery codes: the cryptography of own factors."""

import base64
import hmac
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

SEED_BYTES = 20  # RFC 4226: the length of the hash
STEP_SECONDS = 30
DIGITS = 6
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # 32 that are not taken for one another
GROUPS, OF_LETTERS = 4, 4  # 80 bits a recovery code


class StandardFactorSecrets:
    """TOTP as authenticators have it by default: SHA-1, 6 digits, 30 seconds (RFC 6238)."""

    def seed(self) -> str:
        """Return 160 random bits in base32."""
        return base64.b32encode(secrets.token_bytes(SEED_BYTES)).decode()

    def recovery_codes(self, count: int) -> tuple[str, ...]:
        """Return that many codes of 80 random bits, to be shown once."""
        return tuple(self._recovery_code() for _ in range(count))

    def step_of(self, seed: str, code: str, now: datetime) -> int | None:
        """Return the time step whose code this is: the present one, the one before or the one after."""
        present = int(now.timestamp()) // STEP_SECONDS
        codes = HOTP(base64.b32decode(seed), DIGITS, SHA1(), enforce_key_length=False)  # noqa: S303 - RFC 6238
        steps = [
            step
            for step in (present - 1, present, present + 1)
            if hmac.compare_digest(codes.generate(step), code.encode())
        ]
        return steps[-1] if steps else None

    def _recovery_code(self) -> str:
        letters = [secrets.choice(LETTERS) for _ in range(GROUPS * OF_LETTERS)]
        return "-".join("".join(letters[at : at + OF_LETTERS]) for at in range(0, len(letters), OF_LETTERS))
