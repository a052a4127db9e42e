"""Organizations' own identity providers: kept by admins, signed in by, linked by people."""

from typing import Any

from gateway.calls import Call
from gateway.routes.identity import device_of, patiently
from gateway.routing import ANYONE, SIGNED_IN, roles, route
from gateway.schemas import connections as shapes
from gateway.schemas.identity import TokensAnswer

KEEPERS = roles("network_admin", "organization_admin")
PATIENCE = 20.0  # seconds; a provider is asked up to four times
LIST = "/v1/organizations/{organization_id}/connections"
ONE = LIST + "/{connection_id}"
UNUSABLE = {"connection-unusable": "It contradicts itself, or its provider cannot be used as it is."}
NOT_ACCEPTED = {"sign-in-not-accepted": "Something was amiss; what it was is not told, nothing was changed."}


@route(
    "POST",
    LIST,
    who=KEEPERS,
    body=shapes.AddConnectionBody,
    answer=shapes.ConnectionAnswer,
    status=201,
    location=ONE.replace("connection_id", "id"),
    refusals=UNUSABLE | {"slug-taken": "Another connection is reached by this slug."},
    summary="Connect an organization's identity provider",
)
def add_connection(call):
    """A draft at first. The client secret is kept sealed and never shown again."""
    return shown(call, call.ask("membership", "add_connection", **call.path, **call.body))


@route(
    "GET",
    LIST,
    who=KEEPERS,
    answer=shapes.ConnectionAnswer,
    paged=True,
    summary="An organization's identity providers",
)
def list_connections(call):
    listed = call.ask("membership", "list_connections", **call.path)
    return listed | {"data": [shown(call, each) for each in listed["data"]]}


@route(
    "GET",
    ONE,
    who=KEEPERS,
    answer=shapes.ConnectionAnswer,
    revalidated=True,
    summary="One identity provider",
)
def show_connection(call):
    return shown(call, call.ask("membership", "show_connection", **call.path))


@route(
    "PATCH",
    ONE,
    who=KEEPERS,
    body=shapes.ChangeConnectionBody,
    answer=shapes.ConnectionAnswer,
    guarded=True,
    patience=PATIENCE,
    refusals=UNUSABLE | {"slug-taken": "Another connection is reached by this slug."},
    summary="Change, activate or disable an identity provider",
)
def change_connection(call):
    """A new `client_secret` replaces the former at once."""
    return shown(call, call.ask("membership", "change_connection", **call.path, **call.body))


@route(
    "POST",
    ONE + "/tests",
    who=KEEPERS,
    answer=shapes.TestedAnswer,
    keyed=False,
    patience=PATIENCE,
    summary="Ask the provider what it is",
)
def test_connection(call):
    """Reads the provider's description and keys anew, and says what is amiss; nothing is changed."""
    return patiently(call, "test_connection", **call.path)


@route(
    "POST",
    "/v1/sign-ins/connections",
    who=ANYONE,
    body=shapes.FindConnectionsBody,
    answer=shapes.FoundConnections,
    keyed=False,
    summary="Find an organization's own sign-in",
)
def find_connections(call):
    """The answer follows from the slug, or from the domain of an address, alone: it tells of no person."""
    return patiently(call, "find_connections", origin=call.request.client, **call.body)


@route(
    "POST",
    "/v1/sign-ins/connections/{connection_id}",
    who=ANYONE,
    answer=shapes.BegunAnswer,
    keyed=False,
    patience=PATIENCE,
    refusals=NOT_ACCEPTED,
    summary="Begin to sign in by an organization's provider",
)
def begin_connection_sign_in(call):
    """An authorization request with PKCE, good for ten minutes and one return."""
    name, origin = call.path["connection_id"], call.request.client
    return patiently(call, "begin_connection_sign_in", connection=name, origin=origin)


@route(
    "POST",
    "/v1/sign-ins/connections/{connection_id}/finish",
    who=ANYONE,
    body=shapes.FinishBody,
    answer=TokensAnswer,
    keyed=False,
    patience=PATIENCE,
    refusals=NOT_ACCEPTED,
    summary="Sign in with what the provider sent back",
)
def finish_connection_sign_in(call):
    """Whatever is amiss, the refusal is the same. By itself such a sign-in opens no confidential text."""
    here = {"origin": call.request.client, "device": device_of(call)}
    return patiently(call, "finish_connection_sign_in", **call.path, **here, **call.body)


@route(
    "GET",
    "/v1/sign-ins/current/provider",
    who=SIGNED_IN,
    answer=shapes.ProviderSignOutAnswer,
    patience=PATIENCE,
    summary="Where to sign out of the provider too",
)
def show_provider_sign_out(call):
    """Ask before signing out here. The address holds the ID token: hand it to that browser alone."""
    return call.ask("membership", "show_provider_sign_out")


@route(
    "GET",
    "/v1/me/identities",
    who=SIGNED_IN,
    answer=shapes.IdentitiesAnswer,
    summary="The providers I sign in with",
)
def list_identities(call):
    return call.ask("membership", "list_identities")


@route(
    "POST",
    "/v1/me/identities/begin",
    who=SIGNED_IN,
    body=shapes.BeginLinkingBody,
    answer=shapes.BegunAnswer,
    keyed=False,
    patience=PATIENCE,
    refusals=NOT_ACCEPTED,
    summary="Begin to link my organization's provider",
)
def begin_linking(call):
    return patiently(call, "begin_linking", connection=call.body["connection_id"])


@route(
    "POST",
    "/v1/me/identities",
    who=SIGNED_IN,
    body=shapes.FinishLinkingBody,
    answer=shapes.IdentityAnswer,
    status=201,
    keyed=False,
    patience=PATIENCE,
    refusals=NOT_ACCEPTED | {"identity-taken": "Somebody else signs in with it."},
    summary="Link what the provider sent back",
)
def finish_linking(call):
    return patiently(call, "finish_linking", **call.body)


@route("DELETE", "/v1/me/identities/{identity_id}", who=SIGNED_IN, status=204, summary="Unlink a provider")
def unlink_identity(call):
    """From now on it signs me in no more, until I link it again myself."""
    call.ask("membership", "unlink_identity", **call.path)


def shown(call: Call, connection: dict[str, Any]) -> dict[str, Any]:
    """Return the connection with the addresses that the provider and people need."""
    public = call.gateway.public_url
    return connection | {
        "callback_url": f"{public}/sign-in/callback/{connection['id']}",
        "sign_in_url": f"{public}/sign-in/with/{connection['slug']}",
    }
