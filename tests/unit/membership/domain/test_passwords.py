import pytest

from services.membership.adapters.common_passwords import common_passwords
from services.membership.domain.identity_refusals import PasswordTooWeak
from services.membership.domain.passwords import check_password, prepared

NAMES = ("Ada Lovelace", "Northwind Traders", "Baltic Leaders", "ada.l@northwind.example")


def check(password, names=NAMES):
    return check_password(password, common_passwords(), names)


@pytest.mark.parametrize(
    "password",
    [
        "twelve chars",
        "staple battery horse",
        "Größe zählt, Länge auch",
        "空の上を飛ぶ鳥は自由です",
        "x1" * 126 + "yz",
        "é" * 100 + "abcdefgh" * 7,
        "lovelace of the northern sea",
        "tell Ada nothing of it",
        "8461-2209-7731",
    ],
)
def test_long_passwords_are_taken_as_they_are_whatever_they_are_made_of(password):
    assert check(password) is None


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "at least 12 characters"),
        ("eleven char", "at least 12 characters"),
        ("é" * 129 + "abcd", "at most 256 bytes"),
        ("password1234", "others would try"),
        ("PASSWORD1234", "others would try"),
        ("ｐａｓｓｗｏｒｄ１２３４", "others would try"),
        ("qwertyuiop12", "others would try"),
        ("123456789012", "others would try"),
        ("liverpool1892!", "others would try"),
        ("++sunshine2026++", "others would try"),
        ("dragondragon", "others would try"),
        ("monkeymonkeymon", "others would try"),
        ("пароль123456", "others would try"),
        ("ababababababab", "others would try"),
        ("commonthread!", "others would try"),
        ("Ada Lovelace", "a name that others know"),
        ("ADALOVELACE1815", "a name that others know"),
        ("Northwind-2026!", "a name that others know"),
        ("traders&traders", "a name that others know"),
        ("balticleaders7", "a name that others know"),
        ("lovelace@baltic", "a name that others know"),
    ],
)
def test_short_endless_common_and_named_passwords_are_refused_at_their_field(password, words):
    with pytest.raises(PasswordTooWeak) as refused:
        check(password)

    (error,) = refused.value.errors
    assert error["pointer"] == "/password"
    assert words in error["detail"]
    assert not password or password not in error["detail"]


def test_nothing_is_cut():
    check("x1" * 127 + "yz")

    with pytest.raises(PasswordTooWeak):
        check("x1" * 127 + "yz!")


def test_the_list_is_long_casefolded_and_free_of_what_no_keyboard_types():
    listed = common_passwords()

    assert len(listed) >= 10_000
    assert all(each == prepared(each).casefold() and each.strip() for each in listed)
    assert {"password", "123456789012", "liverpool"} <= listed


def test_every_listed_password_long_enough_is_refused():
    for each in sorted(common_passwords()):
        if len(each) >= 12:
            with pytest.raises(PasswordTooWeak):
                check(each, names=())


def test_names_nobody_gave_refuse_nothing():
    assert check("staple battery horse", names=(None, "", "Li", "- -")) is None


def test_two_keyboards_spell_the_same_password_alike():
    assert prepared("caf\u00e9 cafe\u0301") == prepared("cafe\u0301 caf\u00e9")
