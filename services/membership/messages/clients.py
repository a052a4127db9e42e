"""What membership is asked about partner systems, and by them."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from marshmallow import ValidationError, fields, validate, validates_schema

from services.contracts.caller import Caller
from services.membership.domain.clients import METHODS, SCOPES, STANDINGS
from services.membership.messages.identity import ID, NOBODY, ONE_LINE, SECRET, Asked, Listing

URL = validate.Length(min=1, max=500)
MOST_KEYS = validate.Length(min=1, max=20)
LONG = validate.Length(min=1, max=8_000)


@dataclass(frozen=True)
class RegisterClient:
    """`organization_id` None: the network's own. `keys` (public JWKs) or `keys_url` for one that signs."""

    display_name: str
    scopes: list[str]
    organization_id: str | None = None
    auth_method: str = METHODS[0]
    jwks: dict[str, Any] | None = None
    jwks_uri: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListClients:
    limit: int
    after: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class NameClient:
    """Shows one, or gives it one more secret."""

    client_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ChangeClient:
    """What is None stays as it is."""

    client_id: str
    display_name: str | None = None
    scopes: list[str] | None = None
    jwks: dict[str, Any] | None = None
    jwks_uri: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class RetireClientSecret:
    client_id: str
    secret_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class SetClientStanding:
    client_id: str
    standing: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class Proof:
    """How a client shows that it is itself: id and secret, or an assertion it signed.

    `origin` is where the request came from, as the gateway saw it; it is counted, never kept.
    """

    client_id: str | None = None
    secret: str | None = field(default=None, repr=False)
    assertion: str | None = field(default=None, repr=False)
    origin: str | None = None


@dataclass(frozen=True)
class AskClientToken(Proof):
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True)
class AskAboutToken(Proof):
    """For asking about an access token and for withdrawing it."""

    token: str = field(default="", repr=False)


SCOPE_LIST = fields.List(
    fields.String(validate=validate.OneOf(list(SCOPES))), validate=validate.Length(min=1, max=20)
)


class JwksSchema(Asked):
    """Public keys (RFC 7517); whether they can be used is found out by trying."""

    makes = dict
    keys = fields.List(fields.Dict(keys=fields.String()), required=True, validate=MOST_KEYS)


class ChangeClientSchema(Asked):
    makes = ChangeClient
    client_id = fields.String(required=True, validate=ID)
    display_name = fields.String(validate=ONE_LINE)
    scopes = SCOPE_LIST
    jwks = fields.Nested(JwksSchema)
    jwks_uri = fields.String(validate=URL)


class RegisterClientSchema(Asked):
    makes = RegisterClient
    display_name = fields.String(required=True, validate=ONE_LINE)
    organization_id = fields.String(validate=ID, allow_none=True)
    scopes = fields.List(
        fields.String(validate=validate.OneOf(list(SCOPES))),
        required=True,
        validate=validate.Length(min=1, max=20),
    )
    auth_method = fields.String(validate=validate.OneOf(METHODS))
    jwks = fields.Nested(JwksSchema)
    jwks_uri = fields.String(validate=URL)


class ListClientsSchema(Listing):
    makes = ListClients


class NameClientSchema(Asked):
    makes: ClassVar[type[Any]] = NameClient
    client_id = fields.String(required=True, validate=ID)


class RetireClientSecretSchema(NameClientSchema):
    makes = RetireClientSecret
    secret_id = fields.String(required=True, validate=ID)


class SetClientStandingSchema(NameClientSchema):
    makes = SetClientStanding
    standing = fields.String(required=True, validate=validate.OneOf(STANDINGS))


class ProofSchema(Asked):
    """A secret goes with an id; an assertion names its client itself."""

    client_id = fields.String(validate=SECRET)
    secret = fields.String(validate=SECRET)
    assertion = fields.String(validate=LONG)
    origin = fields.String(validate=validate.Length(max=100), allow_none=True)

    @validates_schema
    def is_one_way(self, said: dict[str, Any], **_: Any) -> None:
        by_secret = "secret" in said and "client_id" in said
        if by_secret == ("assertion" in said):
            raise ValidationError("id and secret, or an assertion")


class AskClientTokenSchema(ProofSchema):
    makes = AskClientToken
    scopes = fields.List(fields.String(validate=validate.Length(max=100)), validate=validate.Length(max=20))


class AskAboutTokenSchema(ProofSchema):
    makes = AskAboutToken
    token = fields.String(required=True, validate=LONG)
