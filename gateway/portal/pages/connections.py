"""Organizations' own identity providers, kept by admins of the network or of the organization."""

import re
from typing import Any

from gateway.answers import Answer, see_other
from gateway.calls import Call
from gateway.portal.frame import done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.routes.connections import KEEPERS, PATIENCE, shown
from gateway.routes.identity import patiently
from gateway.routing import page
from services.kit.outcomes import RemoteRefusal

LIST, ONE = "/staff/connections", "/staff/connections/{connection_id}"
REQUIRED = ("display_name", "slug", "client_id", "client_secret")
OPTIONAL = ("tenant", "hosted_domain", "external_id_claim")
LABELS = {
    "display_name": say("Name of the sign-in"),
    "slug": say("Short name"),
    "issuer": say("Issuer"),
    "client_id": say("Client id"),
    "client_secret": say("Client secret"),
    "tenant": say("Tenant"),
    "hosted_domain": say("Hosted domain"),
    "email_domains": say("Mail domains"),
    "external_id_claim": say("Claim with the external id"),
}
STANDINGS = {"draft": say("Draft"), "active": say("Active"), "disabled": say("Disabled")}


@page("GET", LIST, who=KEEPERS, query=SaidQuery, summary="Organizations' own sign-ins")
def connections(call: Call) -> Answer:
    return _connections(call)


@page("POST", LIST, who=KEEPERS, summary="Connect an organization's identity provider")
def add_connection(call: Call) -> Answer:
    organization = _own(call) or call.body.get("organization_id", "")
    wanted = _wanted(call.body, (*REQUIRED, "issuer"))
    try:
        made = call.ask("membership", "add_connection", organization_id=organization, **wanted)
    except RemoteRefusal as refusal:
        errors, wrong = problems_of(refusal, LABELS)
        return _connections(call, 422, errors=errors, wrong=wrong, form=call.body)
    return see_other(f"{LIST}/{made['id']}?said=added")


@page("GET", ONE, who=KEEPERS, query=SaidQuery, summary="One organization's own sign-in")
def connection(call: Call) -> Answer:
    return _connection(call)


@page("POST", ONE, who=KEEPERS, patience=PATIENCE, summary="Change, activate or disable it")
def change_connection(call: Call) -> Answer:
    standing = call.body.get("standing")
    wanted = {"standing": standing} if standing else _wanted(call.body, REQUIRED[:3])
    try:
        call.ask("membership", "change_connection", **_named(call), **wanted)
    except RemoteRefusal as refusal:
        errors, wrong = problems_of(refusal, LABELS)
        return _connection(call, 422, errors=errors, wrong=wrong, form=call.body)
    return done(f"{LIST}/{call.path['connection_id']}", "saved")


@page(
    "POST",
    ONE + "/test",
    who=KEEPERS,
    keyed=False,
    patience=PATIENCE,
    summary="Ask the provider what it is",
)
def test_connection(call: Call) -> Answer:
    return _connection(call, tested=patiently(call, "test_connection", **_named(call)))


def _connections(call: Call, status: int = 200, **values: Any) -> Answer:
    own = _own(call)
    listed = call.ask("membership", "list_connections", organization_id=own, limit=100)
    found = gather(call, organizations=("membership", "list_organizations", {"limit": 100}))
    names = {one["id"]: one["display_name"] for one in found.rows("organizations")}
    rows = [
        one | {"organization": names.get(one["organization_id"], ""), "stands": STANDINGS[one["standing"]]}
        for one in listed["data"]
    ]
    choices = [] if own else found.rows("organizations")
    shown_form = {"admits_newcomers": "1"} | values.pop("form", {})
    return found.show(
        "connections.html", status, connections=rows, organizations=choices, form=shown_form, **values
    )


def _connection(call: Call, status: int = 200, **values: Any) -> Answer:
    kept = shown(call, call.ask("membership", "show_connection", **_named(call)))
    form = kept | {"email_domains": ", ".join(kept["email_domains"])} | values.pop("form", {})
    kept["stands"] = STANDINGS[kept["standing"]]
    return gather(call).show("connection.html", status, connection=kept, form=form, **values)


def _named(call: Call) -> dict[str, Any]:
    return {"connection_id": call.path["connection_id"], "organization_id": _own(call)}


def _own(call: Call) -> str | None:
    """The organization that an organization's admin keeps; None for who keeps the whole network."""
    return None if "network_admin" in call.caller.roles else call.caller.organization_id


def _wanted(form: dict[str, str], required: tuple[str, ...]) -> dict[str, Any]:
    """What the form says, as the ask takes it; an empty secret keeps the former one."""
    wanted: dict[str, Any] = {name: form.get(name, "").strip() for name in required}
    wanted |= {name: form.get(name, "").strip() or None for name in OPTIONAL}
    wanted["email_domains"] = [each for each in re.split(r"[\s,;]+", form.get("email_domains", "")) if each]
    wanted["admits_newcomers"] = bool(form.get("admits_newcomers"))
    secret = form.get("client_secret", "").strip()
    return wanted | ({"client_secret": secret} if secret else {})
