"""Notices to people and webhooks to partner systems."""

from gateway.answers import see_other
from gateway.routing import FORM, SIGNED_IN, link, roles, route, scopes
from gateway.schemas import notifications as shapes

STAFF = roles("program_staff", "network_admin")
OWNERS = roles("network_admin") | scopes("webhooks:manage")


@route(
    "GET",
    "/v1/me/notices",
    who=SIGNED_IN,
    answer=shapes.NoticeAnswer,
    paged=True,
    summary="What I was told, newest first",
)
def list_my_notices(call):
    return call.ask("notifications", "list_notices")


@route(
    "GET",
    "/v1/me/notice-preferences",
    who=SIGNED_IN,
    answer=shapes.PreferencesAnswer,
    summary="Which letters I stopped",
)
def show_notice_preferences(call):
    return call.ask("notifications", "show_preferences")


@route(
    "PUT",
    "/v1/me/notice-preferences",
    who=SIGNED_IN,
    body=shapes.StopBody,
    answer=shapes.PreferencesAnswer,
    summary="Stop letters of one topic, or take it back",
)
def change_notice_preferences(call):
    """What I stopped still stands under my notices."""
    return call.ask("notifications", "stop_notices", **call.body)


@route(
    "GET",
    "/v1/stopped-notices/{link}",
    who=link("stop_notices"),
    status=303,
    summary="Where a mail program shows the link of List-Unsubscribe; changes nothing",
)
def show_stop_link(call):
    return see_other(f"/a/{call.path['link']}")


@route(
    "POST",
    "/v1/stopped-notices/{link}",
    who=link("stop_notices"),
    answer=shapes.PreferencesAnswer,
    media=FORM,
    keyed=False,
    summary="One-click unsubscribe (RFC 8058)",
)
def stop_notices_by_link(call):
    """The link names whose letters of which topic; repeating it changes nothing."""
    return call.ask("notifications", "stop_notices")


@route(
    "GET",
    "/v1/notice-deliveries",
    who=STAFF,
    query=shapes.DeliveriesQuery,
    answer=shapes.LoggedNoticeAnswer,
    paged=True,
    summary="The delivery log",
)
def list_notice_deliveries(call):
    """Reminders and requests for feedback are not in it: they would tell who answered."""
    return call.ask("notifications", "list_deliveries", **call.query)


@route(
    "POST",
    "/v1/webhook-endpoints",
    who=OWNERS,
    body=shapes.EndpointBody,
    answer=shapes.EndpointAddedAnswer,
    status=201,
    summary="Add a webhook endpoint",
    refusals={
        "endpoint-address-refused": "Only public https addresses.",
        "event-type-not-listed": "Your scopes do not open this type.",
        "too-many-endpoints": "Remove one first.",
    },
)
def add_webhook_endpoint(call):
    """The secret is in this answer and never again."""
    return call.ask("notifications", "add_endpoint", **call.body)


@route(
    "GET",
    "/v1/webhook-endpoints",
    who=OWNERS,
    answer=shapes.EndpointAnswer,
    paged=True,
    summary="My webhook endpoints",
)
def list_webhook_endpoints(call):
    return call.ask("notifications", "list_endpoints")


@route(
    "DELETE",
    "/v1/webhook-endpoints/{endpoint_id}",
    who=OWNERS,
    answer=shapes.EndpointAnswer,
    summary="Remove a webhook endpoint",
)
def remove_webhook_endpoint(call):
    """Nothing more is sent to it; removing it again changes nothing."""
    return call.ask("notifications", "remove_endpoint", endpoint_id=call.path["endpoint_id"])


@route(
    "POST",
    "/v1/webhook-endpoints/{endpoint_id}/tests",
    who=OWNERS,
    answer=shapes.WebhookDeliveryAnswer,
    status=201,
    summary="Send a test delivery",
)
def test_webhook_endpoint(call):
    return call.ask("notifications", "test_endpoint", endpoint_id=call.path["endpoint_id"])


@route(
    "GET",
    "/v1/webhook-endpoints/{endpoint_id}/deliveries",
    who=OWNERS,
    answer=shapes.WebhookDeliveryAnswer,
    paged=True,
    summary="Deliveries to an endpoint, with every try",
)
def list_webhook_deliveries(call):
    return call.ask("notifications", "list_webhook_deliveries", endpoint_id=call.path["endpoint_id"])
