"""An instance of maximally diverse grouping, in whole numbers."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Instance:
    """Elements 0 to n - 1, to be split into groups.

    Args:
        distances: of each pair, symmetric, 0 to itself; whole numbers in units of 10 ** -decimals.
        bounds: for each group its least and greatest size.
    """

    distances: Sequence[Sequence[int]]
    bounds: Sequence[tuple[int, int]]
    decimals: int = 0

    def __len__(self) -> int:
        return len(self.distances)

    def value(self, group_of: Sequence[int]) -> int:
        """Return the sum of the distances inside groups, counted from the distances themselves."""
        members: list[list[int]] = [[] for _ in self.bounds]
        for element, group in enumerate(group_of):
            members[group].append(element)
        return sum(
            self.distances[one][other]
            for elements in members
            for place, one in enumerate(elements)
            for other in elements[:place]
        )

    def in_its_units(self, value: int) -> str:
        """Return a value as the instance's own file would write it."""
        return f"{value / 10**self.decimals:.{self.decimals}f}"
