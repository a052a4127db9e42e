"""Shapes of own factors, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

from gateway.schemas.identity import SECRET, TokensAnswer

CODE = validate.Length(min=1, max=40)


class ResetAnswer(Schema):
    """A reset that waits. Any sign-in that was proven can cancel it until then."""

    asked_at = fields.AwareDateTime(required=True)
    takes_effect_at = fields.AwareDateTime(required=True)


class OwnFactorsAnswer(Schema):
    """`proven_by`: which factor proved this sign-in; null while only a mailbox or an identity provider did.

    `may_change`: whether this sign-in may set or take away a factor now.
    """

    has_password = fields.Boolean(required=True)
    authenticator_set_at = fields.AwareDateTime(required=True, allow_none=True)
    recovery_codes_left = fields.Integer(required=True)
    reset = fields.Nested(ResetAnswer, required=True, allow_none=True)
    proven_by = fields.String(required=True, allow_none=True)
    may_change = fields.Boolean(required=True)
    wanted_for_text = fields.Boolean(required=True)


class OfferedAnswer(Schema):
    """A seed in base32 and as `otpauth:` address, `qr` the same as an SVG; shown once."""

    secret = fields.String(required=True)
    uri = fields.String(required=True)
    qr = fields.String(required=True)
    until = fields.AwareDateTime(required=True)


class ConfirmBody(Schema):
    """The code the authenticator shows."""

    code = fields.String(required=True, validate=CODE)


class ConfirmedAnswer(TokensAnswer):
    """The tokens of the sign-in that goes on, and ten recovery codes, shown once."""

    recovery_codes = fields.List(fields.String(), required=True)


class RecoveryCodesAnswer(Schema):
    """Each opens once; shown once."""

    recovery_codes = fields.List(fields.String(), required=True)


class StepUpBody(Schema):
    """Exactly one of the three."""

    code = fields.String(validate=CODE)
    recovery_code = fields.String(validate=CODE)
    password = fields.String(validate=SECRET)
