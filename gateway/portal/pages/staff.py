"""Program staff's pages: organizations, people, roster imports, cohorts."""

from typing import Any

from gateway.answers import Answer, see_other
from gateway.calls import Call
from gateway.portal.frame import STAFF, done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.routing import page, roles
from services.kit.outcomes import RemoteRefusal

WHO = roles(*STAFF)
LARGEST_ROSTER = 12_000_000  # bytes
RUNNING = ("checking", "running", "applying", "queued", "reading")
MODES = {"check": {"dry_run": True}, "all": {"mode": "all"}, "partial": {"mode": "partial"}}


@page("GET", "/staff", who=WHO, query=SaidQuery, summary="What waits for staff")
def staff(call: Call) -> Answer:
    return _staff(call)


@page("POST", "/staff/organizations", who=WHO, summary="Add an organization")
def add_organization(call: Call) -> Answer:
    try:
        call.ask("membership", "add_organization", display_name=call.body.get("display_name", ""))
    except RemoteRefusal as refusal:
        errors, wrong = problems_of(refusal)
        return _staff(call, 422, errors=errors, wrong=wrong, form=call.body)
    return done("/staff", "added")


@page("GET", "/staff/people", who=WHO, query=SaidQuery, summary="People of the network")
def people(call: Call) -> Answer:
    payload = {"limit": 100} | ({"after": call.query["after"]} if call.query["after"] else {})
    listed = call.ask("membership", "list_people", **payload)
    page = gather(call, organizations=("membership", "list_organizations", {"limit": 100}))
    names = {one["id"]: one["display_name"] for one in _data(page.parts["organizations"])}
    rows = [one | {"organization_name": names.get(one["organization_id"], "")} for one in listed["data"]]
    following = listed["next"]
    return page.show("people.html", people=rows, next_url=following and f"/staff/people?after={following}")


@page("GET", "/staff/imports/new", who=WHO, query=SaidQuery, summary="Choose a roster")
def new_import(call: Call) -> Answer:
    return gather(call).show("import_new.html")


@page("POST", "/staff/imports", who=WHO, limit=LARGEST_ROSTER, patience=30.0, summary="Read a roster")
def start_import(call: Call) -> Answer:
    content = call.files.get("file", ("", b""))[1]
    how = MODES.get(call.body.get("how", "check"), MODES["check"])
    try:
        creates = {"create_organizations": bool(call.body.get("create_organizations"))}
        made = call.ask("membership", "start_import", text=content, **how, **creates)
    except RemoteRefusal as refusal:
        return gather(call).show("import_new.html", 422, errors=problems_of(refusal)[0])
    return see_other(f"/staff/imports/{made['id']}")


@page("GET", "/staff/imports/{import_id}", who=WHO, query=SaidQuery, summary="How a roster import stands")
def show_import(call: Call) -> Answer:
    import_id = call.path["import_id"]
    roster = call.ask("membership", "show_import", import_id=import_id)
    found = gather(
        call, problems=("membership", "list_import_problems", {"import_id": import_id, "limit": 100})
    )
    rows = _data(found.parts["problems"])
    return found.show("import_show.html", job=roster | _how_it_stands(roster), rows=rows)


@page("GET", "/staff/cohorts", who=WHO, query=SaidQuery, summary="All cohorts")
def cohorts(call: Call) -> Answer:
    page = gather(call, cohorts=("membership", "list_cohorts", {"limit": 100}))
    listed = _data(page.parts["cohorts"])
    return page.show("cohorts.html", cohorts=listed, base="/staff/cohorts", title="Cohorts")


@page("GET", "/staff/cohorts/{cohort_id}", who=WHO, query=SaidQuery, summary="A cohort: dates, never text")
def cohort(call: Call) -> Answer:
    cohort_id = call.path["cohort_id"]
    shown = call.ask("membership", "show_cohort", cohort_id=cohort_id)
    page = gather(call, sessions=("scheduling", "list_sessions", {"cohort_id": cohort_id, "limit": 100}))
    return page.show("staff_cohort.html", cohort=shown, sessions=_data(page.parts["sessions"]))


def _staff(call: Call, status: int = 200, **values: Any) -> Answer:
    page = gather(
        call,
        programs=("membership", "list_programs", {"limit": 100}),
        organizations=("membership", "list_organizations", {"limit": 100}),
    )
    return page.show(
        "staff.html",
        status,
        network_name=((page.me or {}).get("network") or {}).get("display_name", ""),
        programs=_data(page.parts["programs"]),
        programs_down=not page.parts["programs"],
        organizations=_data(page.parts["organizations"]),
        **values,
    )


def _how_it_stands(roster: dict[str, Any]) -> dict[str, Any]:
    """The sentence and the bar of an import."""
    counts = (
        f"{roster['rows']} rows: {roster['added']} added, {roster['changed']} changed, "
        f"{roster['unchanged']} unchanged, {roster['skipped']} left out"
    )
    if roster["dry_run"]:
        counts = (
            f"{roster['rows']} rows: {roster['good']} can be imported, {roster['problems']} have problems"
        )
    running = roster["standing"] in RUNNING
    return {
        "running": running,
        "sentence": f"{roster['done']} of {roster['good']} people imported" if running else counts,
        "total": roster["good"] if running else 0,
        "finished": not running and not roster["dry_run"],
    }


def _data(found: Any) -> list[dict[str, Any]]:
    return found["data"] if found else []
