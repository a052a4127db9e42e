"""Moving a sign-in address. The address is the person's: nobody else moves it, and nobody moves it unseen.

    waiting ──the new address confirmed, and the old one agrees or 72 hours pass──► done
       └── stopped: by the old address, by the person, or nobody confirmed in time

`by` "person": the account's address becomes another one. `by` "network": staff invite a person who has an
account at another contact address. That never touches the account; after 72 hours, unless the old address
stops it, the network's person leaves the account and is offered to the new address.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.contracts.events.accounts import (
    AddressMoveAsked,
    AddressMoved,
    AddressMoveState,
    AddressMoveStopped,
)
from services.kit.due_entry import Due
from services.membership.domain.identity_refusals import MoveNotOpen

WAITING_TIME = timedelta(hours=72)
CONFIRM_TIME = timedelta(days=7)  # without the new address's word nothing moves, and then it is over
COMPLETE = "complete_move"
BY_PERSON, BY_NETWORK = "person", "network"


@dataclass(frozen=True)
class AddressMove:
    """One wish to move.

    Args:
        network, person_id: where it was asked for, and whose words and clock the mails use.
        former, wanted: login addresses in their one form.
        confirmed_at: when the new address was shown to be theirs; agreed_at: when the old one said yes.
        standing: "waiting", "done" or "stopped".
        stopped_by: "former", "person", "time" (nobody confirmed) or "taken" (it is another account's).
    """

    id: str
    network: str
    person_id: str
    account_id: str
    by: str
    former: str
    wanted: str
    asked_at: datetime
    asked_by: str
    confirmed_at: datetime | None = None
    agreed_at: datetime | None = None
    standing: str = "waiting"
    stopped_by: str | None = None
    due: tuple[Due, ...] = ()
    revision: int = 0

    @property
    def completes_at(self) -> datetime:
        return self.asked_at + WAITING_TIME

    def is_ready(self, now: datetime) -> bool:
        """True when nothing is waited for any more."""
        if self.standing != "waiting":
            return False
        if self.by == BY_NETWORK:
            return now >= self.completes_at
        return self.confirmed_at is not None and (self.agreed_at is not None or now >= self.completes_at)


Decided = tuple[AddressMove, tuple[AddressMoveState, ...]]


def ask_for_move(move: AddressMove) -> Decided:
    """Return the move as waiting, due when its 72 hours are over, and the fact that tells both addresses."""
    waiting = replace(move, due=(Due(COMPLETE, move.completes_at),))
    return waiting, (told(waiting),)


def confirm(move: AddressMove, now: datetime) -> AddressMove:
    """Return the move with the new address's word; due at once when nothing else is waited for.

    Raises:
        MoveNotOpen: it is done, stopped, or none that waits for a word.
    """
    _check_open(move)
    return _with_due(replace(move, confirmed_at=move.confirmed_at or now), now)


def agree(move: AddressMove, now: datetime) -> AddressMove:
    """Return the move with the old address's word. Raises: MoveNotOpen."""
    _check_open(move)
    return _with_due(replace(move, agreed_at=move.agreed_at or now), now)


def stop(move: AddressMove, by: str) -> Decided:
    """Return the move as stopped. Raises: MoveNotOpen."""
    if move.standing != "waiting":
        raise MoveNotOpen("This is over already. Nothing was changed.")
    stopped = replace(move, standing="stopped", stopped_by=by, due=())
    return stopped, (told(stopped),)


def complete(move: AddressMove) -> Decided:
    """Return the move as done, and the fact that tells the old address."""
    done = replace(move, standing="done", due=())
    return done, (told(done),)


def when_due(move: AddressMove, now: datetime) -> AddressMove | None:
    """Return a move that has to wait longer for the new address's word; None when it waited long enough."""
    ends = move.asked_at + CONFIRM_TIME
    return replace(move, due=(Due(COMPLETE, ends),)) if now < ends else None


def told(move: AddressMove) -> AddressMoveState:
    """Return the fact that says how a move stands."""
    kind = {"waiting": AddressMoveAsked, "done": AddressMoved, "stopped": AddressMoveStopped}[move.standing]
    return kind(
        network=move.network,
        move_id=move.id,
        person_id=move.person_id,
        by=move.by,
        former=move.former if "@" in move.former else "",
        wanted=move.wanted,
        completes_at=move.completes_at,
        standing=move.standing,
    )


def _with_due(move: AddressMove, now: datetime) -> AddressMove:
    return replace(move, due=(Due(COMPLETE, now),)) if move.is_ready(now) else move


def _check_open(move: AddressMove) -> None:
    if move.standing != "waiting" or move.by != BY_PERSON:
        raise MoveNotOpen("This is over already. Nothing was changed.")
