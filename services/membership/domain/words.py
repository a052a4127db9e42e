"""Words as they are compared: how somebody wrote a thing does not keep two people apart."""

import re
import unicodedata
from collections.abc import Iterable

SHORTEST = 2
_WORD = re.compile(r"\w+")
_STOP_WORDS = frozenset(
    _WORD.findall(
        "a an and are as at be but by for from has have how i in is it its my of on or our so that the their"
        " they this to us was we what when where who why will with you your"
    )
)


def words_of(*texts: str) -> frozenset[str]:
    """Return the words that count in `texts`: folded (NFKC, case, accents), without fillers, in the singular.

    The singular is English and only cuts endings, so "priorities" meets "priority" and "teams" meets "team".
    """
    return frozenset(
        _singular(word) for text in texts for word in _WORD.findall(folded(text)) if _counts(word)
    )


def folded(text: str) -> str:
    """Return `text` without case, accents and doubled spaces."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in spread if not unicodedata.combining(letter)).split())


def unique_lines(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts trimmed, without empty ones and without a second spelling of the same."""
    found: dict[str, str] = {}
    for text in (each.strip() for each in texts):
        if text:
            found.setdefault(folded(text), text)
    return tuple(found.values())


def _counts(word: str) -> bool:
    return len(word) >= SHORTEST and word not in _STOP_WORDS


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
