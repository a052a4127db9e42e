"""How often a client may ask: a token bucket for each, kept in this process.

n gateways make for n times the burst; limits that guard something (passwords, sign-in links, the token
endpoint) are counted in membership's database instead.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MOST_CLIENTS = 50_000  # remembered; a client forgotten begins with a full bucket


@dataclass(frozen=True)
class Allowance:
    """What is left to one client: `remaining` requests now, a full bucket in `reset` seconds."""

    policy: str
    burst: int
    rate: float
    remaining: int
    reset: int
    wait: int  # seconds until the next request is let in; 0 when this one is

    def headers(self) -> list[tuple[str, str]]:
        """The headers of the IETF draft and the older ones that clients know."""
        window = max(1, round(self.burst / self.rate))
        return [
            ("RateLimit-Policy", f'"{self.policy}";q={self.burst};w={window}'),
            ("RateLimit", f'"{self.policy}";r={self.remaining};t={self.reset}'),
            ("X-RateLimit-Limit", str(self.burst)),
            ("X-RateLimit-Remaining", str(self.remaining)),
            ("X-RateLimit-Reset", str(self.reset)),
        ]


class Buckets:
    """One bucket a client: `burst` requests at once, refilled with `rate` a second."""

    def __init__(
        self, policy: str, rate: float, burst: int, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._policy, self._rate, self._burst, self._now = policy, rate, burst, now
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> Allowance:
        """Take one request out of `client`'s bucket, if there is one."""
        now = self._now()
        level, at = self._levels.pop(client, (float(self._burst), now))
        level = min(self._burst, level + (now - at) * self._rate)
        admitted = level >= 1
        if admitted:
            level -= 1
        self._levels[client] = (level, now)
        if len(self._levels) > MOST_CLIENTS:
            self._levels.popitem(last=False)
        return Allowance(
            self._policy,
            self._burst,
            self._rate,
            remaining=int(level),
            reset=math.ceil((self._burst - level) / self._rate),
            wait=0 if admitted else max(1, math.ceil((1 - level) / self._rate)),
        )
