"""What membership is asked about organizations' identity providers, and about coming by them."""

from dataclasses import dataclass, field
from typing import Any

from marshmallow import fields, validate

from services.contracts.caller import Caller
from services.membership.domain.connections import ALGORITHMS, STANDINGS
from services.membership.messages.identity import ID, NOBODY, ONE_LINE, SECRET, Asked, Listing

SLUG = validate.Regexp(r"^[a-z0-9](-?[a-z0-9]){1,39}\Z", error="Letters a-z, digits and single hyphens.")
PRINTABLE = validate.Regexp(r"^[\x21-\x7e]*\Z", error="Printable ASCII without spaces.")
URL = (validate.Length(min=1, max=500), PRINTABLE)
SHORT = (validate.Length(min=1, max=255), PRINTABLE)
CREDENTIAL = (  # RFC 6749, appendix A
    validate.Length(min=1, max=255),
    validate.Regexp(r"^[\x20-\x7e]*\Z", error="Printable ASCII."),
)
CLAIM = (validate.Length(min=1, max=100), PRINTABLE)
CODE = validate.Length(max=4096)
ORIGIN = validate.Length(max=100)


@dataclass(frozen=True)
class AddConnection:
    """`wanted`: the fields of the connection that its keeper gives."""

    organization_id: str
    issuer: str
    wanted: dict[str, Any] = field(repr=False)
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListConnections:
    limit: int
    after: str | None = None
    organization_id: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class NameConnection:
    """`organization_id` None: whichever it is, for an admin of the network."""

    organization_id: str | None
    connection_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ChangeConnection:
    """`wanted`: only the fields that shall change."""

    organization_id: str | None
    connection_id: str
    wanted: dict[str, Any] = field(repr=False)
    caller: Caller = NOBODY


@dataclass(frozen=True)
class FindConnections:
    """`hint`: a slug, or an e-mail address of which the domain alone is looked at."""

    hint: str
    origin: str | None = None


@dataclass(frozen=True)
class BeginArrival:
    """`connection`: an id or a slug."""

    connection: str
    origin: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class FinishArrival:
    """What the browser brought back, and the sealed attempt that it kept."""

    connection_id: str
    attempt: str = field(repr=False)
    state: str
    code: str | None = field(default=None, repr=False)
    iss: str | None = None
    error: str | None = None
    origin: str | None = None
    device: str = ""
    caller: Caller = NOBODY


@dataclass(frozen=True)
class UnlinkIdentity:
    identity_id: str
    caller: Caller = NOBODY


class _Wanting(Asked):
    """Fields of a connection go into `wanted`, lists as tuples."""

    display_name = fields.String(validate=ONE_LINE)
    slug = fields.String(validate=SLUG)
    client_id = fields.String(validate=CREDENTIAL)
    client_secret = fields.String(validate=CREDENTIAL)
    tenant = fields.String(validate=SHORT, allow_none=True)
    hosted_domain = fields.String(validate=SHORT, allow_none=True)
    algorithms = fields.List(
        fields.String(validate=validate.OneOf(ALGORITHMS)), validate=validate.Length(min=1, max=4)
    )
    email_domains = fields.List(fields.String(validate=SHORT), validate=validate.Length(max=20))
    external_id_claim = fields.String(validate=CLAIM, allow_none=True)
    admits_newcomers = fields.Boolean()

    def wanted(self, loaded: dict[str, Any], besides: tuple[str, ...]) -> dict[str, Any]:
        said = {name: value for name, value in loaded.items() if name not in besides}
        lists = {name: tuple(dict.fromkeys(value)) for name, value in said.items() if isinstance(value, list)}
        return said | lists


class AddConnectionSchema(_Wanting):
    organization_id = fields.String(required=True, validate=ID)
    display_name = fields.String(required=True, validate=ONE_LINE)
    slug = fields.String(required=True, validate=SLUG)
    issuer = fields.String(required=True, validate=URL)
    client_id = fields.String(required=True, validate=CREDENTIAL)
    client_secret = fields.String(required=True, validate=CREDENTIAL)

    def makes(self, **loaded: Any) -> AddConnection:  # type: ignore[override]
        wanted = self.wanted(loaded, ("organization_id",))
        return AddConnection(loaded["organization_id"], loaded["issuer"], wanted)


class ChangeConnectionSchema(_Wanting):
    organization_id = fields.String(required=True, validate=ID, allow_none=True)
    connection_id = fields.String(required=True, validate=ID)
    standing = fields.String(validate=validate.OneOf(STANDINGS))

    def makes(self, **loaded: Any) -> ChangeConnection:  # type: ignore[override]
        names = ("organization_id", "connection_id")
        organization_id, connection_id = (loaded[name] for name in names)
        return ChangeConnection(organization_id, connection_id, self.wanted(loaded, names))


class ListConnectionsSchema(Listing):
    makes = ListConnections
    organization_id = fields.String(validate=ID, allow_none=True)


class NameConnectionSchema(Asked):
    makes = NameConnection
    organization_id = fields.String(required=True, validate=ID, allow_none=True)
    connection_id = fields.String(required=True, validate=ID)


class FindConnectionsSchema(Asked):
    makes = FindConnections
    hint = fields.String(required=True, validate=validate.Length(min=1, max=254))
    origin = fields.String(validate=ORIGIN, allow_none=True)


class BeginArrivalSchema(Asked):
    makes = BeginArrival
    connection = fields.String(required=True, validate=SHORT)
    origin = fields.String(validate=ORIGIN, allow_none=True)


class FinishArrivalSchema(Asked):
    makes = FinishArrival
    connection_id = fields.String(required=True, validate=ID)
    attempt = fields.String(required=True, validate=SECRET)
    state = fields.String(required=True, validate=validate.Length(max=200))
    code = fields.String(validate=CODE, allow_none=True)
    iss = fields.String(validate=CODE, allow_none=True)
    error = fields.String(validate=CODE, allow_none=True)
    origin = fields.String(validate=ORIGIN, allow_none=True)
    device = fields.String(validate=validate.Length(max=60))


class UnlinkIdentitySchema(Asked):
    makes = UnlinkIdentity
    identity_id = fields.String(required=True, validate=ID)
