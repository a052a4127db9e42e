"""Codes as RFC 6238 wants them, and recovery codes."""

import base64
from datetime import UTC, datetime

import pytest

from services.membership.adapters.factor_secrets import StandardFactorSecrets

SEED = base64.b32encode(b"12345678901234567890").decode()
VECTORS = [  # RFC 6238, appendix B, SHA-1, the last six of eight digits
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]


def at(seconds):
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_codes_are_those_of_the_standard(seconds, code):
    assert StandardFactorSecrets().step_of(SEED, code, at(seconds)) == seconds // 30


@pytest.mark.parametrize(("late", "is_taken"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_clock_may_be_half_a_minute_off(late, is_taken):
    step = StandardFactorSecrets().step_of(SEED, "081804", at(1111111109 + late))

    assert step == (37037036 if is_taken else None)


@pytest.mark.parametrize("code", ["", "000000", "28708", "2870820", "é" * 6, "２８７０８２", "287082\n"])
def test_nothing_else_is_a_code(code):
    assert StandardFactorSecrets().step_of(SEED, code, at(59)) is None


def test_seeds_and_recovery_codes_are_long_and_never_alike():
    secrets = StandardFactorSecrets()
    codes = secrets.recovery_codes(200)

    assert len({secrets.seed() for _ in range(20)}) == 20
    assert len(base64.b32decode(secrets.seed())) == 20
    assert len(set(codes)) == 200
    assert {len(code.replace("-", "")) for code in codes} == {16}
