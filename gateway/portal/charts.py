"""Charts as SVG made on the server: x in percent, y in pixels; text keeps its size at any width."""

from collections.abc import Sequence
from html import escape

from markupsafe import Markup

ROW = 42  # pixels a bar takes with its label


def bars(rows: Sequence[tuple[str, float | None, str]], *, highest: float, label: str) -> Markup:
    """Horizontal bars, one a row.

    Args:
        rows: (label, value or None when withheld, value as it is written).
        highest: the value that fills the width.
        label: read aloud instead of the picture; holds the same figures.
    """
    parts = [bar for index, row in enumerate(rows) for bar in _bar(index * ROW, *row, highest)]
    body = "".join(parts)
    height = max(len(rows), 1) * ROW
    picture = f'<svg height="{height}" width="100%" role="img" aria-label="{escape(label)}">{body}</svg>'
    return Markup(picture)  # noqa: S704 - every value in it was escaped above


def _bar(top: int, label: str, value: float | None, written: str, highest: float) -> list[str]:
    width = 88 * min(value or 0, highest) / highest
    return [
        f'<text x="0" y="{top + 12}" class="v">{escape(label)}</text>',
        f'<rect x="0" y="{top + 18}" width="88%" height="8" rx="2" class="f0"/>',
        f'<rect x="0" y="{top + 18}" width="{width:.2f}%" height="8" rx="2" class="f1"/>' if value else "",
        f'<text x="100%" y="{top + 26}" text-anchor="end" class="v">{escape(written)}</text>',
    ]


def spoken(title: str, rows: Sequence[tuple[str, float | None, str]]) -> str:
    """What a screen reader says for a chart: its title and every figure."""
    return f"{title}: " + ", ".join(f"{label} {written}" for label, _, written in rows)
