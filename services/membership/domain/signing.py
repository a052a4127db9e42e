"""The ring of signing keys: one that signs, one that will, and those whose tokens still live.

    next ──rotate──► current ──rotate──► retired ──► gone

The next key is published long before it signs, so whoever verifies knows it by then; a retired one stays
published until the last token it signed has run out, and is kept for reading refresh tokens until those have.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.contracts.tokens import LIFETIME

PUBLISHED_AFTER = timedelta(seconds=LIFETIME + 180)  # skew, and replicas that learn of a rotation late
KEPT_AFTER = timedelta(days=31)  # longer than any sign-in lasts


@dataclass(frozen=True)
class SigningKey:
    """One key by its name. `standing`: "next", "current" or "retired"; `retired_at` of a retired one."""

    kid: str
    standing: str
    made_at: datetime
    retired_at: datetime | None = None


@dataclass(frozen=True)
class Ring:
    """All keys, newest first: always exactly one next and one current."""

    keys: tuple[SigningKey, ...]
    revision: int = 0

    @property
    def current(self) -> SigningKey:
        return next(key for key in self.keys if key.standing == "current")


def begin(current: str, following: str, now: datetime, revision: int = 0) -> Ring:
    """Return a ring of two new keys, by their names."""
    return Ring((SigningKey(following, "next", now), SigningKey(current, "current", now)), revision)


def rotate(ring: Ring, fresh: str, now: datetime) -> Ring:
    """Let the next key sign from now on, and `fresh` be the next; keys nobody needs any more are gone."""
    turned = [SigningKey(fresh, "next", now)]
    for key in ring.keys:
        if key.standing == "next":
            turned.append(replace(key, standing="current"))
        elif key.standing == "current":
            turned.append(replace(key, standing="retired", retired_at=now))
        elif key.retired_at is not None and now - key.retired_at < KEPT_AFTER:
            turned.append(key)
    return Ring(tuple(turned), ring.revision)


def is_published(key: SigningKey, now: datetime) -> bool:
    """Whether tokens signed with this key may still be good, or will be."""
    return key.retired_at is None or now - key.retired_at < PUBLISHED_AFTER
