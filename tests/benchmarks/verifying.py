"""An access token verified as the gateway does it: `python -m tests.benchmarks.verifying SECONDS`, alone.

verified        header, signature and claims of a token never seen before
remembered      the same token again
signature       the signature alone, by the library beneath: what no verifier can be faster than
"""

import base64
import json
import sys
import time
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jwt
from joserfc.jwk import ECKey

from gateway.tokens import AccessTokens, SigningKeys
from services.contracts.caller import Caller
from services.contracts.tokens import ALGORITHM, AUDIENCE, LIFETIME, TYPE, claims_of
from services.contracts.verifying import AccessTokenVerifier

ISSUER = "https://commonthread.example"
KEY = ECKey.generate_key("P-256", {"kid": "bench", "use": "sig"})
ROLES = frozenset({"member", "facilitator"})
CALLER = Caller("person", "net_1", person_id="per_1", account_id="acc_1", signin_id="tok_1", roles=ROLES)


def a_token() -> str:
    """Return a token as membership writes it."""
    now = int(time.time())
    frame = {"iss": ISSUER, "aud": AUDIENCE, "iat": now, "exp": now + LIFETIME, "jti": "tok_2"}
    header = {"alg": ALGORITHM, "typ": TYPE, "kid": "bench"}
    return jwt.encode(header, claims_of(CALLER) | frame, KEY, algorithms=[ALGORITHM])


def rate(do: Callable[[], object], seconds: float) -> float:
    """Return how often `do` is done in a second of processor time: it waits for nothing."""
    began, count = time.process_time(), 0
    while time.process_time() - began < seconds:
        for _ in range(50):
            do()
        count += 50
    return count / (time.process_time() - began)


def bare(token: str) -> Callable[[], object]:
    """Return what checks the signature of `token` and nothing else."""
    signed, _, signature = token.rpartition(".")
    raw = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
    numbers = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    return lambda: KEY.public_key.verify(numbers, signed.encode(), ec.ECDSA(SHA256()))


def measured(seconds: float) -> dict[str, float]:
    """Return the rate of each, one after another."""
    keys = SigningKeys(lambda: {"keys": [KEY.as_dict(private=False)]})
    tokens, verifier = AccessTokens(ISSUER, keys), AccessTokenVerifier(ISSUER, keys.find, time.time)
    token = a_token()
    tokens.caller(token)
    return {
        "verified": rate(lambda: verifier.verify(token), seconds),
        "remembered": rate(lambda: tokens.caller(token), seconds),
        "signature": rate(bare(token), seconds),
    }


if __name__ == "__main__":
    print(json.dumps(measured(float(sys.argv[1]))))
