"""What a password must be: long, not one of those everybody tries, not a name that others know.

No rules of composition, and nothing is cut. The list of common ones is a port: it is data, not a rule.
"""

import re
import unicodedata
from collections.abc import Container, Iterable

from services.membership.domain.identity_refusals import PasswordTooWeak

LEAST_CHARACTERS = 12
MOST_BYTES = 256
FEWEST_KINDS = 3  # different characters
LONG_NAME = 4  # letters from which on a word of a name is looked for
OWN_PART = 8  # letters and digits that are left when such names are taken out
AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
REPEATED = re.compile(r"(.+?)\1+(.*)\Z", re.DOTALL)
NO_LETTER = re.compile(r"[\W_]+")


def prepared(password: str) -> str:
    """Return the password in one Unicode form: another keyboard types the same one; nothing is cut."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, common: Container[str], names: Iterable[str | None] = ()) -> None:
    """Refuse what is too short, too long, too common, or built from a name.

    Args:
        common: passwords that are tried first, casefolded.
        names: of the person, their organization and network, their address: what others know of them.

    Raises:
        PasswordTooWeak: shorter than 12 characters, longer than 256 bytes; on the list as it is, with digits
            or signs around it, or repeated; little else than one of the names.
    """
    fault = _fault(prepared(password), common, names)
    if fault:
        raise PasswordTooWeak(fault, errors=[{"pointer": "/password", "detail": fault}])


def _fault(password: str, common: Container[str], names: Iterable[str | None]) -> str | None:
    if len(password) < LEAST_CHARACTERS:
        return f"A password has at least {LEAST_CHARACTERS} characters."
    if len(password.encode()) > MOST_BYTES:
        return f"A password has at most {MOST_BYTES} bytes."
    folded = password.casefold()
    if len(set(folded)) < FEWEST_KINDS or any(each in common for each in _cores(folded)):
        return "This password is one of the first that others would try."
    if _is_a_name(folded, names):
        return "This password is built from a name that others know."
    return None


def _cores(folded: str) -> set[str]:
    """The password, and what is left of it without what people add: digits and signs around, repetition."""
    found = {folded, AROUND.sub("", folded)}
    for each in tuple(found):
        again = REPEATED.match(each)
        if again and again[1].startswith(again[2]):
            found.add(again[1])
    return {each for each in found if each}


def _is_a_name(folded: str, names: Iterable[str | None]) -> bool:
    whole = rest = NO_LETTER.sub("", folded)
    for word in sorted(_words(names), key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != whole and len(rest) < OWN_PART


def _words(names: Iterable[str | None]) -> set[str]:
    parts = [unicodedata.normalize("NFKC", name).casefold() for name in names if name]
    words = {word for part in parts for word in NO_LETTER.split(part)}
    return {word for word in words | {NO_LETTER.sub("", part) for part in parts} if len(word) >= LONG_NAME}
