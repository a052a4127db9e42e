"""The audit trail, for network admins."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from marshmallow import EXCLUDE, Schema, fields, validate

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.frame import Page, gather, problems_of
from gateway.routing import page, roles
from gateway.schemas.identity import ID
from services.contracts.audit import KINDS
from services.kit.outcomes import RemoteRefusal

PATH = "/staff/audit"
ROWS = 50
FILTERS = ("kind", "about", "actor_id", "since", "until")


class AuditPageQuery(Schema):
    """What to show; what cannot be read is left out, and the form shows it so."""

    class Meta:
        unknown = EXCLUDE

    kind = fields.String(load_default="", validate=validate.Length(max=40))
    about = fields.String(load_default="", validate=validate.Length(max=80))
    actor_id = fields.String(load_default="", validate=validate.Length(max=80))
    since = fields.String(load_default="", validate=validate.Length(max=10))
    until = fields.String(load_default="", validate=validate.Length(max=10))
    after = fields.String(load_default="", validate=validate.Length(max=200))


@page("GET", PATH, who=roles("network_admin"), query=AuditPageQuery, summary="The audit trail")
def audit(call: Call) -> Answer:
    shown = gather(call)
    wanted = _wanted(call.query, shown)
    try:
        listed = call.ask("membership", "list_audit", limit=ROWS, **_after(call), **wanted)
    except RemoteRefusal as refusal:
        if refusal.kind != "invalid":
            raise
        errors, _ = problems_of(refusal)
        return _show(call, shown, {"data": [], "next": None}, wanted, 422, errors=errors)
    return _show(call, shown, listed, wanted)


def _show(
    call: Call, shown: Page, listed: dict[str, Any], wanted: dict[str, Any], status: int = 200, **values: Any
) -> Answer:
    asked = {name: call.query[name] for name in FILTERS if call.query[name]}
    following = f"{PATH}?{urlencode(asked | {'after': listed['next']})}" if listed["next"] else None
    return shown.show(
        "audit.html",
        status,
        entries=listed["data"],
        kinds=sorted(KINDS.items(), key=lambda kind: kind[1]),
        form=call.query,
        next_url=following,
        csv_url=f"/v1/audit/export?{urlencode(wanted | {'format': 'csv'})}",
        lines_url=f"/v1/audit/export?{urlencode(wanted | {'format': 'jsonl'})}",
        **values,
    )


def _wanted(query: dict[str, Any], shown: Page) -> dict[str, Any]:
    """The filter for the ask: days are the reader's own."""
    zone = ZoneInfo(shown.zone)
    wanted = {"kind": query["kind"]} if query["kind"] in KINDS else {}
    wanted |= {name: query[name] for name in ("about", "actor_id") if _is_id(query[name])}
    since, until = day_in(query["since"]), day_in(query["until"])
    if since is not None:
        wanted["since"] = _begins(since, zone)
    if until is not None:
        wanted["until"] = _begins(until + timedelta(days=1), zone)
    return wanted


def _is_id(text: str) -> bool:
    try:
        return bool(text) and ID(text) is not None
    except ValueError:
        return False


def day_in(text: str) -> date | None:
    """Return the day that a form field names; None where it names none."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1970 < found.year < 9000 else None


def _begins(day: date, zone: ZoneInfo) -> str:
    return datetime.combine(day, time(), zone).astimezone(UTC).isoformat()


def _after(call: Call) -> dict[str, str]:
    return {"after": call.query["after"]} if call.query["after"] else {}
