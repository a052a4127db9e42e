"""Whether two samples of times could come from one distribution: the rank test of Mann and Whitney."""

from math import erfc, sqrt


def same_distribution(ones, others):
    """Return the two-sided p of the rank test, by its normal approximation; for samples of 50 and more."""
    pooled = sorted([(value, 0) for value in ones] + [(value, 1) for value in others])
    ranks, ties, at = [0.0, 0.0], 0.0, 0
    while at < len(pooled):
        end = at
        while end < len(pooled) and pooled[end][0] == pooled[at][0]:
            end += 1
        rank = (at + end + 1) / 2
        for _, sample in pooled[at:end]:
            ranks[sample] += rank
        ties += (end - at) ** 3 - (end - at)
        at = end
    first, second = len(ones), len(others)
    total = first + second
    statistic = ranks[0] - first * (first + 1) / 2
    spread = sqrt(first * second / 12 * (total + 1 - ties / (total * (total - 1))))
    return erfc(abs(statistic - first * second / 2) / spread / sqrt(2))
