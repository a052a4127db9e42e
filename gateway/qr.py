"""A QR code as one SVG path, drawn here: what an authenticator reads never leaves for another site."""

from dataclasses import dataclass

import segno

QUIET = 4  # modules left white around it (ISO/IEC 18004)


@dataclass(frozen=True)
class Qr:
    """`path` draws the dark modules, one unit each, in a square of `size` units."""

    size: int
    path: str


def qr_of(text: str) -> Qr:
    """Return the QR code of `text`."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    moves = [
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    ]
    return Qr(len(rows) + 2 * QUIET, "".join(moves))


def qr_svg(text: str) -> str:
    """Return the code as a whole SVG document."""
    code = qr_of(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {code.size} {code.size}" '
        f'shape-rendering="crispEdges"><rect width="{code.size}" height="{code.size}" fill="#fff"/>'
        f'<path d="{code.path}" fill="#000"/></svg>'
    )
