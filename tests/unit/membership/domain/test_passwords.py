import pytest

from services.membership.domain.identity_refusals import PasswordTooWeak
from services.membership.domain.passwords import check_password, prepared


@pytest.mark.parametrize(
    "password",
    [
        "twelve chars",
        "staple battery horse",
        "Größe zählt, Länge auch",
        "空の上を飛ぶ鳥は自由です",
        "x1" * 127 + "yz",
    ],
)
def test_long_passwords_are_taken_as_they_are(password):
    assert check_password(password) is None


@pytest.mark.parametrize(
    "password",
    ["eleven char", "", "é" * 129 + "abcd", "password1234", "PASSWORD1234", "qwertyuiop12", "ababababababab"],
    ids=["short", "empty", "over 256 bytes", "common", "common in capitals", "a row of keys", "two letters"],
)
def test_short_endless_and_common_passwords_are_refused(password):
    with pytest.raises(PasswordTooWeak) as refused:
        check_password(password)

    assert refused.value.errors[0]["pointer"] == "/password"


def test_two_keyboards_spell_the_same_password_alike():
    assert prepared("caf\u00e9 cafe\u0301") == prepared("cafe\u0301 caf\u00e9")
