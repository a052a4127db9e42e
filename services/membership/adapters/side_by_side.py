"""Many small writes side by side: the journal then takes several at once."""

from collections.abc import Callable, Iterable
from contextvars import copy_context
from typing import Any

from eventlet import GreenPool

AT_ONCE = 16


def side_by_side(function: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
    """Return `function` of each item, in the items' order; each call sees the present work (kit/context.py).

    The context is taken here: green threads begin with none. What a call raises is raised here, the first in
    the items' order, once all calls have ended.
    """
    pool = GreenPool(AT_ONCE)
    begun = [pool.spawn(copy_context().run, function, item) for item in items]
    pool.waitall()
    return [each.wait() for each in begun]
