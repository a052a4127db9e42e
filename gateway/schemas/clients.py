"""Shapes of partner systems, and of what they ask for themselves at `/oauth`."""

from marshmallow import Schema, fields, validate

from gateway.schemas.identity import ID, NAME
from services.contracts.scopes import SCOPES
from services.contracts.tokens import ASSERTION_ALGORITHMS

METHODS = ("client_secret_basic", "private_key_jwt")
MEMBER = validate.Length(max=1_400)  # of a JWK; the longest are the modulus and the coordinates
URL = validate.Length(min=1, max=500)


def _scopes(**options):
    one = fields.String(validate=validate.OneOf(list(SCOPES)))
    return fields.List(one, validate=validate.Length(min=1, max=20), **options)


class JwkBody(Schema):
    """The public half of a P-256 key or of an RSA key of 2048 to 4096 bits; no other member is taken."""

    kty = fields.String(required=True, validate=validate.OneOf(("EC", "RSA")))
    crv = fields.String(validate=validate.OneOf(("P-256",)))
    x = fields.String(validate=MEMBER)
    y = fields.String(validate=MEMBER)
    n = fields.String(validate=MEMBER)
    e = fields.String(validate=MEMBER)
    kid = fields.String(validate=validate.Length(min=1, max=200))
    use = fields.String(validate=validate.OneOf(("sig",)))
    alg = fields.String(validate=validate.OneOf(ASSERTION_ALGORITHMS))
    key_ops = fields.List(
        fields.String(validate=validate.OneOf(("verify",))), validate=validate.Length(max=1)
    )


class JwksBody(Schema):
    keys = fields.List(fields.Nested(JwkBody), required=True, validate=validate.Length(min=1, max=20))


class RegisterClientBody(Schema):
    """Without `organization_id` the client is the network's own.

    With `private_key_jwt` either its public keys or the address where it publishes them.
    """

    display_name = fields.String(required=True, validate=NAME)
    organization_id = fields.String(validate=ID)
    scopes = _scopes(required=True)
    auth_method = fields.String(validate=validate.OneOf(METHODS))
    jwks = fields.Nested(JwksBody)
    jwks_uri = fields.String(validate=URL)


class ChangeClientBody(Schema):
    """What is left out stays. Fewer scopes end the tokens it has."""

    display_name = fields.String(validate=NAME)
    scopes = _scopes()
    jwks = fields.Nested(JwksBody)
    jwks_uri = fields.String(validate=URL)


class ClientStandingBody(Schema):
    standing = fields.String(required=True, validate=validate.OneOf(("active", "disabled")))


class ClientSecretAnswer(Schema):
    """A live secret, by its name; days are UTC."""

    id = fields.String(required=True)
    made_at = fields.AwareDateTime(required=True)
    last_used_on = fields.Date(required=True, allow_none=True)


class ClientAnswer(Schema):
    """`secret` is shown once: in the answer that made it."""

    id = fields.String(required=True)
    display_name = fields.String(required=True)
    organization_id = fields.String(required=True, allow_none=True)
    scopes = fields.List(fields.String(), required=True)
    auth_method = fields.String(required=True)
    secrets = fields.List(fields.Nested(ClientSecretAnswer), required=True)
    jwks = fields.Dict(required=True, allow_none=True)
    jwks_uri = fields.String(required=True, allow_none=True)
    key_used_on = fields.Date(required=True, allow_none=True)
    standing = fields.String(required=True)
    registered_by = fields.String(required=True, allow_none=True)
    registered_at = fields.AwareDateTime(required=True)
    secret = fields.String()


class ScopeAnswer(Schema):
    scope = fields.String(required=True)
    opens = fields.String(required=True)


class ScopesAnswer(Schema):
    """Every scope there is; what is not here, no partner system can be permitted."""

    data = fields.List(fields.Nested(ScopeAnswer), required=True)


class KeysAnswer(Schema):
    """A JSON Web Key Set (RFC 7517)."""

    keys = fields.List(fields.Dict(), required=True)


class ServerMetadata(Schema):
    """RFC 8414."""

    issuer = fields.String(required=True)
    token_endpoint = fields.String(required=True)
    introspection_endpoint = fields.String(required=True)
    revocation_endpoint = fields.String(required=True)
    jwks_uri = fields.String(required=True)
    scopes_supported = fields.List(fields.String(), required=True)
    response_types_supported = fields.List(fields.String(), required=True)
    grant_types_supported = fields.List(fields.String(), required=True)
    token_endpoint_auth_methods_supported = fields.List(fields.String(), required=True)
    token_endpoint_auth_signing_alg_values_supported = fields.List(fields.String(), required=True)
    introspection_endpoint_auth_methods_supported = fields.List(fields.String(), required=True)
    introspection_endpoint_auth_signing_alg_values_supported = fields.List(fields.String(), required=True)
    revocation_endpoint_auth_methods_supported = fields.List(fields.String(), required=True)
    revocation_endpoint_auth_signing_alg_values_supported = fields.List(fields.String(), required=True)
    service_documentation = fields.String(required=True)


class ClientTokenAnswer(Schema):
    access_token = fields.String(required=True)
    token_type = fields.String(required=True)
    expires_in = fields.Integer(required=True)
    scope = fields.String(required=True)


class IntrospectionAnswer(Schema):
    """RFC 7662. Of a token that is not good, or not the asker's own, `active: false` and nothing else."""

    active = fields.Boolean(required=True)
    scope = fields.String()
    client_id = fields.String()
    sub = fields.String()
    token_type = fields.String()
    iss = fields.String()
    aud = fields.String()
    jti = fields.String()
    iat = fields.Integer()
    exp = fields.Integer()


class OAuthFault(Schema):
    """RFC 6749, 5.2."""

    error = fields.String(required=True)
    error_description = fields.String()
