"""Shapes of signing in and roles, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

ROLES = (
    *("network_admin", "program_staff", "facilitator", "sponsor", "organization_admin"),
    *("supervisor", "advisory_committee", "recipient", "guest"),
)
ID = validate.Regexp(r"^[a-z]{3}_[0-9a-z]{1,60}(?!\n)$", error="Not an id.")
NAME = (
    validate.Length(min=1, max=200),
    validate.Regexp(
        r"^[^\x00-\x1f\x7f\u0085\u2028\u2029]*(?!\n)$", error="One line without control characters."
    ),
)
ADDRESS = validate.Length(max=254)
SECRET = validate.Length(min=1, max=2048)


class StartSignInBody(Schema):
    """Whom to send a link. `network` only where one account belongs to several.

    `verifier`: random characters of your own choosing, kept by you alone; finishing needs them, so that the
    link is worth nothing to whoever else reads the mail. `device_token`: what an earlier sign-in of this
    account gave you.
    """

    email = fields.Email(required=True, validate=ADDRESS)
    network = fields.String(validate=ID)
    verifier = fields.String(required=True, validate=validate.Length(min=22, max=128))
    device_token = fields.String(validate=SECRET)


class FinishSignInBody(Schema):
    """The token of a link: what follows `/link/`; `verifier` as it was when the link was asked for."""

    token = fields.String(required=True, validate=SECRET)
    verifier = fields.String(validate=validate.Length(min=22, max=128))
    device_token = fields.String(validate=SECRET)


class PasswordSignInBody(Schema):
    email = fields.Email(required=True, validate=ADDRESS)
    network = fields.String(validate=ID)
    password = fields.String(required=True, validate=SECRET)
    device_token = fields.String(validate=SECRET)


class RefreshBody(Schema):
    refresh_token = fields.String(required=True, validate=SECRET)


class SetPasswordBody(Schema):
    """`present`: the password until now; not needed within 15 minutes of a sign-in by link."""

    password = fields.String(required=True, validate=SECRET)
    present = fields.String(validate=SECRET)


class EmptyAnswer(Schema):
    """Nothing more is said."""


class TokensAnswer(Schema):
    """Send `access_token` as `Authorization: Bearer …`; `refresh_token` is good once.

    Keep `device_token`: with it, wrong passwords tried elsewhere never keep this device out. `places` counts
    the networks you may go to (`GET /v1/me/networks`).
    """

    access_token = fields.String(required=True)
    token_type = fields.String(required=True)
    expires_in = fields.Integer(required=True)
    refresh_token = fields.String(required=True)
    sign_in_id = fields.String(required=True)
    network = fields.String(required=True)
    person_id = fields.String(required=True)
    places = fields.Integer()
    device_token = fields.String()


class NetworkAnswer(Schema):
    """`own_factor_for_text`: confidential text opens to sign-ins proven by the person's own factor alone."""

    id = fields.String(required=True)
    display_name = fields.String(required=True)
    own_factor_for_text = fields.Boolean(required=True)


class ChangeNetworkBody(Schema):
    own_factor_for_text = fields.Boolean(required=True, truthy={True}, falsy={False})


class MyLinks(Schema):
    """Where to read on."""

    cohorts = fields.String(required=True)
    next_session = fields.String(required=True)
    notices = fields.String(required=True)


class MeAnswer(Schema):
    person_id = fields.String(required=True)
    display_name = fields.String(required=True)
    zone = fields.String(required=True)
    language = fields.String(required=True)
    organization_id = fields.String(required=True, allow_none=True)
    network = fields.Nested(NetworkAnswer, required=True)
    networks = fields.List(fields.String(), required=True)
    roles = fields.List(fields.String(), required=True)
    has_password = fields.Boolean(required=True)
    text_open = fields.Boolean(required=True)
    factor_reset_at = fields.AwareDateTime(required=True, allow_none=True)
    links = fields.Nested(MyLinks, required=True)


class GrantRoleBody(Schema):
    """`organization_id` for `organization_admin` alone; without `until` a role is held till taken back."""

    person_id = fields.String(required=True, validate=ID)
    role = fields.String(required=True, validate=validate.OneOf(ROLES))
    organization_id = fields.String(validate=ID)
    until = fields.AwareDateTime(format="iso")


class RoleAnswer(Schema):
    """In lists also how the two people are called: `person_name`, `granted_by_name`."""

    id = fields.String(required=True)
    person_id = fields.String(required=True)
    role = fields.String(required=True)
    organization_id = fields.String(required=True, allow_none=True)
    granted_by = fields.String(required=True, allow_none=True)
    granted_at = fields.AwareDateTime(required=True)
    until = fields.AwareDateTime(required=True, allow_none=True)
    standing = fields.String(required=True)
    person_name = fields.String()
    granted_by_name = fields.String(allow_none=True)


class RolesQuery(Schema):
    person_id = fields.String(validate=ID)
