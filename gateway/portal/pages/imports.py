"""A roster from a file: read it, report row by row, import it."""

from typing import Any

from gateway.answers import Answer, see_other
from gateway.calls import Call
from gateway.portal.frame import gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.pages.staff import WHO
from gateway.portal.phrases import many, say
from gateway.routing import page
from services.kit.outcomes import RemoteRefusal

LARGEST_ROSTER = 12_000_000  # bytes
RUNNING = ("checking", "applying")
MODES: dict[str, dict[str, Any]] = {
    "check": {"dry_run": True},
    "all": {"mode": "all"},
    "partial": {"mode": "partial"},
}


@page("GET", "/staff/imports/new", who=WHO, query=SaidQuery, summary="Choose a roster")
def new_import(call: Call) -> Answer:
    return gather(call).show("import_new.html", how=call.query.get("how") or "check", form={})


@page("POST", "/staff/imports", who=WHO, limit=LARGEST_ROSTER, patience=30.0, summary="Read a roster")
def start_import(call: Call) -> Answer:
    content = call.files.get("file", ("", b""))[1]
    how = call.body.get("how", "check")
    creates = {"create_organizations": bool(call.body.get("create_organizations"))}
    if not content:
        text = say("Choose a file that holds the roster.")
        return _again(call, [{"field": "file", "text": text}], {"file": text})
    try:
        made = call.ask(
            "membership", "start_import", text=content, **MODES.get(how, MODES["check"]), **creates
        )
    except RemoteRefusal as refusal:
        return _again(call, *problems_of(refusal))
    return see_other(f"/staff/imports/{made['id']}")


@page("GET", "/staff/imports/{import_id}", who=WHO, query=SaidQuery, summary="How a roster import stands")
def show_import(call: Call) -> Answer:
    about = {"import_id": call.path["import_id"]}
    roster = call.ask("membership", "show_import", **about)
    found = gather(call, problems=("membership", "list_import_problems", about | {"limit": 100}))
    running = roster["standing"] in RUNNING
    return found.show(
        "import_show.html",
        job=roster | {"running": running, "sentence": _sentence(roster), "facts": _facts(roster)},
        rows=found.rows("problems"),
        more=max(0, roster["problems"] - len(found.rows("problems"))),
        is_taken=roster["standing"] == "done",
    )


def _again(call: Call, errors: list[dict[str, Any]], wrong: dict[str, Any]) -> Answer:
    how = call.body.get("how", "check")
    return gather(call).show("import_new.html", 422, errors=errors, wrong=wrong, how=how, form=call.body)


def _sentence(roster: dict[str, Any]) -> Any:
    """How it stands, in one sentence."""
    standing, good = roster["standing"], roster["good"]
    if standing == "checking":
        return say("Reading the file.")
    if standing == "applying":
        return say("%(done)s of %(people)s people imported", done=roster["done"], people=good)
    if standing == "refused":
        return roster["reason"] or say("Nothing was imported: some rows have problems.")
    if standing == "checked":
        return many("%(num)s row can be imported.", "%(num)s rows can be imported.", good)
    return many("%(num)s person is imported.", "%(num)s people are imported.", roster["done"])


def _facts(roster: dict[str, Any]) -> list[dict[str, Any]]:
    """What was counted; only what tells something at this standing."""
    counted = [{"label": say("Rows"), "value": roster["rows"]}]
    if roster["standing"] == "done":
        counted += [
            {"label": say("Added"), "value": roster["added"]},
            {"label": say("Changed"), "value": roster["changed"]},
            {"label": say("Unchanged"), "value": roster["unchanged"]},
            {"label": say("Left out"), "value": roster["skipped"] + roster["failed"]},
        ]
    elif roster["standing"] != "checking":
        counted += [
            {"label": say("Good rows"), "value": roster["good"]},
            {"label": say("Problems"), "value": roster["problems"], "is_bad": bool(roster["problems"])},
        ]
    return counted
