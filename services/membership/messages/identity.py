"""What membership is asked about networks, sign-ins and roles, and what it answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, fields, post_load, validate

from services.contracts.caller import Caller
from services.membership.domain.roles import ROLES

NOBODY = Caller()
ID = validate.Regexp(r"^[a-z]{3}_[0-9a-z]{1,60}\Z", error="Not an id.")
ONE_LINE = (
    validate.Length(min=1, max=200),
    validate.Regexp(r"^[^\x00-\x1f\x7f\u0085\u2028\u2029]*\Z", error="One line without control characters."),
)
SECRET = validate.Length(min=1, max=2048)
DEVICE = validate.Length(max=60)


@dataclass(frozen=True)
class CreateNetwork:
    display_name: str
    admin_email: str
    admin_name: str | None = None


@dataclass(frozen=True)
class ChangeNetwork:
    own_factor_for_text: bool
    caller: Caller = NOBODY


@dataclass(frozen=True)
class StartSignIn:
    """`origin` is where the request came from, as the gateway saw it; it is counted, never kept.

    `verifier` is known to the asking browser alone; `device_token` names one that signed in before.
    """

    email: str
    network: str | None = None
    origin: str | None = None
    verifier: str | None = None
    device_token: str | None = None


@dataclass(frozen=True)
class FinishSignIn:
    """`device`: what signs in, in few words, for the person's own list; `request`: this request's key."""

    token: str
    verifier: str | None = None
    device_token: str | None = None
    device: str | None = None
    request: str | None = None


@dataclass(frozen=True)
class PasswordSignIn:
    email: str
    password: str
    network: str | None = None
    origin: str | None = None
    device_token: str | None = None
    device: str | None = None


@dataclass(frozen=True)
class RefreshTokens:
    refresh_token: str
    request: str | None = None


@dataclass(frozen=True)
class SetPassword:
    password: str
    present: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class GrantRole:
    person_id: str
    role: str
    organization_id: str | None = None
    until: datetime | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class RevokeRole:
    role_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListRoles:
    limit: int
    after: str | None = None
    person_id: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class Nothing:
    """A question that needs no words: who asks says it all."""

    caller: Caller = NOBODY


class Asked(Schema):
    """Refuses what it does not know: a command with a stray field is a caller's mistake."""

    makes: ClassVar[type[Any]] = Nothing

    class Meta:
        unknown = RAISE

    @post_load
    def build(self, loaded: dict[str, Any], **_: Any) -> Any:
        return self.makes(**loaded)


class NothingSchema(Asked):
    makes = Nothing


class CreateNetworkSchema(Asked):
    makes = CreateNetwork
    display_name = fields.String(required=True, validate=ONE_LINE)
    admin_email = fields.Email(required=True, validate=validate.Length(max=254))
    admin_name = fields.String(validate=ONE_LINE)


class ChangeNetworkSchema(Asked):
    makes = ChangeNetwork
    own_factor_for_text = fields.Boolean(required=True, truthy={True}, falsy={False})


class _Knocking(Asked):
    email = fields.Email(required=True, validate=validate.Length(max=254))
    network = fields.String(validate=ID, allow_none=True)
    origin = fields.String(validate=validate.Length(max=100), allow_none=True)
    device_token = fields.String(validate=SECRET, allow_none=True)


class StartSignInSchema(_Knocking):
    makes = StartSignIn
    verifier = fields.String(validate=SECRET, allow_none=True)


class FinishSignInSchema(Asked):
    makes = FinishSignIn
    request = fields.String(validate=SECRET, allow_none=True)
    token = fields.String(required=True, validate=SECRET)
    verifier = fields.String(validate=SECRET, allow_none=True)
    device_token = fields.String(validate=SECRET, allow_none=True)
    device = fields.String(validate=DEVICE, allow_none=True)


class PasswordSignInSchema(_Knocking):
    makes = PasswordSignIn
    device = fields.String(validate=DEVICE, allow_none=True)
    password = fields.String(required=True, validate=SECRET)


class RefreshTokensSchema(Asked):
    makes = RefreshTokens
    refresh_token = fields.String(required=True, validate=SECRET)
    request = fields.String(validate=SECRET, allow_none=True)


class SetPasswordSchema(Asked):
    """The rules of a good password are the domain's; here only what cannot be one at all is refused."""

    makes = SetPassword
    password = fields.String(required=True, validate=SECRET)
    present = fields.String(validate=SECRET, allow_none=True)


class GrantRoleSchema(Asked):
    makes = GrantRole
    person_id = fields.String(required=True, validate=ID)
    role = fields.String(required=True, validate=validate.OneOf(ROLES))
    organization_id = fields.String(validate=ID, allow_none=True)
    until = fields.AwareDateTime(format="iso", allow_none=True)


class RevokeRoleSchema(Asked):
    makes = RevokeRole
    role_id = fields.String(required=True, validate=SECRET)


class Listing(Asked):
    """One page of a list; `after` is what the page before gave as `next`."""

    limit = fields.Integer(load_default=50, strict=True, validate=validate.Range(1, 100))
    after = fields.String(allow_none=True, validate=validate.Length(max=200))


class ListRolesSchema(Listing):
    makes = ListRoles
    person_id = fields.String(validate=ID, allow_none=True)
