"""What membership is asked about seats beside programs and advice, and how they look from outside."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from marshmallow import fields, validate

from services.contracts.caller import Caller
from services.membership.domain.seats import ABOUT, SEATS, Advice, Seat, Seating
from services.membership.messages.identity import ID, NOBODY, ONE_LINE, Asked, Listing
from services.membership.messages.program_answers import time_answer

ADVICE = (validate.Length(min=1, max=500), ONE_LINE[1])


@dataclass(frozen=True)
class AboutSeats:
    program_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class GiveSeat:
    program_id: str
    kind: str
    person_id: str
    until: datetime | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class TakeSeat:
    program_id: str
    kind: str
    person_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class MySeats:
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListAdvice:
    program_id: str
    limit: int
    after: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class GiveAdvice:
    program_id: str
    about: str
    words: str
    caller: Caller = NOBODY


class AboutSeatsSchema(Asked):
    makes: ClassVar[type[Any]] = AboutSeats
    program_id = fields.String(required=True, validate=ID)


class TakeSeatSchema(AboutSeatsSchema):
    makes: ClassVar[type[Any]] = TakeSeat
    kind = fields.String(required=True, validate=validate.OneOf(SEATS))
    person_id = fields.String(required=True, validate=ID)


class GiveSeatSchema(TakeSeatSchema):
    makes = GiveSeat
    until = fields.AwareDateTime(allow_none=True)


class MySeatsSchema(Asked):
    makes = MySeats


class ListAdviceSchema(Listing):
    makes = ListAdvice
    program_id = fields.String(required=True, validate=ID)


class GiveAdviceSchema(AboutSeatsSchema):
    makes = GiveAdvice
    about = fields.String(required=True, validate=validate.OneOf(ABOUT))
    words = fields.String(required=True, validate=ADVICE)


def seating_answer(seating: Seating, caller: Caller | None = None) -> dict[str, Any]:
    """Who has a seat, by id."""
    return {"program_id": seating.program_id, "seats": [_seat(one) for one in seating.seats]}


def seated_answer(seated: Any, caller: Caller | None = None) -> dict[str, Any]:
    """Who has a seat, by name; somebody gone has none."""
    answer = seating_answer(seated.seating)
    named = [one | {"display_name": seated.names.get(one["person_id"], "")} for one in answer["seats"]]
    return answer | {"seats": named}


def my_seats_answer(own: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "data": [
            {
                "program_id": one.program.id,
                "display_name": one.program.display_name,
                "kind": one.seat.kind,
                "until": time_answer(one.seat.until),
            }
            for one in own
        ]
    }


def standing_answer(standing: Any, caller: Caller | None = None) -> dict[str, Any]:
    """Figures over many people, and no word of anybody."""
    turnover = standing.turnover
    return {
        "program_id": standing.program.id,
        "display_name": standing.program.display_name,
        "outcome": standing.program.outcome,
        "standing": standing.program.standing,
        "people": standing.people,
        "advisers": standing.advisers,
        "advisers_taking_part": standing.advisers_taking_part,
        "left": turnover.left,
        "reasons": [{"reason": key, "people": number} for key, number in turnover.reasons],
    }


def advice_answer(advice: Advice, caller: Caller | None = None) -> dict[str, Any]:
    names = ("id", "program_id", "person_id", "about", "words")
    return {name: getattr(advice, name) for name in names} | {"given_at": time_answer(advice.given_at)}


def advices_answer(page: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [advice_answer(one) for one in page.items], "next": page.next}


def _seat(seat: Seat) -> dict[str, Any]:
    return {
        "person_id": seat.person_id,
        "kind": seat.kind,
        "since": time_answer(seat.since),
        "until": time_answer(seat.until),
    }
