"""How large groups of given bounds are to be, so that as many pairs as can be meet."""

from collections.abc import Sequence


def most_pairs(bounds: Sequence[tuple[int, int]], people: int) -> list[int]:
    """Return sizes within `bounds` that sum up to `people` and hold the most pairs; exact.

    Distances are not looked at: where they are alike, a pair more is worth more than a better one.
    """
    left = people - sum(low for low, _ in bounds)
    most: list[dict[int, int]] = [{0: 0}]
    for low, high in bounds:
        reached: dict[int, int] = {}
        for used, pairs in most[-1].items():
            for more in range(min(high - low, left - used) + 1):
                size = low + more
                value = pairs + size * (size - 1) // 2
                if value > reached.get(used + more, -1):
                    reached[used + more] = value
        most.append(reached)
    sizes = []
    for place in reversed(range(len(bounds))):
        low, high = bounds[place]
        size = _last_size(low, high, left, most[place], most[place + 1])
        sizes.append(size)
        left -= size - low
    return sizes[::-1]


def _last_size(low: int, high: int, left: int, before: dict[int, int], reached: dict[int, int]) -> int:
    """Return the size of a group that belongs to the best way of using `left` places."""
    return next(
        size
        for size in range(high, low - 1, -1)
        if left - (size - low) in before
        and before[left - (size - low)] + size * (size - 1) // 2 == reached[left]
    )
