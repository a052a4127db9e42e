"""`commonthread seed` and `import`: people into a network, through the gateway."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from deploy.local.sample import ADMIN, NETWORK, OUTCOME
from deploy.tools.api import Api, await_that
from deploy.tools.networks import make_network
from deploy.tools.operating import NotReached, Operator
from deploy.tools.printing import AsJson, progress, say, show
from deploy.tools.story import forming, setting_up
from deploy.tools.story.cast import cast_from

_OVER = ("done", "refused", "checked")
_IMPORT_SECONDS = 3600.0


def seed(as_json: AsJson = False) -> None:
    """Make the sample network: three organizations, 120 people, a program and its cohorts; all synthetic."""
    operator = Operator()
    made = make_network(operator, NETWORK, ADMIN)
    gateway = Api(_gateway(operator))
    admin = setting_up.sign_in_admin(gateway, made["link"])
    cast = cast_from(None)
    organizations = setting_up.add_organizations(admin, cast.organizations)
    setting_up.import_roster(admin, cast)
    say(f"{cast.people} people in {len(organizations)} organizations")
    known = {one["id"] for one in organizations}
    people = [one for one in admin.every("/v1/people") if one["organization_id"] in known]
    facilitators = setting_up.bring_facilitators(admin, len(people), "sample")
    sponsor = setting_up.bring_sponsor(admin, "sample")
    starts_on = (datetime.now(UTC) + timedelta(days=7)).date().isoformat()
    program = setting_up.design(admin, starts_on, OUTCOME)
    setting_up.enroll(admin, program, people)
    forming.form_and_commit(admin, program, say)
    cohorts = forming.cohorts_of(admin, program)
    member = admin.get(f"/v1/people/{cohorts[0]['roster'][0]['person_id']}")
    signs_in = {"network admin": ADMIN, "facilitator": facilitators[0]["email"], "member": member["email"]}
    signs_in["sponsor"] = sponsor["email"]
    show({"network": made["network"], "cohorts": len(cohorts), "people": signs_in}, as_json)


def import_roster(
    file: Annotated[Path, typer.Argument(help="The roster: CSV with one line of column names.", exists=True)],
    mode: Annotated[
        str, typer.Option(help="all: nothing unless every row is right; partial: skip what is not.")
    ] = "all",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check.")] = False,
    create_organizations: Annotated[bool, typer.Option(help="Add organizations the network lacks.")] = True,
    as_json: AsJson = False,
) -> None:
    """Import a roster as the staff member whose access token is in CT_TOKEN."""
    token = os.environ.get("CT_TOKEN")
    if not token:
        raise NotReached("CT_TOKEN is not set; it holds the access token of a network admin or program staff")
    staff = Api(_gateway(Operator())).as_bearer(token)
    wanted = {"mode": mode, "dry_run": dry_run, "create_organizations": create_organizations}
    started = staff.post("/v1/imports", {"text": file.read_text(encoding="utf-8-sig"), **wanted})
    done = _await_import(staff, f"/v1/imports/{started['id']}")
    for problem in staff.every(f"/v1/imports/{done['id']}/problems") if done["problems"] else ():
        say(f"row {problem['row']}, {problem['column']}: {problem['reason']}; {problem['todo']}")
    show(done, as_json)
    if done["standing"] == "refused":
        raise typer.Exit(1)


def _await_import(staff: Api, path: str) -> dict[str, Any]:
    with progress("importing") as step:

        def over() -> dict[str, Any] | None:
            shown: dict[str, Any] = staff.get(path)
            step.to(shown["done"], shown["good"] or None)
            return shown if shown["standing"] in _OVER else None

        found: dict[str, Any] = await_that(over, "the end of the import", _IMPORT_SECONDS)
        return found


def _gateway(operator: Operator) -> str:
    return operator.env.get("CT_GATEWAY") or operator.settings.public_url
