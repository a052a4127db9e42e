"""Names and texts of people, made safe for the lines of mails and calendar entries.

A line end in a header is a second header (SECURITY 1.26). What is not visible is left out, whatever its name:
CR, LF, NUL, U+2028, marks that turn the direction of writing.
"""

import re
import unicodedata

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}\Z")
LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\Z")
JOINER = "\u200d"  # part of how several scripts and emoji are written


def one_line(text: str, longest: int = 120) -> str:
    """Return `text` as one line of visible characters, at most `longest` of them."""
    seen = "".join(_visible(character) for character in text)
    line = " ".join(seen.split()).replace("=?", "= ?")  # else a mail program decodes it as a header's word
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def is_sendable(address: str) -> bool:
    """True for an address that stands in a header as it is: ASCII, one `@`, labels behind it."""
    local, at, domain = address.rpartition("@")
    if not at or not LOCAL.match(local) or local.startswith(".") or local.endswith(".") or ".." in local:
        return False
    labels = domain.split(".")
    return len(domain) <= 253 and all(LABEL.match(label) for label in labels)


def _visible(character: str) -> str:
    if character == JOINER:
        return character
    return " " if unicodedata.category(character) in UNSEEN else character
