"""The audit trail of a network: who did what, and who read whom."""

from datetime import UTC, datetime

from gateway.answers import Answer, download
from gateway.exports import as_csv, as_json_lines
from gateway.http import Problem
from gateway.routing import roles, route
from gateway.schemas import audit as shapes

ADMIN = roles("network_admin")
MOST = 20_000  # entries of one export
COLUMNS = ("sequence", "at", "kind", "text", "service", "actor_kind", "actor_id", "actor_name")
MORE_COLUMNS = ("about", "word", "request_id", "hash")


@route(
    "GET",
    "/v1/audit",
    who=ADMIN,
    query=shapes.AuditQuery,
    answer=shapes.AuditEntryAnswer,
    paged=True,
    summary="The audit trail",
)
def list_audit(call):
    """Newest first. An entry appears a moment after what it tells of; it holds ids, names are looked up."""
    return call.ask("membership", "list_audit", **_filter(call.query))


@route(
    "GET",
    "/v1/audit/export",
    who=ADMIN,
    query=shapes.AuditExportQuery,
    answers_media="text/csv, application/jsonl",
    patience=30.0,
    summary="Export the audit trail",
    refusals={"audit-too-long": "More than 20,000 entries: ask for a shorter time."},
)
def export_audit(call):
    """Newest first, as CSV or as JSON lines. The export itself is in the trail."""
    return exported(call)


def exported(call) -> Answer:
    """Return the file that the query asks for. Raises: Problem 409 when it would be too long."""
    rows: list[dict] = []
    wanted, after = _filter(call.query), dict[str, str]()
    while True:
        part = call.ask("membership", "export_audit", **wanted, **after)
        rows += part["data"]
        if not part["next"]:
            break
        if len(rows) >= MOST:
            raise Problem(409, "audit-too-long", "more than 20,000 entries: ask for a shorter time")
        after = {"after": part["next"]}
    name = f"audit-{datetime.now(UTC):%Y-%m-%d}"
    if call.query.get("format") == "jsonl":
        return download(as_json_lines(rows), "application/jsonl", f"{name}.jsonl")
    return download(as_csv(COLUMNS + MORE_COLUMNS, map(_row, rows)), "text/csv; charset=utf-8", f"{name}.csv")


def _filter(query):
    names = ("kind", "actor_id", "about", "since", "until")
    times = {name: query[name].isoformat() for name in ("since", "until") if query.get(name)}
    return {name: query[name] for name in names if query.get(name)} | times


def _row(entry):
    actor = entry["actor"]
    plain = [entry[name] for name in ("sequence", "at", "kind", "text", "service")]
    about = " ".join(one["id"] for one in entry["about"])
    after = [about, entry["word"], entry["request_id"], entry["hash"]]
    return [*plain, actor["kind"], actor["id"], actor["name"], *after]
