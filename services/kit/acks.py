"""Acknowledging together: what one turn of the loop settled leaves in as few frames as can be.

A quorum queue writes each acknowledgement into its log; a run of neighbours can be one entry.
"""

from collections import deque
from collections.abc import Callable
from typing import Any

import eventlet


class Acks:
    """The acknowledgements of one channel's deliveries; whatever takes from it asks `taken` for each.

    Args:
        send: takes (tag, multiple) and tells the broker; must not wait.
        later: runs a function after what is under way has had its turn.
    """

    def __init__(
        self,
        send: Callable[[int, bool], Any],
        later: Callable[[Callable[[], None]], Any] = eventlet.spawn_n,
    ) -> None:
        self._send, self._later = send, later
        self._out: deque[int] = deque()  # taken and not known to be settled with everything before it
        self._done: set[int] = set()  # settled by us, not told yet
        self._told: set[int] = set()  # told alone, while an earlier one was still out
        self._scheduled = False

    def taken(self, tag: int) -> None:
        """Note a delivery; tags come rising."""
        self._out.append(tag)

    def ack(self, tag: int) -> None:
        """Tell the broker soon that the delivery is dealt with."""
        self._done.add(tag)
        if not self._scheduled:
            self._scheduled = True
            self._later(self._tell)

    def given_back(self, tag: int) -> None:
        """Note that the broker was told otherwise of this one."""
        self._told.add(tag)

    def _tell(self) -> None:
        self._scheduled = False
        if last := self._run():
            self._send(last, True)
        for tag in sorted(self._done):
            self._send(tag, False)
        self._told |= self._done
        self._done.clear()

    def _run(self) -> int:
        """Forget the oldest as far as they are settled; return the last the broker is to be told of, or 0."""
        last = 0
        while self._out and (self._out[0] in self._done or self._out[0] in self._told):
            tag = self._out.popleft()
            if tag in self._done:
                self._done.discard(tag)
                last = tag
            self._told.discard(tag)
        return last
