"""Keys serve one purpose each; tokens say nothing they were not signed for."""

from datetime import UTC, datetime

import pytest

from services.kit.derive import Signer, TokenExpired, TokenRefused, canonical, etag, fingerprint, key_for

SECRET = "a secret of more than sixteen bytes"
PURPOSES = ("cursor", "csrf", "link", "state")


def test_one_secret_gives_another_key_for_each_purpose():
    assert len({key_for(SECRET, purpose) for purpose in PURPOSES}) == len(PURPOSES)


def test_a_short_secret_is_no_secret():
    with pytest.raises(ValueError, match="16 bytes"):
        key_for("short", "cursor")


def test_a_token_says_what_was_signed():
    signer = Signer(SECRET, "link")

    assert signer.read(signer.sign({"act": "rsvp", "subject": "ses_1"})) == {
        "act": "rsvp",
        "subject": "ses_1",
    }


@pytest.mark.parametrize("signed", PURPOSES)
@pytest.mark.parametrize("read", PURPOSES)
def test_a_token_is_good_for_its_own_purpose_only(signed, read):
    token = Signer(SECRET, signed).sign({"a": 1})

    if signed == read:
        assert Signer(SECRET, read).read(token) == {"a": 1}
    else:
        with pytest.raises(TokenRefused):
            Signer(SECRET, read).read(token)


def test_a_token_ends():
    signer = Signer(SECRET, "link")
    token = signer.sign({}, seconds=60, now=1000)

    assert signer.read(token, now=1059) == {}
    with pytest.raises(TokenExpired):
        signer.read(token, now=1060)


def altered(token):
    body, mac = token.split(".")
    broken = ["", ".", "a.b", body, f"{body}.", f".{mac}", f"{body}.{mac}x", f"{body}.{mac}=", f"x{token}"]
    return broken + [f"{body[:-1]}{letter}.{mac}" for letter in "AQgw"]


@pytest.mark.parametrize("number", range(13))
def test_an_altered_token_is_refused(number):
    signer = Signer(SECRET, "link")
    token = signer.sign({"a": 1})
    forged = altered(token)[number]

    if forged != token:
        with pytest.raises(TokenRefused):
            signer.read(forged)


@pytest.mark.parametrize("not_a_token", [None, 7, "ü.ü", "\x00.\x00"])
def test_what_is_no_text_is_no_token(not_a_token):
    with pytest.raises(TokenRefused):
        Signer(SECRET, "link").read(not_a_token)


def test_an_etag_is_equal_for_equal_answers_whatever_their_order():
    moment = datetime(2026, 3, 1, tzinfo=UTC)

    assert etag(SECRET, {"a": 1, "at": moment}) == etag(SECRET, {"at": moment, "a": 1})
    assert etag(SECRET, {"a": 1}) != etag(SECRET, {"a": 2})
    assert etag(SECRET, {"a": 1}) != etag(SECRET + "!", {"a": 1})


def test_equal_values_have_one_canonical_form():
    assert canonical({"b": (1, 2), "a": frozenset({"y", "x"})}) == b'{"a":["x","y"],"b":[1,2]}'


def test_a_fingerprint_tells_parts_apart():
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
    assert fingerprint("a", "b") == fingerprint("a", "b")
