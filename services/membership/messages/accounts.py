"""What membership is asked about one's own sign-ins, networks and addresses, and about inviting people."""

from dataclasses import dataclass, field

from marshmallow import fields, validate

from services.contracts.caller import Caller
from services.membership.messages.identity import ID, NOBODY, SECRET, Asked

ORIGIN = validate.Length(max=100)


@dataclass(frozen=True)
class RevokeSignIn:
    sign_in_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class SwitchNetwork:
    network: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class JoinNetwork:
    """`invitation_id` and `round` as the gateway read them from an invitation's link; else an offer."""

    network: str
    invitation_id: str | None = None
    round: int = 0
    caller: Caller = NOBODY


@dataclass(frozen=True)
class DeclineNetwork:
    network: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class InvitePeople:
    """The people named, or everybody without an account (of one organization)."""

    person_ids: tuple[str, ...] = field(default_factory=tuple)
    organization_id: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ShowInviting:
    inviting_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class Knock:
    """Asks for the one-time link that an invitation leads to; `email` and `network` are the invitation's."""

    origin: str | None = None
    verifier: str | None = None
    device_token: str | None = None
    email: str = ""
    network: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class MoveAddress:
    email: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class AnswerMove:
    """`answer` of the old address: "agree" or "stop"; the new one has only one to give."""

    answer: str = ""
    caller: Caller = NOBODY


@dataclass(frozen=True)
class StopMove:
    move_id: str
    caller: Caller = NOBODY


class RevokeSignInSchema(Asked):
    makes = RevokeSignIn
    sign_in_id = fields.String(required=True, validate=SECRET)


class SwitchNetworkSchema(Asked):
    makes = SwitchNetwork
    network = fields.String(required=True, validate=ID)


class JoinNetworkSchema(Asked):
    makes = JoinNetwork
    network = fields.String(required=True, validate=ID)
    invitation_id = fields.String(validate=ID, allow_none=True)
    round = fields.Integer(strict=True)


class DeclineNetworkSchema(Asked):
    makes = DeclineNetwork
    network = fields.String(required=True, validate=ID)


class InvitePeopleSchema(Asked):
    makes = InvitePeople
    person_ids = fields.List(fields.String(validate=ID), validate=validate.Length(max=1000))
    organization_id = fields.String(validate=ID, allow_none=True)


class ShowInvitingSchema(Asked):
    makes = ShowInviting
    inviting_id = fields.String(required=True, validate=SECRET)


class KnockSchema(Asked):
    makes = Knock
    origin = fields.String(validate=ORIGIN, allow_none=True)
    verifier = fields.String(required=True, validate=SECRET)
    device_token = fields.String(validate=SECRET, allow_none=True)


class MoveAddressSchema(Asked):
    makes = MoveAddress
    email = fields.Email(required=True, validate=validate.Length(max=254))


class AnswerMoveSchema(Asked):
    makes = AnswerMove
    answer = fields.String(validate=validate.Length(max=20))


class StopMoveSchema(Asked):
    makes = StopMove
    move_id = fields.String(required=True, validate=SECRET)
