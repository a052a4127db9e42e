"""Signing in by an organization's own provider: sent there, received, and the providers of one's own account.

What the provider sends back is shown first (a GET changes nothing) and carried out by a form, which the
page's script presses. The attempt under way lies in a cookie of the browser that began it.
"""

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from gateway.answers import Answer, html, see_other
from gateway.calls import Call
from gateway.portal.frame import done, gather, plain_page, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.pages.entering import cookies_of, enter
from gateway.portal.render import render
from gateway.routes.connections import PATIENCE
from gateway.routes.identity import device_of, patiently
from gateway.routing import ANYONE, SIGNED_IN, page
from services.kit.outcomes import RemoteRefusal

SIGN_IN, LINK = "in", "link"  # what an attempt is for
MINE = "/me/connections"
RETURNED = ("code", "state", "iss", "error")
CALLBACK = "/sign-in/callback/{connection_id}"


class ReturnQuery(Schema):
    """What a provider sends a browser back with; it may add what it likes."""

    class Meta:
        unknown = EXCLUDE

    code = fields.String(validate=validate.Length(max=4096))
    state = fields.String(validate=validate.Length(max=200))
    iss = fields.String(validate=validate.Length(max=4096))
    error = fields.String(validate=validate.Length(max=4096))


@page(
    "GET",
    "/sign-in/with/{connection}",
    who=ANYONE,
    query=SaidQuery,
    patience=PATIENCE,
    summary="Go to an organization's own sign-in",
)
def go_to_provider(call: Call) -> Answer:
    here = {"connection": call.path["connection"], "origin": call.request.client}
    return _sent(call, SIGN_IN, lambda: patiently(call, "begin_connection_sign_in", **here))


@page("GET", CALLBACK, who=ANYONE, query=ReturnQuery, summary="Back from an organization's own sign-in")
def come_back(call: Call) -> Answer:
    if not _attempt(call):
        return see_other("/") if call.caller.kind == "person" else _not_accepted(call)
    returned = {name: call.query[name] for name in RETURNED if name in call.query}
    return plain_page(call).show("provider_back.html", returned=returned, path=call.request.path)


@page(
    "POST",
    CALLBACK,
    who=ANYONE,
    keyed=False,
    patience=PATIENCE,
    limit=20_000,
    summary="Sign in, or link, with what the provider sent",
)
def finish_return(call: Call) -> Answer:
    found = _attempt(call)
    if found is None:
        return _not_accepted(call)
    purpose, attempt = found
    returned = {name: call.body[name] for name in RETURNED if name in call.body} | {"attempt": attempt}
    returned |= {"connection_id": call.path["connection_id"], "state": returned.get("state", "")}
    try:
        answer = _linked(call, returned) if purpose == LINK else _signed_in(call, returned)
    except RemoteRefusal:
        answer = _not_accepted(call)
    answer.headers.append(("Set-Cookie", call.gateway.signins.forget_attempt()))
    return answer


@page("GET", MINE, who=SIGNED_IN, query=SaidQuery, summary="The providers I sign in with")
def identities(call: Call) -> Answer:
    return _identities(call)


@page(
    "GET",
    "/me/connections/with/{connection}",
    who=SIGNED_IN,
    query=SaidQuery,
    patience=PATIENCE,
    summary="Go to my organization's sign-in to link it",
)
def go_to_link(call: Call) -> Answer:
    return _sent(call, LINK, lambda: patiently(call, "begin_linking", connection=call.path["connection"]))


@page("POST", "/me/connections/{identity_id}/unlink", who=SIGNED_IN, summary="Unlink a provider")
def unlink(call: Call) -> Answer:
    try:
        call.ask("membership", "unlink_identity", identity_id=call.path["identity_id"])
    except RemoteRefusal as refusal:
        return _identities(call, 422, errors=problems_of(refusal)[0])
    return done(MINE, "unlinked")


def offer_connections(call: Call, hint: str) -> Answer:
    """Show whose sign-in a short name, or an address's domain, leads to; it tells of no person."""
    found = patiently(call, "find_connections", hint=hint, origin=call.request.client)
    return plain_page(call).show("sign_in.html", offered=found["data"], is_asked=True, email=hint)


def provider_sign_out(call: Call) -> str | None:
    """Return where this browser signs out of the provider it came by; None where it came by none."""
    found = call.together({"provider": ("membership", "show_provider_sign_out", {})})["provider"]
    return found["url"] if found else None


def signed_out_here(call: Call, url: str) -> Answer:
    """The page after a sign-out here, with the way to sign out of the provider at `url`."""
    return html(render("signed_out.html", url=url, menu=[]))


def _sent(call: Call, purpose: str, begin: Any) -> Answer:
    try:
        begun = begin()
    except RemoteRefusal:
        return _not_accepted(call)
    keeping = call.gateway.signins.keep_attempt(f"{purpose}.{begun['attempt']}")
    return Answer(303, headers=[("Location", begun["authorization_url"]), ("Set-Cookie", keeping)])


def _signed_in(call: Call, returned: dict[str, Any]) -> Answer:
    here = {"origin": call.request.client, "device": device_of(call)}
    return enter(call, patiently(call, "finish_connection_sign_in", **returned, **here))


def _linked(call: Call, returned: dict[str, Any]) -> Answer:
    try:
        patiently(call, "finish_linking", **returned)
    except RemoteRefusal as refusal:
        if refusal.code != "identity-taken":
            raise
        return _identities(call, 422, errors=problems_of(refusal)[0])
    return done(MINE, "linked")


def _attempt(call: Call) -> tuple[str, str] | None:
    """Return (what for, the sealed attempt) that this browser keeps, if any."""
    kept = call.gateway.signins.attempt(cookies_of(call))
    purpose, _, attempt = (kept or "").partition(".")
    return (purpose, attempt) if purpose in (SIGN_IN, LINK) and attempt else None


def _identities(call: Call, status: int = 200, **values: Any) -> Answer:
    found = gather(call, identities=("membership", "list_identities", {}))
    mine = found.parts["identities"] or {"data": [], "offered": []}
    return found.show(
        "identities.html",
        status,
        identities=mine["data"],
        offered=mine["offered"],
        is_down=found.is_down("identities"),
        **values,
    )


def _not_accepted(call: Call) -> Answer:
    """The one page for whatever was amiss."""
    return plain_page(call).show("provider_refused.html", 403)
