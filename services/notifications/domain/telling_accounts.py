"""Whom to tell of invitations and of moves of a sign-in address. Staff see neither in the delivery log."""

from datetime import datetime, timedelta
from typing import Any

from services.notifications.domain.notice import Notice, queue_notice

NEWS = timedelta(days=7)  # a move that was done long ago is told nobody again


def tell_invitation(
    network: str,
    invitation_id: str,
    person_id: str,
    email: str,
    round: int,
    expires_at: datetime,
    standing: str,
    now: datetime,
) -> list[Notice]:
    """Return the notice of one round of an invitation, to where it was sent; none that has run out."""
    if standing != "sent" or expires_at <= now:
        return []
    about = {"invitation": f"{invitation_id}/{round}"}
    key = f"invitation:{invitation_id}:{round}"
    told: dict[str, Any] = {"useless_after": expires_at, "about": about, "address": email}
    return [queue_notice(network, key, person_id, "person_invited", now, **told)]


def tell_move(
    network: str,
    move_id: str,
    person_id: str,
    by: str,
    former: str,
    wanted: str,
    completes_at: datetime,
    standing: str,
    now: datetime,
) -> list[Notice]:
    """Return the notices of a move: the old address is told what it can stop, and what was done.

    The new address is asked to confirm what the person wished themselves; of what the network wishes it hears
    when it is invited.
    """
    if completes_at + NEWS <= now or standing not in ("waiting", "done"):
        return []
    told: dict[str, Any] = {"about": {"move_id": move_id}}
    if standing == "done":
        return [_notice(network, person_id, "address_moved", move_id, former, now, told)] if former else []
    kind = "address_move_asked" if by == "person" else "address_left_asked"
    notices = []
    if former and completes_at > now:  # who came by a provider alone has no old address
        late = {"useless_after": completes_at, **told}
        notices.append(_notice(network, person_id, kind, move_id, former, now, late))
    if by == "person":
        notices.append(_notice(network, person_id, "address_move_confirm", move_id, wanted, now, told))
    return notices


def _notice(
    network: str, person_id: str, kind: str, move_id: str, address: str, now: datetime, told: dict[str, Any]
) -> Notice:
    return queue_notice(network, f"{kind}:{move_id}", person_id, kind, now, address=address, **told)
