"""The time, passed in so that tests own it."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What decides when something happens; `now()` is an aware datetime in UTC."""

    def now(self) -> datetime: ...


class WallClock:
    """The machine's clock, cut to milliseconds because that is what MongoDB keeps."""

    def now(self) -> datetime:
        moment = datetime.now(UTC)
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
