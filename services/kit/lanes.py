"""One lane per aggregate in this process: who wants the same one waits here instead of losing the race."""

from collections import deque
from collections.abc import Callable

Start = Callable[[], None]
LONGEST = 64


class Lanes:
    """Begins at most one piece of work per key at a time; `longest` may wait for each."""

    def __init__(self, longest: int = LONGEST) -> None:
        self._longest = longest
        self._waiting: dict[str, deque[Start]] = {}

    def enter(self, key: str | None, start: Start) -> bool:
        """Begin now when the lane is free (or `key` is None), else when it is; False when too many wait."""
        if key is None:
            start()
            return True
        queue = self._waiting.get(key)
        if queue is None:
            self._waiting[key] = deque()
            start()
            return True
        if len(queue) >= self._longest:
            return False
        queue.append(start)
        return True

    def leave(self, key: str | None) -> None:
        """End the work that holds the lane; the next that waits begins."""
        if key is None or key not in self._waiting:
            return
        queue = self._waiting[key]
        if queue:
            queue.popleft()()
        else:
            del self._waiting[key]

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))
