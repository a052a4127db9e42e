"""Shapes of one's own sign-ins, networks and addresses, and of invitations, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

from gateway.schemas.identity import ADDRESS, ID, SECRET

VERIFIER = validate.Length(min=22, max=128)


class SignInEntry(Schema):
    """One signed-in device: what it is, how and when it signed in and was last used; never from where."""

    id = fields.String(required=True)
    network = fields.String(required=True)
    device = fields.String(required=True)
    way = fields.String(required=True)
    opened_at = fields.AwareDateTime(required=True)
    last_used_at = fields.AwareDateTime(required=True, allow_none=True)
    is_present = fields.Boolean(required=True)


class SignInsAnswer(Schema):
    """Last used first."""

    data = fields.List(fields.Nested(SignInEntry), required=True)


class SwitchBody(Schema):
    """A network that the account has joined."""

    network = fields.String(required=True, validate=ID)


class PlaceAnswer(Schema):
    """`standing` is "joined" or "offered"; an offer is nothing until it is accepted."""

    network = fields.String(required=True)
    display_name = fields.String(required=True)
    person_id = fields.String(required=True)
    standing = fields.String(required=True)
    is_present = fields.Boolean(required=True)


class PlacesAnswer(Schema):
    data = fields.List(fields.Nested(PlaceAnswer), required=True)


class AcceptInvitationBody(Schema):
    """The token of an invitation: what follows `/invitations/`."""

    invitation = fields.String(required=True, validate=SECRET)


class InvitePeopleBody(Schema):
    """The people named; or everybody without an account, of one organization or of the whole network."""

    person_ids = fields.List(fields.String(validate=ID), validate=validate.Length(min=1, max=1000))
    organization_id = fields.String(validate=ID)


class InvitingAnswer(Schema):
    id = fields.String(required=True)
    standing = fields.String(required=True)
    people = fields.Integer(required=True)
    done = fields.Integer(required=True)


class KnockBody(Schema):
    """See `POST /v1/sign-ins`; the address is the one that was invited."""

    verifier = fields.String(required=True, validate=VERIFIER)
    device_token = fields.String(validate=SECRET)


class MoveAnswer(Schema):
    """`by` "person": my wish; "network": staff want to invite me elsewhere. Waits until `completes_at`."""

    id = fields.String(required=True)
    by = fields.String(required=True)
    former = fields.String(required=True)
    wanted = fields.String(required=True)
    asked_at = fields.AwareDateTime(required=True)
    completes_at = fields.AwareDateTime(required=True)
    is_confirmed = fields.Boolean(required=True)
    is_agreed = fields.Boolean(required=True)
    standing = fields.String(required=True)
    stopped_by = fields.String(required=True, allow_none=True)


class AddressesAnswer(Schema):
    """By what I sign in, where I am written to in this network, and moves of the last two months."""

    sign_in_address = fields.String(required=True)
    contact_address = fields.String(required=True)
    moves = fields.List(fields.Nested(MoveAnswer), required=True)


class MoveAddressBody(Schema):
    email = fields.Email(required=True, validate=ADDRESS)


class LinkedMoveAnswer(Schema):
    by = fields.String(required=True)
    former = fields.String(required=True)
    wanted = fields.String(required=True)
    completes_at = fields.AwareDateTime(required=True)
    standing = fields.String(required=True)


class AnswerMoveBody(Schema):
    """Of the old address: "agree" or "stop"; the new one confirms and says nothing here."""

    answer = fields.String(validate=validate.OneOf(("agree", "stop")))
