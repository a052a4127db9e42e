"""How a person's own sign-ins, networks and addresses look to them, and how far inviting is to staff."""

from typing import Any

from services.contracts.caller import Caller


def sign_ins_answer(mine: Any, caller: Caller | None = None) -> dict[str, Any]:
    """Each with what signed in, how and when; `is_present` is the one that asks."""
    return {"data": [_sign_in(one, mine.present) for one in mine.sign_ins]}


def places_answer(places: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [place_answer(one) for one in places]}


def place_answer(place: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "network": place.network.id,
        "display_name": place.network.display_name,
        "person_id": place.person_id,
        "standing": "joined" if place.is_joined else "offered",
        "is_present": place.is_present,
    }


def addresses_answer(shown: Any, caller: Caller | None = None) -> dict[str, Any]:
    account, contact, moves = shown
    return {
        "sign_in_address": account.mailbox,
        "contact_address": contact,
        "moves": [move_answer(one) for one in moves],
    }


def move_answer(move: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "id": move.id,
        "by": move.by,
        "former": move.former,
        "wanted": move.wanted,
        "asked_at": _time(move.asked_at),
        "completes_at": _time(move.completes_at),
        "is_confirmed": move.confirmed_at is not None,
        "is_agreed": move.agreed_at is not None,
        "standing": move.standing,
        "stopped_by": move.stopped_by,
    }


def linked_move_answer(move: Any, caller: Caller | None = None) -> dict[str, Any]:
    """What a link from a mail shows: the addresses and how the move stands."""
    shown = move_answer(move)
    return {name: shown[name] for name in ("by", "former", "wanted", "completes_at", "standing")}


def inviting_answer(inviting: Any, caller: Caller | None = None) -> dict[str, Any]:
    total = len(inviting.payload["person_ids"])
    is_done = inviting.state != "running"
    return {
        "id": inviting.id,
        "standing": "done" if is_done else "inviting",
        "people": total,
        "done": total if is_done else min(total, inviting.done * 50),
    }


def _sign_in(sign_in: Any, present: str) -> dict[str, Any]:
    return {
        "id": sign_in.id,
        "network": sign_in.network,
        "device": sign_in.device,
        "way": sign_in.way,
        "opened_at": _time(sign_in.opened_at),
        "last_used_at": _time(sign_in.refreshed_at),
        "is_present": sign_in.id == present,
    }


def _time(moment: Any) -> str | None:
    return None if moment is None else moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
