"""Shapes of signing in and roles, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

ROLES = ("network_admin", "program_staff", "facilitator", "sponsor", "organization_admin")
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
    """Whom to send a link. `network` only where one address belongs to several."""

    email = fields.Email(required=True, validate=ADDRESS)
    network = fields.String(validate=ID)


class FinishSignInBody(Schema):
    """The token of a link: what follows `/link/`."""

    token = fields.String(required=True, validate=SECRET)


class PasswordSignInBody(StartSignInBody):
    password = fields.String(required=True, validate=SECRET)


class RefreshBody(Schema):
    refresh_token = fields.String(required=True, validate=SECRET)


class SetPasswordBody(Schema):
    """`present`: the password until now; not needed within 15 minutes of a sign-in by link."""

    password = fields.String(required=True, validate=SECRET)
    present = fields.String(validate=SECRET)


class EmptyAnswer(Schema):
    """Nothing more is said."""


class TokensAnswer(Schema):
    """Send `access_token` as `Authorization: Bearer …`; `refresh_token` is good once."""

    access_token = fields.String(required=True)
    token_type = fields.String(required=True)
    expires_in = fields.Integer(required=True)
    refresh_token = fields.String(required=True)
    sign_in_id = fields.String(required=True)
    network = fields.String(required=True)
    person_id = fields.String(required=True)


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
    links = fields.Nested(MyLinks, required=True)


class GrantRoleBody(Schema):
    """`organization_id` for `organization_admin` alone; without `until` a role is held till taken back."""

    person_id = fields.String(required=True, validate=ID)
    role = fields.String(required=True, validate=validate.OneOf(ROLES))
    organization_id = fields.String(validate=ID)
    until = fields.AwareDateTime(format="iso")


class RoleAnswer(Schema):
    id = fields.String(required=True)
    person_id = fields.String(required=True)
    role = fields.String(required=True)
    organization_id = fields.String(required=True, allow_none=True)
    granted_by = fields.String(required=True, allow_none=True)
    granted_at = fields.AwareDateTime(required=True)
    until = fields.AwareDateTime(required=True, allow_none=True)
    standing = fields.String(required=True)


class RolesQuery(Schema):
    person_id = fields.String(validate=ID)
