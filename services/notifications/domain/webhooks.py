"""A partner's endpoints and what is delivered to them, by Standard Webhooks.

Each delivery is tried at once and then after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, under
one `webhook-id`. An endpoint that answers 410, or that took nothing while a delivery went through all its
tries, is disabled, and that is announced.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from services.contracts.events import Fact
from services.contracts.events.notifications import WebhookDisabled
from services.kit.due_entry import Due
from services.kit.ids import derived_id
from services.notifications.domain.partner_events import LISTED
from services.notifications.domain.refusals import EndpointAddressRefused, TypeNotListed

RETRIES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
UNDER_WAY = timedelta(seconds=15)  # a try that did not end by then died with its process
GONE = 410
TEST_TYPE = "endpoint_tested"
MOST_ENDPOINTS = 10


@dataclass(frozen=True)
class Endpoint:
    """Where a partner wants to be told. `standing` is "enabled" or "disabled".

    Args:
        organization_id: whose it is; None: the network's own.
        client_id: the partner system that added it; None: an admin did.
        secret: "whsec_…", shown once, sealed at rest.
        taken_at: when it last took a delivery.
    """

    id: str
    network: str
    url: str
    types: tuple[str, ...]
    organization_id: str | None
    client_id: str | None
    secret: str
    added_at: datetime
    taken_at: datetime | None = None
    standing: str = "enabled"
    reason: str = ""
    revision: int = 0


@dataclass(frozen=True)
class Added:
    """An endpoint just added, with the secret that is shown this once."""

    endpoint: Endpoint
    secret: str


@dataclass(frozen=True)
class Attempt:
    """One try: when, what came back (0: nothing), and a slug where nothing did."""

    at: datetime
    status: int
    reason: str = ""


@dataclass(frozen=True)
class Delivery:
    """One event on its way to one endpoint; `state` is "queued", "delivered", "failed" or "dropped".

    Args:
        body: the exact bytes as text; each try sends the same.
    """

    id: str
    network: str
    endpoint_id: str
    type: str
    body: str
    queued_at: datetime
    state: str = "queued"
    attempts: tuple[Attempt, ...] = ()
    revision: int = 0
    due: tuple[Due, ...] = field(default=())


def check_endpoint(
    url: str, types: tuple[str, ...], allowed: frozenset[str], is_admitted: bool = False
) -> None:
    """Refuse an endpoint that is not https, or asks for types its owner's scopes do not open.

    Args:
        is_admitted: this installation names the address on purpose, so that plain http will do.

    Raises:
        EndpointAddressRefused, TypeNotListed.
    """
    if not (url.startswith("https://") or is_admitted):
        detail = [{"pointer": "/url", "detail": "must begin with https://"}]
        raise EndpointAddressRefused("webhooks go to https addresses only", errors=detail)
    refused = [name for name in types if name not in LISTED or name not in allowed]
    if refused:
        errors = [{"pointer": f"/types/{types.index(name)}", "detail": "not open to you"} for name in refused]
        raise TypeNotListed("not all of these events are open to you", errors=errors)


def queue_delivery(endpoint: Endpoint, cause: str, name: str, body: str, now: datetime) -> Delivery:
    """Return the delivery of one event to one endpoint; the same cause always gives the same id."""
    return Delivery(
        id=derived_id("dlv", endpoint.id, cause),
        network=endpoint.network,
        endpoint_id=endpoint.id,
        type=name,
        body=body,
        queued_at=now,
        due=(Due("deliver", now),),
    )


def begin_attempt(delivery: Delivery, now: datetime) -> Delivery:
    """Note a try before it is made; it is due again soon, in case nobody lives to say how it went."""
    begun = (*delivery.attempts, Attempt(now, 0, "begun"))
    return replace(delivery, attempts=begun, due=(Due("deliver", now + UNDER_WAY),))


def end_attempt(delivery: Delivery, status: int, reason: str, now: datetime) -> Delivery:
    """Note how the try ended: taken by any 2xx; given up after the last or at 410; else it waits."""
    last = Attempt(delivery.attempts[-1].at, status, reason)
    ended = replace(delivery, attempts=(*delivery.attempts[:-1], last))
    if 200 <= status < 300:
        return replace(ended, state="delivered", due=())
    if status == GONE or len(ended.attempts) > len(RETRIES):
        return replace(ended, state="failed", due=())
    return replace(ended, due=(Due("deliver", now + RETRIES[len(ended.attempts) - 1]),))


def drop_delivery(delivery: Delivery) -> Delivery:
    """Its endpoint takes nothing any more."""
    return replace(delivery, state="dropped", due=())


def is_worn_out(endpoint: Endpoint, failed: Delivery) -> bool:
    """True when an endpoint took nothing since this delivery was first tried, or says that it is gone."""
    if failed.attempts[-1].status == GONE:
        return True
    return endpoint.taken_at is None or endpoint.taken_at < failed.attempts[0].at


def disable(endpoint: Endpoint, reason: str) -> tuple[Endpoint, list[Fact]]:
    """Send nothing more to an endpoint; return (endpoint, facts)."""
    if endpoint.standing == "disabled":
        return endpoint, []
    disabled = replace(endpoint, standing="disabled", reason=reason)
    return disabled, [tell(disabled)]


def tell(endpoint: Endpoint) -> Fact:
    """Return what announces how an endpoint stands."""
    return WebhookDisabled(network=endpoint.network, endpoint_id=endpoint.id, standing=endpoint.standing)
