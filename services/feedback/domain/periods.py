"""Closed calendar periods: the only slices of time a report may have."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from services.feedback.domain.refusals import BadPeriod

MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
QUARTER = re.compile(r"(\d{4})-Q([1-4])\Z")


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both included; ISO dates, so that they compare as they stand."""

    first: str
    last: str

    def overlaps(self, other: "Period") -> bool:
        """True when the two share a day."""
        return self.first <= other.last and other.first <= self.last


def read_period(text: str) -> Period:
    """Return the period that "2027-01", "2027-Q1" or "2027-01-01/2027-02-28" means.

    Raises:
        BadPeriod: none of these, or it ends before it begins.
    """
    try:
        if month := MONTH.match(text):
            return _months(int(month[1]), int(month[2]), int(month[2]))
        if quarter := QUARTER.match(text):
            return _months(int(quarter[1]), int(quarter[2]) * 3 - 2, int(quarter[2]) * 3)
        first, last = (date.fromisoformat(part) for part in text.split("/"))
    except ValueError:
        raise _bad() from None
    if last < first:
        raise _bad()
    return Period(first.isoformat(), last.isoformat())


def _months(year: int, first: int, last: int) -> Period:
    days = calendar.monthrange(year, last)[1] if 1 <= last <= 12 else 0
    return Period(date(year, first, 1).isoformat(), date(year, last, days).isoformat())


def _bad() -> BadPeriod:
    detail = "is a month (2027-01), a quarter (2027-Q1) or two days (2027-01-01/2027-02-28)"
    return BadPeriod(f"A period {detail}.", errors=[{"pointer": "/period", "detail": detail}])
