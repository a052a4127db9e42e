"""Many small writes side by side: the journal then takes several at once."""

from collections.abc import Callable, Iterable
from contextvars import copy_context
from typing import Any

from eventlet import GreenPool

AT_ONCE = 16


def side_by_side(function: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
    """Return `function` of each item, in the items' order; each call sees the present work (kit/context.py).

    What one call raises ends the whole, after those that had begun.
    """
    calls = ((copy_context(), item) for item in list(items))
    return list(GreenPool(AT_ONCE).imap(lambda call: call[0].run(function, call[1]), calls))
