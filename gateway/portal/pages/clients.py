"""Partner systems, kept by network admins: what each may, its secrets, and its end."""

from typing import Any

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.frame import done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.routes.clients import ADMIN
from gateway.routing import page
from services.contracts.scopes import SCOPES
from services.kit.outcomes import RemoteRefusal

LIST, ONE = "/staff/clients", "/staff/clients/{client_id}"
MAY = "may:"  # before the name of each scope's box
LABELS = {
    "display_name": say("Name of the partner system"),
    "scopes": say("What it may do"),
    "jwks_uri": say("Address of its public keys"),
}
STANDINGS = {"active": say("Active"), "disabled": say("Disabled")}
WAYS = {
    "client_secret_basic": say("By a secret that we give it"),
    "private_key_jwt": say("By a key of its own, which it publishes"),
}


@page("GET", LIST, who=ADMIN, query=SaidQuery, summary="Partner systems")
def clients(call: Call) -> Answer:
    return _clients(call)


@page("POST", LIST, who=ADMIN, summary="Register a partner system")
def register_client(call: Call) -> Answer:
    organization, url = (call.body.get(name, "").strip() for name in ("organization_id", "jwks_uri"))
    wanted = _words(call.body)
    wanted |= {"organization_id": organization} if organization else {}
    if call.body.get("auth_method") == "private_key_jwt":
        wanted |= {"auth_method": "private_key_jwt"} | ({"jwks_uri": url} if url else {})
    try:
        made = call.ask("membership", "register_client", **wanted)
    except RemoteRefusal as refusal:
        errors, wrong = problems_of(refusal, LABELS)
        return _clients(call, 422, errors=errors, wrong=wrong, form=call.body)
    return _show(call, made, secret=made.get("secret"), is_new=True)


@page("GET", ONE, who=ADMIN, query=SaidQuery, summary="One partner system")
def client(call: Call) -> Answer:
    return _client(call)


@page("POST", ONE, who=ADMIN, summary="Change what a partner system is called or may")
def change_client(call: Call) -> Answer:
    return _done(call, "change_client", **_words(call.body))


@page("POST", ONE + "/standing", who=ADMIN, summary="Disable a partner system, or let it in again")
def set_client_standing(call: Call) -> Answer:
    return _done(call, "set_client_standing", standing=call.body.get("standing", ""))


@page("POST", ONE + "/secrets", who=ADMIN, summary="Give a partner system a second secret")
def add_client_secret(call: Call) -> Answer:
    try:
        made = call.ask("membership", "add_client_secret", **call.path)
    except RemoteRefusal as refusal:
        return _refused(call, refusal)
    return _show(call, made, secret=made.get("secret"), is_new=True)


@page("POST", ONE + "/secrets/{secret_id}/retire", who=ADMIN, summary="Retire a secret")
def retire_client_secret(call: Call) -> Answer:
    return _done(call, "retire_client_secret", secret_id=call.path["secret_id"])


def _clients(call: Call, status: int = 200, **values: Any) -> Answer:
    after = {"after": call.query["after"]} if call.query.get("after") else {}
    listed = call.ask("membership", "list_clients", limit=100, **after)
    found = gather(call, organizations=("membership", "list_organizations", {"limit": 100}))
    names = {one["id"]: one["display_name"] for one in found.rows("organizations")}
    rows = [_said(one) | {"organization": names.get(one["organization_id"], "")} for one in listed["data"]]
    return found.show(
        "clients.html",
        status,
        clients=rows,
        organizations=found.rows("organizations"),
        scopes=_boxes(values.setdefault("form", {})),
        ways=WAYS,
        next_url=f"{LIST}?after={listed['next']}" if listed["next"] else None,
        **values,
    )


def _client(call: Call, status: int = 200, **values: Any) -> Answer:
    kept = call.ask("membership", "show_client", client_id=call.path["client_id"])
    return _show(call, kept, status, **values)


def _show(call: Call, kept: dict[str, Any], status: int = 200, **values: Any) -> Answer:
    form = {"display_name": kept["display_name"]} | {MAY + scope: "1" for scope in kept["scopes"]}
    form = values.pop("form", form)
    said = {"client": _said(kept), "form": form, "scopes": _boxes(form)}
    return gather(call).show("client.html", status, **said, **values)


def _done(call: Call, ask: str, **wanted: Any) -> Answer:
    try:
        call.ask("membership", ask, client_id=call.path["client_id"], **wanted)
    except RemoteRefusal as refusal:
        return _refused(call, refusal)
    return done(f"{LIST}/{call.path['client_id']}", "saved")


def _refused(call: Call, refusal: RemoteRefusal) -> Answer:
    if refusal.kind in ("not-found", "forbidden"):
        raise refusal
    errors, wrong = problems_of(refusal, LABELS)
    form = {"form": call.body} if wrong else {}
    return _client(call, 422, errors=errors, wrong=wrong, **form)


def _words(form: dict[str, str]) -> dict[str, Any]:
    scopes = [scope for scope in SCOPES if form.get(MAY + scope)]
    return {"display_name": form.get("display_name", "").strip(), "scopes": scopes}


def _boxes(form: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"field": MAY + scope, "name": scope, "opens": opens, "checked": bool(form.get(MAY + scope))}
        for scope, opens in SCOPES.items()
    ]


def _said(kept: dict[str, Any]) -> dict[str, Any]:
    is_signing = kept["auth_method"] == "private_key_jwt"
    return kept | {"stands": STANDINGS[kept["standing"]], "is_signing": is_signing}
