"""From a template and its values to a page: every string through gettext, values always escaped."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Undefined

from gateway.assets import Assets
from gateway.portal import words
from gateway.portal.charts import percent, spoken
from gateway.portal.phrases import ENGLISH, LANGUAGE, translations
from gateway.portal.vocabulary import VOCABULARY
from services.kit.ids import random_id

HERE = Path(__file__).parent
TEXTS = ("city", "span", "clock_there", "day", "in_days", "initials", "short_name", "stamp")


class Blank(Undefined):
    """A value a page was not given reads as nothing, also one level down."""

    def __getattr__(self, name: str) -> "Blank":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, name: object) -> "Blank":  # type: ignore[override]
        return self


@cache
def environment(language: str) -> Environment:
    """The pages in one language. Only templates shipped with us are ever rendered (SECURITY 0.9)."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=Blank,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    env.globals |= {name: getattr(words, name) for name in TEXTS}
    env.globals |= VOCABULARY | {"percent": percent, "spoken": spoken}
    env.globals |= {"new_key": lambda: random_id("tok"), "static": Assets().url}
    return env


def render(template: str, *, language: str = ENGLISH, **values: Any) -> str:
    """Return the page as text."""
    before = LANGUAGE.set(language)
    try:
        page = environment(language).get_template(template)
        return page.render(now=datetime.now(UTC), language=language, **values)
    finally:
        LANGUAGE.reset(before)
