"""Shapes of organizations' identity providers and of signing in by them."""

from marshmallow import Schema, fields, validate

from gateway.schemas.identity import ID, NAME

ALGORITHMS = ("ES256", "RS256", "PS256", "EdDSA")
SLUG = validate.Regexp(r"^[a-z0-9](-?[a-z0-9]){1,39}(?!\n)$", error="Letters a-z, digits and single hyphens.")
PRINTABLE = validate.Regexp(r"^[\x21-\x7e]*(?!\n)$", error="Printable ASCII without spaces.")
URL = (validate.Length(min=1, max=500), PRINTABLE)
SHORT = (validate.Length(min=1, max=255), PRINTABLE)
CREDENTIAL = (
    validate.Length(min=1, max=255),
    validate.Regexp(r"^[\x20-\x7e]*(?!\n)$", error="Printable ASCII."),
)
CLAIM = (validate.Length(min=1, max=100), PRINTABLE)
LONG = validate.Length(max=4096)


class ChangeConnectionBody(Schema):
    """`tenant` (`tid`) or `hosted_domain` (`hd`) pins an issuer that many organizations share.

    `email_domains`: whose addresses are offered this connection on the sign-in page; they prove nothing.
    `external_id_claim`: the ID token's claim under which imported people are known; without one nobody is.
    `standing`: becomes "active" only when the provider was found and can be used.
    """

    display_name = fields.String(validate=NAME)
    slug = fields.String(validate=SLUG)
    client_id = fields.String(validate=CREDENTIAL)
    client_secret = fields.String(validate=CREDENTIAL, load_only=True)
    tenant = fields.String(validate=SHORT, allow_none=True)
    hosted_domain = fields.String(validate=SHORT, allow_none=True)
    algorithms = fields.List(
        fields.String(validate=validate.OneOf(ALGORITHMS)), validate=validate.Length(min=1, max=4)
    )
    email_domains = fields.List(fields.String(validate=SHORT), validate=validate.Length(max=20))
    external_id_claim = fields.String(validate=CLAIM, allow_none=True)
    admits_newcomers = fields.Boolean(truthy={True}, falsy={False})
    standing = fields.String(validate=validate.OneOf(("draft", "active", "disabled")))


class AddConnectionBody(ChangeConnectionBody):
    """`slug` is unique: people reach the connection at `/sign-in/with/{slug}`. The issuer never changes."""

    class Meta:
        exclude = ("standing",)

    display_name = fields.String(required=True, validate=NAME)
    slug = fields.String(required=True, validate=SLUG)
    issuer = fields.String(required=True, validate=URL)
    client_id = fields.String(required=True, validate=CREDENTIAL)
    client_secret = fields.String(required=True, validate=CREDENTIAL, load_only=True)


class ConnectionAnswer(Schema):
    """The client secret is in no answer. `callback_url` is for the provider, `sign_in_url` for people."""

    id = fields.String(required=True)
    organization_id = fields.String(required=True)
    display_name = fields.String(required=True)
    slug = fields.String(required=True)
    issuer = fields.String(required=True)
    client_id = fields.String(required=True)
    tenant = fields.String(required=True, allow_none=True)
    hosted_domain = fields.String(required=True, allow_none=True)
    algorithms = fields.List(fields.String(), required=True)
    email_domains = fields.List(fields.String(), required=True)
    external_id_claim = fields.String(required=True, allow_none=True)
    admits_newcomers = fields.Boolean(required=True)
    standing = fields.String(required=True)
    made_by = fields.String(required=True, allow_none=True)
    made_at = fields.AwareDateTime(required=True)
    callback_url = fields.String(required=True)
    sign_in_url = fields.String(required=True)


class FoundProvider(Schema):
    """What discovery found. `names_itself`: answers must carry `iss` (RFC 9207)."""

    issuer = fields.String(required=True)
    authorization_endpoint = fields.String(required=True)
    token_endpoint = fields.String(required=True)
    jwks_uri = fields.String(required=True)
    userinfo_endpoint = fields.String(required=True, allow_none=True)
    end_session_endpoint = fields.String(required=True, allow_none=True)
    names_itself = fields.Boolean(required=True)
    algorithms = fields.List(fields.String(), required=True)
    key_ids = fields.List(fields.String(), required=True)


class TestedAnswer(Schema):
    is_usable = fields.Boolean(required=True)
    problem = fields.String(required=True, allow_none=True)
    problem_code = fields.String(required=True, allow_none=True)
    found = fields.Nested(FoundProvider, required=True, allow_none=True)


class FindConnectionsBody(Schema):
    """A connection's slug, or an e-mail address: its domain alone is looked at."""

    hint = fields.String(required=True, validate=validate.Length(min=1, max=254))


class OfferedConnection(Schema):
    connection_id = fields.String(required=True)
    display_name = fields.String(required=True)


class FoundConnections(Schema):
    data = fields.List(fields.Nested(OfferedConnection), required=True)


class BegunAnswer(Schema):
    """Send the browser to `authorization_url`; keep `attempt` where that browser alone has it."""

    authorization_url = fields.String(required=True)
    attempt = fields.String(required=True)


class FinishBody(Schema):
    """What the provider sent the browser back with, and the `attempt` that was kept."""

    attempt = fields.String(required=True, validate=validate.Length(min=1, max=2048))
    state = fields.String(required=True, validate=validate.Length(max=200))
    code = fields.String(validate=LONG)
    iss = fields.String(validate=LONG)
    error = fields.String(validate=LONG)


class BeginLinkingBody(Schema):
    connection_id = fields.String(required=True, validate=ID)


class FinishLinkingBody(FinishBody):
    connection_id = fields.String(required=True, validate=ID)


class IdentityAnswer(Schema):
    """`linked_by`: "arrival" (with the person), "external-id" (imported by staff) or "person"."""

    id = fields.String(required=True)
    connection_id = fields.String(required=True)
    linked_by = fields.String(required=True)
    linked_at = fields.AwareDateTime(required=True)
    standing = fields.String(required=True)
    display_name = fields.String()


class IdentitiesAnswer(Schema):
    """What one signs in with, and the connections of one's organization that are left to link."""

    data = fields.List(fields.Nested(IdentityAnswer), required=True)
    offered = fields.List(fields.Nested(OfferedConnection), required=True)


class ProviderSignOutAnswer(Schema):
    """Where to send the browser to sign out of the provider too; null when there is nothing to do."""

    url = fields.String(required=True, allow_none=True)
