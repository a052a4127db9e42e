"""Charts as SVG made on the server: x in percent, y in pixels; text keeps its size at any width."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from markupsafe import Markup

from gateway.portal.phrases import say

ROW = 46  # pixels a bar takes with its label
WIDEST = 72  # percent of the width; right of it stands the value


@dataclass(frozen=True)
class Bar:
    """One row of a chart.

    Args:
        label, written: what it is of, and the figure as it is written beside it.
        low, high: between which it lies; equal where it is known exactly, None when it is withheld.
    """

    label: Any
    written: Any
    low: float | None
    high: float | None


def bars(title: Any, rows: Sequence[Bar], most: float) -> Markup:
    """Horizontal bars: full up to `low`, pale from there to `high`.

    Args:
        title: read aloud, with every figure, instead of the picture.
        most: the value that fills the width.
    """
    body = "".join(part for place, row in enumerate(rows) for part in _bar(place * ROW, row, most))
    label = escape(spoken(title, rows))
    picture = f'<svg height="{len(rows) * ROW}" width="100%" role="img" aria-label="{label}">{body}</svg>'
    return Markup(picture)  # noqa: S704 - every value in it was escaped above


def spoken(title: Any, rows: Sequence[Bar]) -> str:
    """What a screen reader says for a chart: its title and every figure."""
    figures = "; ".join(f"{row.label} {row.written}" for row in rows)
    return str(say("%(title)s: %(figures)s", title=title, figures=figures))


def _bar(top: int, row: Bar, most: float) -> list[str]:
    parts = [
        f'<text x="0" y="{top + 14}" class="v">{escape(str(row.label))}</text>',
        _beam(top + 22, WIDEST, "f0"),
        f'<text x="{WIDEST + 1}%" y="{top + 32}" class="v">{escape(str(row.written))}</text>',
    ]
    if row.low is not None and row.high is not None:
        parts.append(_beam(top + 22, WIDEST * min(row.high, most) / most, "f1 pale"))
        parts.append(_beam(top + 22, WIDEST * min(row.low, most) / most, "f1"))
    return parts


def _beam(top: int, width: float, kind: str) -> str:
    return f'<rect x="0" y="{top}" width="{width:.2f}%" height="10" rx="2" class="{kind}"/>'
