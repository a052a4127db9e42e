"""One reporting line: whom somebody reports to, who said so, and since when it is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

IMPORT, HR, STAFF = SOURCES = ("import", "hr", "staff")


@dataclass(frozen=True)
class Line:
    """`source` is one of SOURCES; `by` the id of the import, the partner system or the person of staff."""

    manager_id: str
    source: str
    by: str
    since: datetime


@dataclass(frozen=True)
class Stated:
    """Who states reporting lines, and when: what a new line is marked with."""

    source: str
    by: str
    at: datetime

    def lines(self, managers: Sequence[str], before: Sequence[Line]) -> tuple[Line, ...]:
        """Return a line for each of `managers`; one that stood before keeps who said it first, and when."""
        known = {line.manager_id: line for line in before}
        return tuple(known.get(one) or Line(one, self.source, self.by, self.at) for one in managers)
