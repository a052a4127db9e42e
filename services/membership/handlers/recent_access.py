"""What a gateway asks that starts, or that lost the broker for a while."""

from datetime import timedelta

from services.contracts.tokens import LIFETIME

REMEMBERED = timedelta(seconds=LIFETIME + 120)  # a token's life, and what clocks may differ by


def list_recent_access(recent, clock):
    """Return (version, fact) of all by which a token that still lives may be good no more."""
    return recent.since(clock.now() - REMEMBERED)
