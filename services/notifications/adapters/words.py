"""A letter put into words: templates of ours, the reader's language and clock.

Templates are files beside this one; users never write any (SECURITY 1.25). All of them stand in a sandbox
with escaping on and nothing undefined. Words go through gettext; `en` is what the templates say.
"""

from dataclasses import dataclass
from datetime import datetime
from gettext import NullTranslations, translation
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from services.notifications.domain.letters import Letter

HERE = Path(__file__).parent
PARTS = ("subject", "lines", "act")


@dataclass(frozen=True)
class Words:
    """What a letter says: its subject, the whole as text and as HTML, and its calendar entry's words."""

    subject: str
    text: str
    html: str
    entry_title: str
    entry_note: str


class LetterWords:
    """Writes letters from the templates; one environment a language, made when it is first needed."""

    def __init__(self) -> None:
        self._environments: dict[str, SandboxedEnvironment] = {}

    def write(self, letter: Letter) -> Words:
        """Return the words of `letter` in the reader's language, times on the reader's clock, zone named."""
        locale = _locale(letter.language)
        environment = self._environment(locale.language)
        facts = {"letter": letter, "when": _when(letter, locale), "until": _until(letter, locale)}
        parts = {part: _render(environment, f"{letter.kind}.txt", part, facts) for part in PARTS}
        frame = {
            "letter": letter,
            "lang": locale.language,
            "subject": parts["subject"],
            "lines": [line for line in parts["lines"].split("\n") if line],
            "act": parts["act"],
        }
        return Words(
            subject=parts["subject"],
            text=environment.get_template("letter.txt").render(frame),
            html=environment.get_template("letter.html").render(frame),
            entry_title=_render(environment, "entry.txt", "title", {}),
            entry_note=_render(environment, "entry.txt", "note", {}),
        )

    def _environment(self, language: str) -> SandboxedEnvironment:
        if language not in self._environments:
            self._environments[language] = _make_environment(language)
        return self._environments[language]


def _make_environment(language: str) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=lambda name: bool(name) and name.endswith(".html"),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found: NullTranslations = translation("letters", HERE / "locales", [language], fallback=True)
    environment.install_gettext_translations(found, newstyle=True)  # type: ignore[attr-defined]
    return environment


def _render(environment: SandboxedEnvironment, name: str, block: str, facts: dict) -> str:
    template = environment.get_template(name)
    context = template.new_context(facts)
    rendered = "".join(template.blocks[block](context))
    return "\n".join(" ".join(line.split()) for line in rendered.strip().split("\n"))


def _when(letter: Letter, locale: Locale) -> str:
    """ "Tuesday, 12 January 2027, 15:00-16:30 (Europe/Stockholm)"; both days when it ends on another."""
    if letter.starts_at is None or letter.ends_at is None:
        return ""
    zone, name = _zone(letter.zone)
    start, end = letter.starts_at.astimezone(zone), letter.ends_at.astimezone(zone)
    until = format_time(end, "short", tzinfo=zone, locale=locale)
    if end.date() != start.date():
        until = f"{format_date(end.date(), 'full', locale)}, {until}"
    return f"{_moment(start, zone, locale)} – {until} ({name})"


def _until(letter: Letter, locale: Locale) -> str:
    if letter.useless_after is None:
        return ""
    zone, name = _zone(letter.zone)
    return f"{_moment(letter.useless_after.astimezone(zone), zone, locale)} ({name})"


def _moment(moment: datetime, zone: ZoneInfo, locale: Locale) -> str:
    day = format_date(moment.date(), "full", locale)
    return f"{day}, {format_time(moment, 'short', tzinfo=zone, locale=locale)}"


def _zone(name: str) -> tuple[ZoneInfo, str]:
    try:
        return ZoneInfo(name), name
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC"), "UTC"


def _locale(language: str) -> Locale:
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return Locale("en", "GB")
    return Locale("en", "GB") if locale.language == "en" and not locale.territory else locale
