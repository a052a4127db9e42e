"""Reading a roster: comma, semicolon or tab separated text, as people and spreadsheets write it."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.kit.errors import Invalid

MOST_ROWS = 50_000
MOST_COLUMNS = 100
SEPARATORS = ",;\t"
_FORMULA = re.compile(r"'[=+\-@\t\r＝＋－＠]")


@dataclass(frozen=True)
class Table:
    """A roster as read. `rows` are (row, cells); row 1 is the line of column names, as spreadsheets count."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


class RosterUnreadable(Invalid):
    """The file as a whole cannot be read; the message names the row."""

    code = "roster-unreadable"


def read_roster(content: str | bytes) -> Table:
    """Return the cells of a roster, trimmed, with the apostrophe taken off cells that spreadsheets would run.

    Args:
        content: at most 50,000 rows below one line of column names; a byte order mark is fine.

    Raises:
        RosterUnreadable: not UTF-8, a NUL, quotes that do not match, no or doubled column names, more cells
            than
            columns, nothing below the names, or too many rows.
    """
    text = _decoded(content)
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise RosterUnreadable(f"row {row}: holds a NUL character; save the file as plain text in UTF-8")
    records = _records(text)
    header = next(records, None)
    if header is None:
        raise RosterUnreadable("row 1: the file is empty; the first line names the columns")
    columns = _columns(header[1])
    rows = tuple(_rows(records, columns))
    if not rows:
        raise RosterUnreadable("row 2: there is nobody below the line of column names")
    return Table(columns, rows)


def _decoded(content: str | bytes) -> str:
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        row = content.count(b"\n", 0, broken.start) + 1
        raise RosterUnreadable(f"row {row}: not valid UTF-8; save the file as UTF-8") from None


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    row = 0
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as broken:
            raise RosterUnreadable(f"row {row}: {_plain(broken)}") from None
        if any(cell.strip() for cell in cells):
            yield row, cells


def _plain(broken: csv.Error) -> str:
    if "field larger" in str(broken):
        return "a cell is longer than 131,072 characters"
    return "the quotation marks do not match"


def _separator(text: str) -> str:
    """The separator seen most often outside quotes in the first line that is not empty."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(SEPARATORS, key=bare.count)


def _columns(cells: list[str]) -> tuple[str, ...]:
    names = tuple(cell.strip() for cell in cells)
    while names and not names[-1]:
        names = names[:-1]
    if len(names) > MOST_COLUMNS:
        raise RosterUnreadable(f"row 1: more than {MOST_COLUMNS} columns")
    for place, name in enumerate(names, 1):
        if not name:
            raise RosterUnreadable(f"row 1: column {place} has no name")
        if names.count(name) > 1:
            raise RosterUnreadable(f"row 1: two columns are called {name[:60]!r}")
    return names


def _rows(
    records: Iterator[tuple[int, list[str]]], columns: tuple[str, ...]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    width = len(columns)
    for count, (row, cells) in enumerate(records, 1):
        if count > MOST_ROWS:
            raise RosterUnreadable(f"row {row}: more than {MOST_ROWS} people; split the file")
        if any(cell.strip() for cell in cells[width:]):
            raise RosterUnreadable(f"row {row}: more cells than the {width} columns named in row 1")
        padded = (*cells[:width], *[""] * (width - len(cells)))
        yield row, tuple(_cell(cell) for cell in padded)


def _cell(cell: str) -> str:
    trimmed = cell.strip(" \u00a0")
    return trimmed[1:] if _FORMULA.match(trimmed) else trimmed.strip()
