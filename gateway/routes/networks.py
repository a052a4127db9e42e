"""Networks from outside: operators' systems make them and suspend them, and see nothing that is in them."""

from gateway.routing import OPERATOR, route
from gateway.schemas import networks as shapes


@route(
    "POST",
    "/v1/networks",
    who=OPERATOR,
    body=shapes.BeginNetworkBody,
    answer=shapes.BegunNetworkAnswer,
    status=201,
    location="/v1/networks/{id}",
    summary="Begin a network",
)
def begin_network(call):
    """The link signs its first admin in; the same request under the same key answers without it."""
    begun = call.ask("membership", "begin_network", **call.body)
    token = begun.pop("link_token", None)
    return begun | ({"link": f"{call.gateway.public_url}/link/{token}"} if token else {})


@route(
    "GET",
    "/v1/networks",
    who=OPERATOR,
    answer=shapes.OperatedNetworkAnswer,
    paged=True,
    summary="All networks",
)
def list_networks(call):
    return call.ask("membership", "list_networks")


@route(
    "GET",
    "/v1/networks/{network_id}",
    who=OPERATOR,
    answer=shapes.OperatedNetworkAnswer,
    summary="One network",
)
def show_any_network(call):
    return call.ask("membership", "show_any_network", network_id=call.path["network_id"])


@route(
    "PUT",
    "/v1/networks/{network_id}/standing",
    who=OPERATOR,
    body=shapes.NetworkStandingBody,
    answer=shapes.OperatedNetworkAnswer,
    summary="Suspend a network, or let it go on",
)
def set_network_standing(call):
    """Suspended, nobody signs in, no partner system gets a token, and those there are end within seconds.

    What was planned and announced stays, and so do its data.
    """
    return call.ask("membership", "set_network_standing", network_id=call.path["network_id"], **call.body)
