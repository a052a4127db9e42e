"""Partners' endpoints: added and looked at by their owner, a partner system or the network's admin."""

from collections.abc import Callable
from typing import Any

from services.contracts.caller import Caller
from services.kit.clock import Clock
from services.kit.ids import new_id
from services.notifications.domain.partner_events import LISTED, types_for
from services.notifications.domain.ports import Deliveries, Endpoints, Hooks
from services.notifications.domain.refusals import EndpointUnknown, NotYourEndpoints, TooManyEndpoints
from services.notifications.domain.webhooks import (
    MOST_ENDPOINTS,
    TEST_TYPE,
    Added,
    Delivery,
    Endpoint,
    check_endpoint,
    disable,
    queue_delivery,
)
from services.notifications.messages.endpoints import (
    AddEndpoint,
    ListEndpoints,
    ListWebhookDeliveries,
    RemoveEndpoint,
    TestEndpoint,
)

MANAGE = "webhooks:manage"


def add_endpoint(command: AddEndpoint, endpoints: Endpoints, hooks: Hooks, clock: Clock) -> Added:
    """Add an endpoint; its secret is in this one answer and never again, also not when asked again."""
    caller, network = command.caller, _network(command.caller)
    check_endpoint(command.url, command.types, _types_open_to(caller), hooks.admits(command.url))
    owner = _owner(caller)
    if endpoints.count(network, owner | {"standing": "enabled"}) >= MOST_ENDPOINTS:
        raise TooManyEndpoints(f"at most {MOST_ENDPOINTS} endpoints; remove one first")
    endpoint = Endpoint(
        id=new_id("whk"),
        network=network,
        url=command.url,
        types=tuple(dict.fromkeys(command.types)),
        organization_id=caller.organization_id if caller.kind == "client" else None,
        client_id=caller.client_id if caller.kind == "client" else None,
        secret=hooks.new_secret(),
        added_at=clock.now(),
    )
    return Added(endpoints.add(endpoint), endpoint.secret)


def list_endpoints(query: ListEndpoints, endpoints: Endpoints) -> Any:
    """Return a page of the caller's endpoints; an admin sees all of the network."""
    network = _network(query.caller)
    return endpoints.page_of(network, _owner(query.caller), query.limit, query.after)


def remove_endpoint(command: RemoveEndpoint, endpoints: Endpoints) -> Endpoint:
    """Send nothing more to an endpoint; removing it again changes nothing."""
    network = _network(command.caller)
    endpoint = endpoints.get(network, command.endpoint_id, _owning(command.caller))
    disabled, _ = disable(endpoint, "removed")
    return endpoints.save(disabled) if disabled is not endpoint else endpoint


def test_endpoint(
    command: TestEndpoint,
    endpoints: Endpoints,
    deliveries: Deliveries,
    hooks: Hooks,
    clock: Clock,
) -> Delivery:
    """Queue a delivery that says nothing, so that a partner can try their side."""
    network = _network(command.caller)
    endpoint = endpoints.get(network, command.endpoint_id, _owning(command.caller))
    body = hooks.write(TEST_TYPE, clock.now(), {"endpoint_id": endpoint.id})
    return deliveries.add(queue_delivery(endpoint, new_id("tst"), TEST_TYPE, body, clock.now()))


def list_webhook_deliveries(
    query: ListWebhookDeliveries, endpoints: Endpoints, deliveries: Deliveries
) -> Any:
    """Return a page of one endpoint's deliveries and their tries, newest first."""
    network = _network(query.caller)
    endpoints.get(network, query.endpoint_id, _owning(query.caller))
    return deliveries.page_of(network, query.endpoint_id, query.limit, query.after)


def _network(caller: Caller) -> str:
    is_owner = caller.has_role("network_admin") or (caller.kind == "client" and MANAGE in caller.scopes)
    if caller.network is None or not is_owner:
        raise NotYourEndpoints("endpoints belong to partner systems and the network's admin")
    return caller.network


def _types_open_to(caller: Caller) -> frozenset[str]:
    return types_for(caller.scopes) if caller.kind == "client" else frozenset(LISTED)


def _owner(caller: Caller) -> dict[str, Any]:
    return {"client_id": caller.client_id} if caller.kind == "client" else {}


def _owning(caller: Caller) -> Callable[[Endpoint], None]:
    def admit(endpoint: Endpoint) -> None:
        if caller.kind == "client" and endpoint.client_id != caller.client_id:
            raise EndpointUnknown

    return admit
