"""One row of a roster: what it says of a person, or what is wrong with which of its cells."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from services.contracts.events.membership import WeeklyHours
from services.membership.domain.hours import HoursNotUnderstood, is_zone, read_hours
from services.membership.domain.words import unique_lines

LONGEST = {"email": 254, "external_id": 120, "name": 200, "weekly_hours": 500, "manager": 1000}
LONGEST_ELSE = 200
AS_WRITTEN = ("organization", "title", "function", "level", "city", "country")
SHOWN = 80  # characters of a value that a report repeats
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True)
class Problem:
    """One fault of a roster: where, what stands there, why it is wrong and what to do."""

    row: int
    column: str
    value: str
    code: str
    reason: str
    todo: str


@dataclass(frozen=True)
class RosterRow:
    """What one row says. `managers` are addresses or external ids as written; `organization` is a name or
    "".
    """

    row: int
    name: str
    email: str
    organization: str = ""
    managers: tuple[str, ...] = ()
    zone: str = "UTC"
    title: str = ""
    function: str = ""
    level: str = ""
    years: int | None = None
    weekly_hours: tuple[WeeklyHours, ...] = ()
    language: str = "en"
    languages: tuple[str, ...] = ()
    city: str = ""
    country: str = ""
    external_id: str | None = None


@dataclass(frozen=True)
class Reading:
    """How rows are read: `mapping` is column -> field; `is_address` decides what an e-mail address is."""

    columns: tuple[str, ...]
    mapping: Mapping[str, str]
    hours_on: date
    is_address: Callable[[str], bool]

    def column_of(self, field: str) -> str:
        """Return the column that holds `field`, for reports; the field's own name when none does."""
        return next((column for column, known in self.mapping.items() if known == field), field)


def read_row(row: int, cells: tuple[str, ...], reading: Reading) -> tuple[RosterRow | None, list[Problem]]:
    """Return the row's person, or None and everything that is wrong with it.

    Args:
        row: its number in the file.
        cells: one a column of `reading.columns`.
    """
    said = {
        field: cell
        for column, cell in zip(reading.columns, cells, strict=True)
        if (field := reading.mapping.get(column)) is not None
    }
    faults = _Faults(row, reading)
    for field, text in said.items():
        faults.check_text(field, text)
    said = {field: " ".join(text.split()) for field, text in said.items()}
    found = RosterRow(
        row=row,
        name=_name(said, faults),
        email=_email(said, faults),
        managers=tuple(part.strip() for part in said.get("manager", "").split("|") if part.strip()),
        zone=_zone(said, faults),
        years=_years(said, faults),
        weekly_hours=_hours(said, faults),
        language=_language(said, faults),
        languages=unique_lines(re.split(r"[|;,/]", said.get("languages", ""))),
        external_id=said.get("external_id") or None,
        **{field: said.get(field, "") for field in AS_WRITTEN},
    )
    return (None, faults.found) if faults.found else (found, [])


class _Faults:
    """Collects what is wrong with one row."""

    def __init__(self, row: int, reading: Reading) -> None:
        self.row = row
        self.reading = reading
        self.found: list[Problem] = []

    def note(self, field: str, value: str, fault: tuple[str, str, str]) -> None:
        shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in value[:SHOWN])
        self.found.append(Problem(self.row, self.reading.column_of(field), shown, *fault))

    def check_text(self, field: str, text: str) -> None:
        longest = LONGEST.get(field, LONGEST_ELSE)
        if len(text) > longest:
            self.note(field, text, ("too-long", f"longer than {longest} characters", "shorten it"))
        if not text.isprintable() and any(map(_is_control, text)):
            self.note(
                field, text, ("control-character", "holds an invisible control character", "type it anew")
            )


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\t\r\n"


def _name(said: Mapping[str, str], faults: _Faults) -> str:
    name = said.get("name") or f"{said.get('first_name', '')} {said.get('last_name', '')}".strip()
    if not name:
        faults.note("name", "", ("name-missing", "has no name", "fill in the person's name"))
    return name


def _email(said: Mapping[str, str], faults: _Faults) -> str:
    email = said.get("email", "")
    if not email:
        faults.note("email", "", ("email-missing", "has no e-mail address", "fill in the address"))
    elif not faults.reading.is_address(email):
        faults.note("email", email, ("email-wrong", "is no e-mail address", "write it like ada@example.org"))
    return email


def _zone(said: Mapping[str, str], faults: _Faults) -> str:
    zone = said.get("zone") or "UTC"
    if is_zone(zone):
        return zone
    faults.note("zone", zone, ("zone-unknown", "is no IANA time zone", "write it like Europe/Paris"))
    return ""


def _years(said: Mapping[str, str], faults: _Faults) -> int | None:
    text = said.get("years", "")
    if not text:
        return None
    if re.fullmatch(r"\d{1,2}([.,]\d+)?", text):
        return int(re.split(r"[.,]", text)[0])
    faults.note("years", text, ("years-wrong", "is no number of years", "write a number from 0 to 99"))
    return None


def _hours(said: Mapping[str, str], faults: _Faults) -> tuple[WeeklyHours, ...]:
    zone = said.get("zone") or "UTC"
    if not is_zone(zone):
        return ()
    try:
        return read_hours(said.get("weekly_hours", ""), zone, faults.reading.hours_on)
    except HoursNotUnderstood as refused:
        todo = "write them like Mo-Fr 09:00-17:00, or as UTC hours like 15;16;17"
        faults.note("weekly_hours", said["weekly_hours"], ("hours-not-understood", refused.message, todo))
        return ()


def _language(said: Mapping[str, str], faults: _Faults) -> str:
    language = said.get("language") or "en"
    if not _LANGUAGE.fullmatch(language):
        faults.note(
            "language", language, ("language-wrong", "is no language tag", "write it like en, fr or pt-BR")
        )
    return language
