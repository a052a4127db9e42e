"""Whether the engine's functions are compiled. Plain Python is slower and gives the same result."""

from collections.abc import Callable, Sequence
from typing import Any

try:
    import numba
    import numpy

    COMPILED = not numba.config.DISABLE_JIT  # type: ignore[attr-defined]
except ImportError:
    COMPILED = False

STARTS = 672  # quarter hours of a week, at which a session may start
WORD_BITS = (
    56 if COMPILED else STARTS
)  # compiled words stay positive in 64 bits; plain Python counts in one word
WORDS = STARTS // WORD_BITS


def compiled(function: Callable) -> Callable:
    """Compile `function` where that can be had, and keep the machine code where the disk allows it."""
    if not COMPILED:
        return function
    try:
        return numba.njit(cache=True)(function)
    except RuntimeError:  # nowhere to keep it: a read-only file system
        return numba.njit(function)


def numbers(values: list[int]) -> Any:
    """Return `values` as the engine's functions take them: an int64 array when compiled, else the list
    itself.
    """
    return numpy.array(values, dtype=numpy.int64) if COMPILED else list(values)


def words(mask: int) -> list[int]:
    """Return a mask of 672 starts as the words the engine counts in, lowest first."""
    one = (1 << WORD_BITS) - 1
    return [mask >> (place * WORD_BITS) & one for place in range(WORDS)]


def table(rows: Sequence[Sequence[int]], greatest: int) -> Any:
    """Return rows of numbers up to `greatest` as the engine's functions take them: narrow where that holds
    them.
    """
    if not COMPILED:
        return [list(row) for row in rows]
    return numpy.array(rows, dtype=numpy.int32 if greatest < 2**29 else numpy.int64)
