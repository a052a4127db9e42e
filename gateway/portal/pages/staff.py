"""Program staff's pages: organizations, people, cohorts. Imports are in `imports`."""

import re
from typing import Any

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.frame import STAFF, done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.pages.member import dated
from gateway.portal.phrases import say
from gateway.routing import page, roles
from services.kit.outcomes import RemoteRefusal

WHO = roles(*STAFF)
LABELS = {"display_name": say("Name of the organization")}


@page("GET", "/staff", who=WHO, query=SaidQuery, summary="What waits for staff")
def staff(call: Call) -> Answer:
    return _staff(call)


@page("POST", "/staff/organizations", who=WHO, summary="Add an organization")
def add_organization(call: Call) -> Answer:
    try:
        call.ask("membership", "add_organization", display_name=call.body.get("display_name", "").strip())
    except RemoteRefusal as refusal:
        errors, wrong = problems_of(refusal, LABELS)
        return _staff(call, 422, errors=errors, wrong=wrong, form=call.body)
    return done("/staff", "added")


@page("GET", "/staff/people", who=WHO, query=SaidQuery, summary="People of the network")
def people(call: Call) -> Answer:
    listed = call.ask("membership", "list_people", **_part_of_list(call))
    page = gather(call, organizations=("membership", "list_organizations", {"limit": 100}))
    names = {one["id"]: one["display_name"] for one in page.rows("organizations")}
    rows = [one | {"organization_name": names.get(one["organization_id"], "")} for one in listed["data"]]
    is_admin = call.caller.has_role("network_admin")
    return page.show(
        "people.html", people=rows, is_admin=is_admin, next_url=_next_url("/staff/people", listed)
    )


@page("GET", "/staff/cohorts", who=WHO, query=SaidQuery, summary="All cohorts")
def cohorts(call: Call) -> Answer:
    listed = call.ask("membership", "list_cohorts", **_part_of_list(call))
    rows = sorted((one | {"signed": _signed(one)} for one in listed["data"]), key=_by_number)
    return gather(call).show("staff_cohorts.html", cohorts=rows, next_url=_next_url("/staff/cohorts", listed))


@page("GET", "/staff/cohorts/{cohort_id}", who=WHO, query=SaidQuery, summary="A cohort: dates, never text")
def cohort(call: Call) -> Answer:
    cohort_id = call.path["cohort_id"]
    shown = call.ask("membership", "show_cohort", cohort_id=cohort_id)
    page = gather(call, sessions=("sessions", "list_sessions", {"cohort_id": cohort_id}))
    return page.show(
        "staff_cohort.html",
        cohort=shown | {"signed": _signed(shown)},
        sessions=dated(page.rows("sessions")),
        sessions_down=page.is_down("sessions"),
    )


def _staff(call: Call, status: int = 200, **values: Any) -> Answer:
    page = gather(
        call,
        programs=("membership", "list_programs", {"limit": 100}),
        organizations=("membership", "list_organizations", {"limit": 100}),
        cohorts=("membership", "list_cohorts", {"limit": 1}),
        waiting=("membership", "list_conflicts", {"limit": 100}),
    )
    return page.show(
        "staff.html",
        status,
        network_name=((page.me or {}).get("network") or {}).get("display_name", ""),
        programs=page.rows("programs"),
        programs_down=page.is_down("programs"),
        organizations=page.rows("organizations"),
        is_admin=call.caller.has_role("network_admin"),
        has_cohorts=bool(page.rows("cohorts")),
        waiting=len(page.rows("waiting")),
        **values,
    )


def _signed(cohort: dict[str, Any]) -> int | None:
    """How many members have signed, facilitators not counted; None where it is not for this reader."""
    if cohort["signed_by"] is None:
        return None
    return len({entry["person_id"] for entry in cohort["roster"]}.intersection(cohort["signed_by"]))


def _by_number(cohort: dict[str, Any]) -> list[tuple[int, str]]:
    """Sorts "Threads 10" after "Threads 9"."""
    parts = re.findall(r"\d+|\D+", cohort["display_name"])
    return [(int(part), "") if part.isdecimal() else (0, part.casefold()) for part in parts]


def _part_of_list(call: Call) -> dict[str, Any]:
    return {"limit": 100} | ({"after": call.query["after"]} if call.query["after"] else {})


def _next_url(path: str, listed: dict[str, Any]) -> str | None:
    return f"{path}?after={listed['next']}" if listed["next"] else None
