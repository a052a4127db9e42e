"""Signing in and out, who am I, and roles."""

from gateway.calls import Call
from gateway.devices import describe_device
from gateway.http import Problem
from gateway.routing import ANYONE, SIGNED_IN, roles, route
from gateway.schemas import identity as shapes
from services.kit.outcomes import RemoteRefusal

ADMIN = roles("network_admin")
GRANTERS = roles("network_admin", "program_staff")
WAITS = {"too-many-tries": "900", "too-many-guesses": "86400"}  # seconds
LINKS = {"cohorts": "/v1/me/cohorts", "next_session": "/v1/me/sessions/next", "notices": "/v1/me/notices"}


@route(
    "POST",
    "/v1/sign-ins",
    who=ANYONE,
    body=shapes.StartSignInBody,
    answer=shapes.EmptyAnswer,
    status=202,
    keyed=False,
    summary="Have a sign-in link sent",
)
def start_sign_in(call):
    """The answer is the same whether or not anybody is known by this address.

    A link works once, for ten minutes, for who knows the `verifier`; asking again ends the one before.
    """
    return patiently(call, "start_sign_in", origin=call.request.client, **call.body)


@route(
    "POST",
    "/v1/sign-ins/finish",
    who=ANYONE,
    body=shapes.FinishSignInBody,
    answer=shapes.TokensAnswer,
    summary="Sign in with the token of a link",
)
def finish_sign_in(call):
    """Spends the link. Asking again is refused, but under the same `Idempotency-Key` it is answered the same
    for a minute, for who did not get the answer.
    """
    return patiently(call, "finish_sign_in", device=device_of(call), request=call.key.key, **call.body)


@route(
    "POST",
    "/v1/sign-ins/password",
    who=ANYONE,
    body=shapes.PasswordSignInBody,
    answer=shapes.TokensAnswer,
    keyed=False,
    summary="Sign in with a password",
)
def sign_in_with_password(call):
    here = {"origin": call.request.client, "device": device_of(call)}
    return patiently(call, "password_sign_in", **here, **call.body)


@route(
    "POST",
    "/v1/sign-ins/refresh",
    who=ANYONE,
    body=shapes.RefreshBody,
    answer=shapes.TokensAnswer,
    summary="Exchange a refresh token",
)
def refresh_tokens(call):
    """A refresh token that comes a second time ends the whole sign-in, unless it comes within ten seconds, or
    within a minute under the same `Idempotency-Key`.
    """
    return patiently(call, "refresh_tokens", request=call.key.key, **call.body)


@route("DELETE", "/v1/sign-ins/current", who=SIGNED_IN, status=204, keyed=False, summary="Sign out")
def sign_out(call):
    call.ask("membership", "sign_out")


@route(
    "PUT",
    "/v1/me/password",
    who=SIGNED_IN,
    body=shapes.SetPasswordBody,
    status=204,
    keyed=False,
    summary="Set my password",
)
def set_password(call):
    """At least 12 characters; needs the present one, unless a sign-in by link is younger than 15 minutes."""
    patiently(call, "set_password", **call.body)


@route(
    "GET",
    "/v1/me",
    who=SIGNED_IN,
    answer=shapes.MeAnswer,
    revalidated=True,
    summary="Who am I, and what may I do",
)
def show_me(call):
    return call.ask("membership", "show_me") | {"links": LINKS}


@route(
    "GET", "/v1/network", who=SIGNED_IN, answer=shapes.NetworkAnswer, revalidated=True, summary="My network"
)
def show_network(call):
    return call.ask("membership", "show_network")


@route(
    "PATCH",
    "/v1/network",
    who=ADMIN,
    body=shapes.ChangeNetworkBody,
    answer=shapes.NetworkAnswer,
    guarded=True,
    summary="Change my network's settings",
)
def change_network(call):
    """Access tokens given out before say what was so then, for ten minutes at most."""
    return call.ask("membership", "change_network", **call.body)


@route(
    "POST",
    "/v1/roles",
    who=GRANTERS,
    body=shapes.GrantRoleBody,
    answer=shapes.RoleAnswer,
    status=201,
    summary="Grant a role to a person",
)
def grant_role(call):
    """Granting a role that is held already changes until when it is; a guest's always ends at a time.

    Admins grant every role, program staff facilitators, recipients and guests.
    """
    return call.ask("membership", "grant_role", **call.body)


@route(
    "GET",
    "/v1/roles",
    who=ADMIN,
    query=shapes.RolesQuery,
    answer=shapes.RoleAnswer,
    paged=True,
    summary="Who holds which role now",
)
def list_roles(call):
    return call.ask("membership", "list_roles", **call.query)


@route("DELETE", "/v1/roles/{role_id}", who=GRANTERS, status=204, summary="Take a role back")
def revoke_role(call):
    call.ask("membership", "revoke_role", role_id=call.path["role_id"])


def device_of(call: Call) -> str:
    """What signs in, in the few words of `gateway/devices.py`."""
    return describe_device(call.request.fields.get("user-agent", ""))


def patiently(call: Call, name: str, **payload) -> dict:
    """Ask membership; tries that came too often are a 429. Raises: Problem, RemoteRefusal."""
    try:
        return call.ask("membership", name, **payload)
    except RemoteRefusal as refusal:
        if refusal.code not in WAITS:
            raise
        wait = [("Retry-After", WAITS[refusal.code])]
        raise Problem(429, refusal.code, refusal.message, headers=wait) from None
