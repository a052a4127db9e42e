"""Who holds which role, for network admins: granting and taking back."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import fields, validate

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.frame import Page, done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.pages.audit import day_in
from gateway.portal.phrases import say
from gateway.routing import page, roles
from gateway.schemas.identity import ROLES
from services.kit.outcomes import RemoteRefusal

PATH = "/staff/roles"
ADMIN = roles("network_admin")
LABELS = {"role": say("Role"), "until": say("Last day")}


class RolesPageQuery(SaidQuery):
    """`person_id`: whose roles are shown and granted."""

    person_id = fields.String(load_default="", validate=validate.Length(max=80))


@page("GET", PATH, who=ADMIN, query=RolesPageQuery, summary="Who holds which role")
def held_roles(call: Call) -> Answer:
    return _show(call, call.query["person_id"])


@page("POST", PATH, who=ADMIN, summary="Grant a role")
def grant_role(call: Call) -> Answer:
    person_id = call.body.get("person_id", "")
    person = call.ask("membership", "show_person", person_id=person_id)
    wanted = {"person_id": person_id, "role": call.body.get("role", "")}
    if wanted["role"] == "organization_admin":
        wanted["organization_id"] = person["organization_id"]
    last = day_in(call.body.get("until", ""))
    if last is not None:
        ends = datetime.combine(last + timedelta(days=1), time(), ZoneInfo(gather(call).zone))
        wanted["until"] = ends.astimezone(UTC).isoformat()
    try:
        call.ask("membership", "grant_role", **wanted)
    except RemoteRefusal as refusal:
        errors, wrong = problems_of(refusal, LABELS)
        return _show(call, person_id, 422, errors=errors, wrong=wrong, form=call.body)
    return done(f"{PATH}?person_id={person['id']}", "granted", "&")


@page("POST", f"{PATH}/{{role_id}}/revoke", who=ADMIN, summary="Take a role back")
def revoke_role(call: Call) -> Answer:
    try:
        call.ask("membership", "revoke_role", role_id=call.path["role_id"])
    except RemoteRefusal as refusal:
        if refusal.kind == "not-found":
            raise
        errors, _ = problems_of(refusal)
        return _show(call, "", 422, errors=errors)
    return done(PATH, "taken")


def _show(call: Call, person_id: str, status: int = 200, **values: Any) -> Answer:
    asked = {"limit": 100} | ({"person_id": person_id} if person_id else {})
    after = {"after": call.query["after"]} if call.query.get("after") else {}
    listed = call.ask("membership", "list_roles", **asked, **after)
    shown: Page = gather(call)
    person = call.ask("membership", "show_person", person_id=person_id) if person_id else None
    belongs = bool((person or {}).get("organization_id"))
    offered = [name for name in ROLES if belongs or name != "organization_admin"]
    next_url = f"{PATH}?after={listed['next']}" if listed["next"] else None
    found = {"roles": listed["data"], "person": person, "offered": offered, "next_url": next_url}
    return shown.show("roles.html", status, **found, **values)
