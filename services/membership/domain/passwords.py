"""What a password must be: long, and not one of those everybody tries. No rules of composition."""

import unicodedata

from services.membership.domain.identity_refusals import PasswordTooWeak

LEAST_CHARACTERS = 12
MOST_BYTES = 256
# The ones that meet the length and are tried first; the long list comes with the rest of identity.
TRIED_FIRST = (
    "123456789012 1234567890123 12345678901234 123456789123 123456123456 1234512345123 111111111111 "
    "000000000000 121212121212 123123123123 987654321098 987654321987 qwertyuiop12 qwertyuiop123 "
    "qwertyuiopas qwertyuiopasd qwertyuiop[] qwerty123456 qwerty1234567 qwerty12345678 qwertyqwerty "
    "qwertyqwerty1 asdfghjkl123 1qaz2wsx3edc 1qaz2wsx3edc4rfv zaq12wsxcde3 1q2w3e4r5t6y 1q2w3e4r5t6y7u "
    "abcdefghijkl abcdefghijklm abcdefghijklmnop abcd12345678 abc123abc123 a1b2c3d4e5f6 aaaaaaaaaaaa "
    "password1234 password12345 password123456 passwordpassword password2024 password2025 password2026 "
    "passw0rd1234 p@ssw0rd1234 passwort1234 mypassword12 changemechangeme changeme1234 letmeinletmein "
    "letmein12345 welcome12345 welcomewelcome welcome12024 iloveyou1234 iloveyouiloveyou administrator "
    "admin1234567 adminadminadmin adminadmin12 rootrootroot correcthorsebatterystaple monkey123456 "
    "dragon123456 football1234 baseball1234 superman1234 sunshine1234 princess1234 trustno1trustno1 "
    "whateverwhatever testtesttest test12345678 secretsecret secret123456 commonthread commonthread1 "
    "commonthread12 commonthread123 "
)
COMMON = frozenset(TRIED_FIRST.split())


def prepared(password: str) -> str:
    """Return the password in one Unicode form: another keyboard types the same one; nothing is cut."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str) -> None:
    """Refuse what is too short, too long or too common.

    Raises:
        PasswordTooWeak: shorter than 12 characters, longer than 256 bytes, or on the list of common ones.
    """
    fault = _fault(prepared(password))
    if fault:
        raise PasswordTooWeak(fault, errors=[{"pointer": "/password", "detail": fault}])


def _fault(password: str) -> str | None:
    if len(password) < LEAST_CHARACTERS:
        return f"A password has at least {LEAST_CHARACTERS} characters."
    if len(password.encode()) > MOST_BYTES:
        return f"A password has at most {MOST_BYTES} bytes."
    if password.casefold() in COMMON or len(set(password)) < 3:
        return "This password is one of the first that others would try."
    return None
