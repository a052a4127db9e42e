"""Figures that fix nobody's answer: means to one decimal, counts and rates in bands (SECURITY A4)."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

BAND_OF = {1: 0, 2: 0, 3: 1, 4: 2, 5: 2}  # disagree, in between, agree
PEOPLE_BANDS = ((3, 4), (5, 9), (10, 19), (20, 49), (50, 99), (100, 199), (200, 499))
PERCENT_WIDTHS = ((5, 50), (11, 25))  # below that many cases, bands this wide
NARROWEST = 10


def all_in_one_band(values: Sequence[int]) -> bool:
    """True when all disagree, all waver or all agree: then the figure would be everybody's answer."""
    return len({BAND_OF[value] for value in values}) <= 1


def never_alike(values: Sequence[int]) -> bool:
    """For figures whose own band already hides whether everybody is alike."""
    return False


def mean(values: Sequence[int]) -> float:
    """Return the mean of 1-5 answers to one decimal, halves up."""
    exact = Decimal(sum(values)) / Decimal(len(values))
    return float(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


def people_band(count: int) -> str:
    """Return a count of people in words that say roughly how many: "5-9"."""
    for low, high in PEOPLE_BANDS:
        if low <= count <= high:
            return f"{low}-{high}"
    return (
        f"{PEOPLE_BANDS[-1][1] + 1} or more" if count > PEOPLE_BANDS[0][0] else f"under {PEOPLE_BANDS[0][0]}"
    )


def rate_band(values: Sequence[int]) -> tuple[int, int]:
    """Return between which percents the share of ones lies: (75, 100).

    The bands are so wide that the highest and the lowest each hold more than one possible count: "everybody"
    is never told apart from "nearly everybody".
    """
    cases, hits = len(values), sum(values)
    width = next((width for fewer, width in PERCENT_WIDTHS if cases < fewer), NARROWEST)
    low = min(hits * 100 // cases // width * width, 100 - width)
    return low, low + width
