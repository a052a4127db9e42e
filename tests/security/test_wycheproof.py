"""Wycheproof's signed messages through our verifiers: no bad one is taken, no good one refused.

The vectors are C2SP's (commit dac1dd4: 401 tests) and are read where they lie, never copied. They sign the
text "foo", so what is tried is the part before any claim: header, key and signature.
"""

import json
import os
from pathlib import Path

import pytest
from joserfc.errors import JoseError

from services.contracts.tokens import ASSERTION_ALGORITHMS
from services.contracts.verifying import signed_payload
from services.membership.adapters.assertions import header_of, key_for
from services.membership.adapters.client_keys import usable
from services.membership.domain.client_refusals import ClientRefused

NAME = "testvectors_v1/json_web_signature_test.json"
PLACES = (
    Path(os.environ.get("CT_WYCHEPROOF", "/nowhere")),
    Path(__file__).parents[3] / "shared/data/wycheproof",
)
FILE = next((place / NAME for place in PLACES if (place / NAME).exists()), None)

if FILE is None:
    pytest.skip(f"Wycheproof's vectors are not here: $CT_WYCHEPROOF/{NAME}", allow_module_level=True)


def vectors():
    """Every (public keys, test) of the file."""
    for group in json.loads(FILE.read_text())["testGroups"]:
        keys = group.get("public") or group.get("private")
        for test in group["tests"]:
            yield (keys.get("keys", [keys]) if isinstance(keys, dict) else keys), test


def is_taken_as_assertion(jwks, message):
    try:
        header = header_of(message)
        key = key_for(usable(jwks), header)
        return bool(signed_payload(message, key.key, header["alg"]))
    except (ClientRefused, JoseError, ValueError, TypeError):
        return False


def is_ours(jwks, test):
    """Whether a good message is one that our partners may sign: by a key and an algorithm we take."""
    keys = usable(jwks)
    try:
        return header_of(test["jws"])["alg"] in ASSERTION_ALGORITHMS and len(keys) == 1
    except ClientRefused:
        return False


def test_no_bad_message_is_taken():
    taken = [
        test["tcId"]
        for jwks, test in vectors()
        if test["result"] == "invalid" and is_taken_as_assertion(jwks, test["jws"])
    ]

    assert taken == []


def test_every_good_message_that_a_partner_may_sign_is_taken():
    good = [(jwks, test) for jwks, test in vectors() if test["result"] == "valid" and is_ours(jwks, test)]

    assert good
    assert [test["tcId"] for jwks, test in good if not is_taken_as_assertion(jwks, test["jws"])] == []
