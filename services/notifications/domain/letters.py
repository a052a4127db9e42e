"""What a notice becomes on its way out: one letter, with the facts its template needs and nothing more.

A letter names no topic, no member and no text of anybody: an employer may read it (SECURITY A5). Times are
the reader's own; the calendar entry keeps the wall time of the cohort's zone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.notifications.domain.cleaning import is_sendable, one_line
from services.notifications.domain.copies import Slot
from services.notifications.domain.judging import View
from services.notifications.domain.kinds import KINDS
from services.notifications.domain.notice import Notice
from services.notifications.domain.refusals import NotNow, Undeliverable

ACCOUNT_ACTS = {  # kind -> what its link does, and to what
    "person_invited": ("join", "invitation"),
    "address_move_confirm": ("confirm_address", "move_id"),
    "address_move_asked": ("former_address", "move_id"),
    "address_left_asked": ("former_address", "move_id"),
    "pledge_asked": ("pledge", "pledge"),
    "pledge_tip": ("pledge", "pledge"),
}
ACCOUNT_PAGES = {
    "pledge_answered": "/programs",
    "address_moved": "/privacy",
    "erasure_cancelled": "/me/data",
    "own_factor_set": "/me/security",
    "own_factor_reset_asked": "/me/security",
    "own_factor_reset_cancelled": "/me/security",
    "own_factors_reset": "/me/security",
}


class Links(Protocol):
    """Makes the addresses that stand in letters; each does one thing for one person."""

    def answer(self, network: str, person_id: str, session_id: str, until: datetime) -> str: ...
    def stop(self, network: str, person_id: str, topic: str) -> tuple[str, str]:
        """Return (page, one-click address)."""
        ...

    def sign_in(self, sealed: str) -> str: ...
    def account(self, act: str, network: str, person_id: str, subject: str) -> str: ...
    def keep_factors(self, network: str, person_id: str, account_id: str, until: datetime) -> str: ...
    def erasure(self, network: str, person_id: str, erasure_id: str) -> str: ...
    def page(self, path: str) -> str: ...
    def name(self, *parts: str) -> str:
        """Return a word that names `parts` to nobody but us; always the same."""
        ...


@dataclass(frozen=True)
class CalendarEntry:
    """One iTIP message: `method` "REQUEST" or "CANCEL", for one attendee.

    Args:
        uid: constant for this session and this person, and another for each person.
        wall_start, zone: the meaning of the start. starts_at, ends_at: the instants derived from it.
        reply_name: local part that stands for the organizer, another for each person.
    """

    method: str
    uid: str
    sequence: int
    wall_start: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    place: str
    page: str
    reply_name: str


@dataclass(frozen=True)
class Letter:
    """One message to one person, before it is put into words.

    Args:
        id: the notice's; makes the Message-ID, so that a second copy is known as one.
        act: address of the one thing the reader can do; "" when there is nothing to do.
        stop_page, stop_now: where to stop letters of this topic; "" for what can't be stopped.
        left: the reader is no longer in the cohort (of a cancellation).
    """

    id: str
    network: str
    kind: str
    topic: str
    address: str
    name: str
    language: str
    zone: str
    network_name: str
    act: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    number: int = 0
    of: int = 0
    place: str = ""
    useless_after: datetime | None = None
    left: bool = False
    stop_page: str = ""
    stop_now: str = ""
    entry: CalendarEntry | None = None


def write_letter(notice: Notice, view: View, links: Links) -> Letter:
    """Return the letter of a notice.

    Raises:
        NotNow: something it tells of has not arrived here yet.
        Undeliverable: the address cannot stand in a header.
    """
    address = notice.address or (view.contact.email if view.contact else "")
    if not address:
        raise NotNow("address-unknown")
    if not is_sendable(address):
        raise Undeliverable("address-unusable")
    slot = _slot_of(notice, view)
    kind = KINDS[notice.kind]
    stop_page, stop_now = links.stop(notice.network, notice.person_id, kind.topic) if kind.topic else ("", "")
    return Letter(
        id=notice.id,
        network=notice.network,
        kind=notice.kind,
        topic=kind.topic,
        address=address,
        name=one_line(view.contact.display_name) if view.contact else "",
        language=view.contact.language if view.contact else "en",
        zone=view.contact.zone if view.contact else "UTC",
        network_name=one_line(view.network_name),
        act=_act(notice, slot, links),
        starts_at=slot.starts_at if slot else None,
        ends_at=slot.ends_at if slot else None,
        number=slot.number if slot else 0,
        of=slot.of if slot else 0,
        place=_place(slot) if slot else "",
        useless_after=notice.useless_after,
        left=bool(notice.about.get("left")),
        stop_page=stop_page,
        stop_now=stop_now,
        entry=_entry(notice, slot, links) if kind.invites and slot else None,
    )


def _slot_of(notice: Notice, view: View) -> Slot | None:
    if notice.kind.startswith("session_") and view.slot is None:
        raise NotNow("session-unknown")
    return view.slot if notice.kind.startswith("session_") else None


def _act(notice: Notice, slot: Slot | None, links: Links) -> str:
    of_account = _act_on_account(notice, links)
    if of_account:
        return of_account
    if notice.kind == "capsule_published":
        return links.page(f"/sessions/{notice.about['session_id']}")
    if notice.kind in ("feedback_requested", "feedback_reminder"):
        return links.page(f"/questionnaires/{notice.about['questionnaire_id']}")
    if slot is None or notice.kind == "session_cancelled":
        return ""
    return links.answer(notice.network, notice.person_id, slot.id, slot.starts_at)


def _act_on_account(notice: Notice, links: Links) -> str:
    if notice.kind == "sign_in_link":
        return links.sign_in(notice.secret)
    if notice.kind in ACCOUNT_ACTS:
        act, about = ACCOUNT_ACTS[notice.kind]
        return links.account(act, notice.network, notice.person_id, str(notice.about[about]))
    if "program_id" in notice.about:
        return links.page(f"/programs/{notice.about['program_id']}/enroll")
    if notice.kind == "erasure_asked":
        return links.erasure(notice.network, notice.person_id, str(notice.about["erasure_id"]))
    if notice.kind == "own_factor_reset_asked" and notice.useless_after:
        account_id = notice.about["account_id"]
        return links.keep_factors(notice.network, notice.person_id, account_id, notice.useless_after)
    return links.page(ACCOUNT_PAGES[notice.kind]) if notice.kind in ACCOUNT_PAGES else ""


def _place(slot: Slot) -> str:
    """A room may stand in a mail; a link into the room may not, whoever runs the mailbox could follow it."""
    return "" if "://" in slot.place else one_line(slot.place, 200)


def _entry(notice: Notice, slot: Slot, links: Links) -> CalendarEntry:
    cancels = notice.kind == "session_cancelled"
    left = bool(notice.about.get("left"))
    return CalendarEntry(
        method="CANCEL" if cancels else "REQUEST",
        uid=links.name("entry", slot.id, notice.person_id),
        sequence=slot.sequence + 1 if left else slot.sequence,
        wall_start=slot.wall_start,
        zone=slot.zone,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        place=_place(slot),
        page=links.page(f"/sessions/{slot.id}"),
        reply_name=f"rsvp+{links.name('reply', slot.id, notice.person_id)}",
    )
