"""Partner systems, as the network's admins see to them."""

from gateway.routing import roles, route
from gateway.schemas import clients as shapes
from services.contracts.scopes import SCOPES

ADMIN = roles("network_admin")
UNFIT = {"proves-itself-otherwise": "It proves itself by a key, or by a secret; this concerns the other way."}


@route(
    "GET",
    "/v1/scopes",
    who=ADMIN,
    answer=shapes.ScopesAnswer,
    summary="What a partner system may be permitted",
)
def list_scopes(call):
    return {"data": [{"scope": name, "opens": opens} for name, opens in SCOPES.items()]}


@route(
    "POST",
    "/v1/clients",
    who=ADMIN,
    body=shapes.RegisterClientBody,
    answer=shapes.ClientAnswer,
    status=201,
    location="/v1/clients/{id}",
    patience=10.0,
    summary="Register a partner system",
)
def register_client(call):
    """The secret is shown once: the same request under the same key answers without it."""
    return call.ask("membership", "register_client", **call.body)


@route("GET", "/v1/clients", who=ADMIN, answer=shapes.ClientAnswer, paged=True, summary="Partner systems")
def list_clients(call):
    return call.ask("membership", "list_clients")


@route(
    "GET",
    "/v1/clients/{client_id}",
    who=ADMIN,
    answer=shapes.ClientAnswer,
    revalidated=True,
    summary="One partner system",
)
def show_client(call):
    return call.ask("membership", "show_client", **call.path)


@route(
    "PATCH",
    "/v1/clients/{client_id}",
    who=ADMIN,
    body=shapes.ChangeClientBody,
    answer=shapes.ClientAnswer,
    guarded=True,
    summary="Change what a partner system is called, may, or signs with",
    refusals=UNFIT,
)
def change_client(call):
    return call.ask("membership", "change_client", **call.path, **call.body)


@route(
    "PUT",
    "/v1/clients/{client_id}/standing",
    who=ADMIN,
    body=shapes.ClientStandingBody,
    answer=shapes.ClientAnswer,
    summary="Disable a partner system, or let it in again",
)
def set_client_standing(call):
    """Disabling ends all its tokens within seconds; they do not come back when it is let in again."""
    return call.ask("membership", "set_client_standing", **call.path, **call.body)


@route(
    "POST",
    "/v1/clients/{client_id}/secrets",
    who=ADMIN,
    answer=shapes.ClientAnswer,
    status=201,
    summary="Give a partner system a second secret",
    refusals=UNFIT | {"two-secrets-live": "Two secrets are live; retire one first."},
)
def add_client_secret(call):
    """Both are good until one is retired. The new one is shown once, here."""
    return call.ask("membership", "add_client_secret", **call.path)


@route(
    "DELETE",
    "/v1/clients/{client_id}/secrets/{secret_id}",
    who=ADMIN,
    status=204,
    summary="Retire a secret",
    refusals={"no-such-secret": "The client has no such secret, or no longer."},
)
def retire_client_secret(call):
    """It opens nothing from now on; tokens already given for it live on for their ten minutes."""
    call.ask("membership", "retire_client_secret", **call.path)
