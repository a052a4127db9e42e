"""Shapes of networks as operators see them."""

from marshmallow import Schema, fields, validate

from gateway.schemas.identity import ADDRESS, NAME

STANDINGS = ("active", "suspended")


class BeginNetworkBody(Schema):
    """`admin_email`: who becomes its first admin; the link they sign in with comes with the answer."""

    display_name = fields.String(required=True, validate=NAME)
    admin_email = fields.Email(required=True, validate=ADDRESS)
    admin_name = fields.String(validate=NAME)


class NetworkStandingBody(Schema):
    standing = fields.String(required=True, validate=validate.OneOf(STANDINGS))


class OperatedNetworkAnswer(Schema):
    """That a network is there, and nothing that is in it."""

    id = fields.String(required=True)
    display_name = fields.String(required=True)
    standing = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)


class BegunNetworkAnswer(OperatedNetworkAnswer):
    """`link`: the first admin's sign-in, good once and for a day; shown this once."""

    link = fields.String()
