"""What membership is asked about guests of a session, and how it answers: never who said what."""

from dataclasses import dataclass
from typing import Any

from marshmallow import fields, validate

from services.contracts.caller import Caller
from services.membership.messages.cohorts import SENTENCE
from services.membership.messages.identity import ID, NOBODY, Asked
from services.membership.messages.program_answers import time_answer


@dataclass(frozen=True)
class InviteGuest:
    session_id: str
    person_id: str
    introduced_as: str
    purpose: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class AboutGuest:
    invitation_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class AnswerGuest:
    invitation_id: str
    answer: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListGuests:
    session_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListMyGuests:
    caller: Caller = NOBODY


class InviteGuestSchema(Asked):
    makes = InviteGuest
    session_id = fields.String(required=True, validate=ID)
    person_id = fields.String(required=True, validate=ID)
    introduced_as = fields.String(required=True, validate=[validate.Length(min=1, max=120), SENTENCE])
    purpose = fields.String(required=True, validate=[validate.Length(min=1, max=300), SENTENCE])


class AboutGuestSchema(Asked):
    makes = AboutGuest
    invitation_id = fields.String(required=True, validate=ID)


class AnswerGuestSchema(Asked):
    makes = AnswerGuest
    invitation_id = fields.String(required=True, validate=ID)
    answer = fields.String(required=True, validate=validate.OneOf(("yes", "no")))


class ListGuestsSchema(Asked):
    makes = ListGuests
    session_id = fields.String(required=True, validate=ID)


class ListMyGuestsSchema(Asked):
    makes = ListMyGuests


def guest_answer(met: Any, caller: Caller | None = None) -> dict[str, Any]:
    """`my_answer` is the reader's own. Before the deadline all are told "asked", whatever was answered."""
    invitation = met.invitation
    mine = None if met.mine is None else "yes" if met.mine else "no"
    return {
        "id": invitation.id,
        "cohort_id": invitation.cohort_id,
        "session_id": invitation.session_id,
        "person_id": invitation.guest_id,
        "display_name": invitation.name,
        "introduced_as": invitation.introduced_as,
        "purpose": invitation.purpose,
        "standing": invitation.standing,
        "answer_until": time_answer(invitation.deadline),
        "starts_at": time_answer(invitation.starts_at),
        "ends_at": time_answer(invitation.ends_at),
        "has_pledged": invitation.pledged_at is not None,
        "face": met.face,
        "my_answer": mine,
    }


def guests_answer(found: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [guest_answer(one, caller) for one in found.met], "may_invite": found.may_invite}
