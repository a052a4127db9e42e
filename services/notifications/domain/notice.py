"""One notice: one message to one person about one cause, by one channel.

    queued ──> sending ──> sent
       │ ^________│ │
       │   not now  └──> failed      (for good, or tried long enough)
       └──> dropped                  (too late, overtaken, stopped, answered meanwhile)

Each try is counted before it is made, so that one that kills the process is not made for ever, and made again
soon by another process when it did not end. A notice sent twice bears one Message-ID.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from services.contracts.events import Fact
from services.contracts.events.notifications import NoticeFailed
from services.kit.due_entry import Due
from services.kit.ids import derived_id
from services.notifications.domain.kinds import KINDS

RETRIES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
)
AHEAD = timedelta(days=1)  # what is due longest is sent first
UNDER_WAY = timedelta(seconds=15)  # a try that did not end by then died with its process
FINAL = frozenset({"sent", "failed", "dropped"})


@dataclass(frozen=True)
class Notice:
    """What one person is told once.

    Args:
        key: names the cause and the person; there is never a second notice of that key.
        kind: one of `kinds.KINDS`.
        not_before: it is due from then on.
        useless_after: then it is dropped instead of sent; None: never.
        about: ids of what it tells of (session_id, cohort_id, sequence, …), never a text.
        secret: a one-time token, sealed at rest and gone once sent.
        address: where to, for those who are not in the address copy yet.
        reason: why it failed or was dropped, a slug.
    """

    id: str
    network: str
    key: str
    person_id: str
    kind: str
    channel: str
    not_before: datetime
    useless_after: datetime | None = None
    about: dict[str, Any] = field(default_factory=dict)
    state: str = "queued"
    attempts: int = 0
    finished_at: datetime | None = None
    reason: str = ""
    secret: str = ""
    address: str = ""
    revision: int = 0
    due: tuple[Due, ...] = ()


def queue_notice(
    network: str,
    key: str,
    person_id: str,
    kind: str,
    not_before: datetime,
    **details: Any,
) -> Notice:
    """Return a queued notice by mail; the same network and key always give the same id."""
    return Notice(
        id=derived_id("ntc", network, key),
        network=network,
        key=key,
        person_id=person_id,
        kind=kind,
        channel="email",
        not_before=not_before,
        due=(Due("send", not_before - AHEAD if KINDS[kind].is_awaited else not_before),),
        **details,
    )


def begin_sending(notice: Notice, now: datetime) -> Notice:
    """Count a try before it is made; it is due again soon, in case nobody lives to say how it went."""
    return replace(notice, state="sending", attempts=notice.attempts + 1, due=(Due("send", now + UNDER_WAY),))


def was_sent(notice: Notice, now: datetime) -> Notice:
    """The channel took it."""
    return replace(notice, state="sent", finished_at=now, reason="", secret="", due=())


def drop(notice: Notice, reason: str, now: datetime) -> Notice:
    """Not to be sent any more."""
    return replace(notice, state="dropped", finished_at=now, reason=reason, secret="", due=())


def was_delayed(notice: Notice, reason: str, now: datetime) -> tuple[Notice, list[Fact]]:
    """Wait for the next try, or give up after the last; return (notice, facts)."""
    if notice.attempts > len(RETRIES):
        return was_refused(notice, reason, now)
    again = now + RETRIES[notice.attempts - 1]
    return replace(notice, state="queued", reason=reason, due=(Due("send", again),)), []


def was_refused(notice: Notice, reason: str, now: datetime) -> tuple[Notice, list[Fact]]:
    """The channel refused for good; return (notice, facts)."""
    failed = replace(notice, state="failed", finished_at=now, reason=reason, secret="", due=())
    return failed, [tell_failed(failed)]


def tell_failed(notice: Notice) -> Fact:
    """Return what announces that a notice could not be delivered."""
    return NoticeFailed(
        network=notice.network,
        notice_id=notice.id,
        person_id=notice.person_id,
        kind=notice.kind,
        channel=notice.channel,
        standing=notice.state,
    )
