"""What membership is asked by operators over the API, and what it answers."""

from dataclasses import dataclass
from typing import Any, ClassVar

from marshmallow import fields, validate

from services.contracts.caller import Caller
from services.membership.domain.clients import STANDINGS
from services.membership.domain.networks import STANDINGS as NETWORK_STANDINGS
from services.membership.messages.identity import ID, NOBODY, ONE_LINE, Asked, CreateNetworkSchema, Listing


@dataclass(frozen=True)
class RegisterOperator:
    display_name: str


@dataclass(frozen=True)
class SetOperatorStanding:
    client_id: str
    standing: str


@dataclass(frozen=True)
class BeginNetwork:
    """What `create_network` takes, asked over the API."""

    display_name: str
    admin_email: str
    admin_name: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListNetworks:
    limit: int
    after: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class NameNetwork:
    network_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class SetNetworkStanding:
    network_id: str
    standing: str
    caller: Caller = NOBODY


class RegisterOperatorSchema(Asked):
    makes = RegisterOperator
    display_name = fields.String(required=True, validate=ONE_LINE)


class SetOperatorStandingSchema(Asked):
    makes = SetOperatorStanding
    client_id = fields.String(required=True, validate=ID)
    standing = fields.String(required=True, validate=validate.OneOf(STANDINGS))


class BeginNetworkSchema(CreateNetworkSchema):
    makes: ClassVar[type[Any]] = BeginNetwork


class ListNetworksSchema(Listing):
    makes = ListNetworks


class NameNetworkSchema(Asked):
    makes = NameNetwork
    network_id = fields.String(required=True, validate=ID)


class SetNetworkStandingSchema(Asked):
    makes = SetNetworkStanding
    network_id = fields.String(required=True, validate=ID)
    standing = fields.String(required=True, validate=validate.OneOf(NETWORK_STANDINGS))


def operated_network_answer(network: Any, caller: Caller | None = None) -> dict[str, Any]:
    """A network as its operator sees it: that it is there, and nothing that is in it."""
    return {
        "id": network.id,
        "display_name": network.display_name,
        "standing": network.standing,
        "created_at": network.created_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }


def operated_networks_answer(page: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [operated_network_answer(one) for one in page.items], "next": page.next}


def opened_network_answer(begun: Any, caller: Caller | None = None) -> dict[str, Any]:
    """A network just begun, with its admin's one-time link; told again, without it."""
    network = getattr(begun, "network", begun)
    if isinstance(network, str):
        return operated_network_answer(begun)
    return operated_network_answer(network) | {"link_token": begun.token}


def operators_answer(page: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [operator_answer(one) for one in page.items]}


def operator_answer(shown: Any, caller: Caller | None = None) -> dict[str, Any]:
    """An operator's system; its secret only when it was just made."""
    client = getattr(shown, "client", shown)
    secret = getattr(shown, "secret", None)
    told = {"id": client.id, "display_name": client.display_name, "standing": client.standing}
    return told | ({"secret": secret} if secret else {})
