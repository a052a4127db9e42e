"""Charts made on the server: bars whose width is an SVG attribute, beside words that wrap (PORTAL 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gateway.portal.phrases import say


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


def percent(value: float, most: float) -> str:
    """The width of a bar where `most` fills the whole."""
    return f"{100 * min(value, most) / most:.2f}%"


def spoken(title: Any, rows: Sequence[Bar]) -> str:
    """What a screen reader says instead of the picture: the chart's title and every figure."""
    figures = "; ".join(f"{row.label} {row.written}" for row in rows)
    return str(say("%(title)s: %(figures)s", title=title, figures=figures))
