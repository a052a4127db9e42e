"""How much of everything one run measures."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Rounds of each comparison, seconds of each burst, and how long the backlogs are."""

    rounds: int = 5
    seconds: int = 4
    relayed: int = 20_000
    copied: int = 8_000
    told: int = 100_000
    planned: int = 1_500
    scaling_rounds: int = 3


QUICK = Sizes(2, 2, 5_000, 3_000, 20_000, 400, 1)
