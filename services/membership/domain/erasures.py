"""Erasures: how a person is forgotten (MECHANISMS P14). One document a person, kept for ever, ids alone.

    waiting ──72 hours──► erasing ──all five have confirmed──► erased
       └──taken back──► cancelled ──asked again──► waiting

Membership goes first, so that whatever it announces of the person after is without name, and then asks the
other services, again each day while one is silent. The account is dropped last.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.contracts.events.erasures import (
    ErasureState,
    PersonErased,
    PersonErasureAsked,
    PersonErasureCancelled,
    PersonErasureRequested,
)
from services.kit.due_entry import Due
from services.kit.errors import Conflict, NotFound
from services.membership.domain.derived import derived_id

COOLING_OFF = timedelta(hours=72)
ASK_AGAIN = timedelta(days=1)
LOOK_AGAIN = timedelta(seconds=10)
BEGIN, OWN, REPEAT, FINISH = "begin", "own", "repeat", "finish"
OURSELVES = "membership"
SERVICES = (OURSELVES, "scheduling", "sessions", "feedback", "notifications")
WAITING, CANCELLED, ERASING, ERASED = "waiting", "cancelled", "erasing", "erased"


@dataclass(frozen=True)
class Confirmed:
    """That one service has forgotten the person."""

    service: str
    at: datetime


@dataclass(frozen=True)
class Erasure:
    """The forgetting of one person.

    Args:
        account_id: which goes last; None where nobody knows it (taken over from the ledger).
        asked_by: the person, or the admin who asked for them; None: taken over from the ledger.
        begins_at: until then it can be taken back.
    """

    id: str
    network: str
    person_id: str
    account_id: str | None
    asked_by: str | None
    asked_at: datetime
    begins_at: datetime
    standing: str = WAITING
    begun_at: datetime | None = None
    confirmed: tuple[Confirmed, ...] = ()
    ended_at: datetime | None = None
    due: tuple[Due, ...] = ()
    revision: int = 0

    def missing(self) -> tuple[str, ...]:
        """Return the services that have not confirmed yet."""
        done = {each.service for each in self.confirmed}
        return tuple(service for service in SERVICES if service not in done)


class ErasureBegun(Conflict):
    """It cannot be taken back any more."""

    code = "erasure-begun"


class NoErasure(NotFound):
    code = "no-erasure"


class LastAdmin(Conflict):
    """A network keeps at least one admin."""

    code = "last-admin"


Decided = tuple[Erasure, tuple[ErasureState, ...]]


def erasure_id(network: str, person_id: str) -> str:
    """Return the one id of a person's erasure."""
    return derived_id("era", network, person_id)


def ask(known: Erasure | None, wanted: Erasure) -> Decided:
    """Have a person forgotten when the cooling-off is over; asking again while it waits changes nothing.

    Args:
        known: the person's erasure as last read.
        wanted: with who asks and when; its `begins_at` is set here.

    Raises:
        ErasureBegun: it is under way, or done.
    """
    if known is not None and known.standing == WAITING:
        return known, ()
    if known is not None and known.standing != CANCELLED:
        raise ErasureBegun("This has begun already.")
    begins_at = wanted.asked_at + COOLING_OFF
    revision = known.revision if known else 0
    asked = replace(wanted, begins_at=begins_at, due=(Due(BEGIN, begins_at),), revision=revision)
    return asked, (_told(PersonErasureAsked, asked),)


def cancel(erasure: Erasure) -> Decided:
    """Take it back; taking it back twice changes nothing.

    Raises:
        ErasureBegun: it is under way, or done.
    """
    if erasure.standing == CANCELLED:
        return erasure, ()
    if erasure.standing != WAITING:
        raise ErasureBegun("This has begun and cannot be taken back any more.")
    stays = replace(erasure, standing=CANCELLED, due=())
    return stays, (_told(PersonErasureCancelled, stays),)


def take_over(known: Erasure | None, wanted: Erasure) -> Erasure | None:
    """Return the erasure the ledger says was begun, due at once; None when we know that it was.

    Args:
        known: as a restored database has it, or None.
    """
    if known is not None and known.standing in (ERASING, ERASED):
        return None
    revision = known.revision if known else 0
    return replace(wanted, due=(Due(BEGIN, wanted.begins_at),), revision=revision)


def begin(erasure: Erasure, now: datetime) -> Erasure:
    """Return the erasure under way, our own part due at once."""
    return replace(erasure, standing=ERASING, begun_at=now, due=(Due(OWN, now),))


def ask_services(erasure: Erasure, now: datetime) -> Decided:
    """Note that our own part is done, and ask all others; again each day while one of them is silent."""
    if OURSELVES in erasure.missing():
        erasure = replace(erasure, confirmed=(*erasure.confirmed, Confirmed(OURSELVES, now)))
    asking = replace(erasure, due=(_next(erasure, now),))
    return asking, (_told(PersonErasureRequested, asking),) if erasure.missing() else ()


def confirm(erasure: Erasure, service: str, now: datetime) -> Erasure:
    """Note that a service has forgotten the person; the last of the five has the account dropped.

    What is heard twice, or after a restore of our own database, changes nothing that stands.
    """
    if erasure.standing != ERASING or service not in erasure.missing():
        return erasure
    after = replace(erasure, confirmed=(*erasure.confirmed, Confirmed(service, now)))
    return after if after.missing() else replace(after, due=(Due(FINISH, now),))


def look_again(erasure: Erasure, now: datetime) -> Erasure:
    """Return the erasure with its end put off for a moment: something of it is not announced yet."""
    return replace(erasure, due=(Due(FINISH, now + LOOK_AGAIN),))


def finish(erasure: Erasure, now: datetime) -> Decided:
    """Return the erasure done: the account is gone."""
    done = replace(erasure, standing=ERASED, ended_at=now, due=())
    return done, (_told(PersonErased, done),)


def told_erasure(erasure: Erasure) -> ErasureState:
    """Return the fact that says how an erasure stands, under no particular happening."""
    return _told(ErasureState, erasure)


def _next(erasure: Erasure, now: datetime) -> Due:
    return Due(REPEAT, now + ASK_AGAIN) if erasure.missing() else Due(FINISH, now)


def _told(kind: type[ErasureState], erasure: Erasure) -> ErasureState:
    return kind(erasure.network, erasure.id, erasure.person_id, erasure.begins_at, erasure.standing)
