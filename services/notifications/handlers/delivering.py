"""From an event to partners' endpoints: who is told what, each try, and when an endpoint had its chance."""

from datetime import datetime

from services.contracts.events import Fact
from services.kit.clock import Clock
from services.notifications.domain.partner_events import LISTED, shown_to_partner
from services.notifications.domain.ports import Deliveries, Endpoints, Hooks
from services.notifications.domain.webhooks import (
    Delivery,
    Endpoint,
    begin_attempt,
    disable,
    drop_delivery,
    end_attempt,
    is_worn_out,
    queue_delivery,
)


def feed_partners(
    fact: Fact,
    name: str,
    event_id: str,
    happened_at: datetime,
    endpoints: Endpoints,
    deliveries: Deliveries,
    hooks: Hooks,
    clock: Clock,
) -> None:
    """Queue one delivery for each endpoint that may be told of this event and wants to be."""
    if name not in LISTED:
        return
    for endpoint in endpoints.hearing(fact.network, name):
        shown = shown_to_partner(name, fact, endpoint.organization_id)
        if shown is not None:
            body = hooks.write(name, happened_at, shown)
            deliveries.add(queue_delivery(endpoint, event_id, name, body, clock.now()))


def deliver(
    network: str, id: str, deliveries: Deliveries, endpoints: Endpoints, hooks: Hooks, clock: Clock
) -> None:
    """Make one try of a due delivery; at least once, under one `webhook-id`."""
    delivery = deliveries.get(network, id)
    if delivery.state != "queued":
        return
    endpoint = endpoints.get(network, delivery.endpoint_id)
    if endpoint.standing != "enabled":
        deliveries.save(drop_delivery(delivery))
        return
    begun = deliveries.save(begin_attempt(delivery, clock.now()))
    status, reason = hooks.post(endpoint, begun, clock.now())
    ended = end_attempt(begun, status, reason, clock.now())
    _note_on_endpoint(endpoint, ended, endpoints, clock)
    deliveries.save(ended)


def _note_on_endpoint(endpoint: Endpoint, ended: Delivery, endpoints: Endpoints, clock: Clock) -> None:
    """Written before the delivery's end, so that a crash between the two repeats the try, not the silence."""
    if ended.state == "delivered":
        endpoints.took(endpoint, clock.now())
    elif ended.state == "failed" and is_worn_out(endpoint, ended):
        disabled, facts = disable(endpoint, "kept-failing")
        endpoints.save(disabled, announcing=facts)
