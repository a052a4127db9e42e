"""Rows as a file: values between commas that no spreadsheet takes for formulas, or a JSON object a line."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def cell(value: Any) -> str:
    """Return a value as a cell; what a spreadsheet would compute gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a table with its head (RFC 4180, UTF-8)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue().encode()


def as_json_lines(rows: Iterable[Any]) -> bytes:
    """Return one JSON object a line."""
    return b"".join(orjson.dumps(row) + b"\n" for row in rows)
