"""What pages say: in English here, in the reader's language when it is shown, for only then that is known.

    say("%(count)s rows: %(added)s added", count=12, added=3)     many("%(num)s row", "%(num)s rows", 12)

Translations are gettext catalogues at `locale/<language>/LC_MESSAGES/portal.mo`; English needs none.
"""

import gettext
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

LOCALES = Path(__file__).parent / "locale"
ENGLISH = "en"
LANGUAGE: ContextVar[str] = ContextVar("language", default=ENGLISH)  # of the page being shown


@dataclass(frozen=True)
class Phrase:
    """A sentence with named holes; `str()` of it is in the language of the page being shown."""

    one: str
    more: str = ""
    count: int = 1
    holes: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        catalogue = translations(LANGUAGE.get())
        text = (
            catalogue.ngettext(self.one, self.more, self.count) if self.more else catalogue.gettext(self.one)
        )
        return text % self.holes if self.holes else text


def say(text: str, /, **holes: Any) -> Phrase:
    """Return the phrase; `%(name)s` in it stands for the hole of that name."""
    return Phrase(text, holes=holes)


def many(one: str, more: str, count: int, /, **holes: Any) -> Phrase:
    """Return the phrase for `count` things; `%(num)s` in it stands for the count."""
    return Phrase(one, more, count, holes | {"num": count})


def language_for(*wanted: str | None) -> str:
    """Return the first of `wanted` there is a catalogue for, else English."""
    return next((one for one in wanted if one and one in _offered()), ENGLISH)


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of one language."""
    return gettext.translation("portal", LOCALES, languages=[language], fallback=True)


@cache
def _offered() -> frozenset[str]:
    return frozenset(path.parts[-3] for path in LOCALES.glob("*/LC_MESSAGES/portal.mo"))
