"""schemathesis, all phases, as each role against a stack of its own: no server error, no schema broken.

    python -m tests.security.every_role [SECONDS [ROLE…]]

SECONDS (180) are for each of member, facilitator, staff, sponsor and partner. What is found is printed by
schemathesis; the exit status is 1 when there is anything.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from deploy.local.local_stack import LocalStack
from deploy.tools.story import setting_up
from deploy.tools.story.mails import Mails
from deploy.tools.story.people import Door
from tests.builders.cohort import a_cohort

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
TOOL = Path(sys.executable).with_name("schemathesis")
RATES = {"CT_RATE_STRANGERS": "10000/10000", "CT_RATE_CALLERS": "10000/10000"}
# Who signs out, or asks to be forgotten, is a stranger afterwards.
END_THE_SIGN_IN = (
    "/v1/sign-ins/current",
    "/v1/sign-ins/switch",
    "/v1/me/sign-ins",
    "/v1/me/sign-ins/{sign_in_id}",
    "/v1/me/erasure",
)
ROLES = ("member", "facilitator", "staff", "sponsor", "partner")
PARTNERS_SCOPES = ["people:read", "cohorts:read", "webhooks:manage"]


def authorization_of(role: str, stack: LocalStack) -> str:
    """Return the header of somebody in this role, signed in just now, in a network that has a cohort."""
    gathered = a_cohort(stack, f"{role.title()} network", people=5)
    if role in ("member", "facilitator"):
        return (gathered.members[0] if role == "member" else gathered.guide).api.authorization
    if role == "sponsor":
        sponsor = setting_up.bring_sponsor(gathered.admin, gathered.network[-8:])
        door = Door(gathered.admin, Mails(stack.mail_url), gathered.network)
        return door.enter(sponsor).api.authorization
    if role == "partner":
        house = gathered.admin.post("/v1/organizations", {"display_name": "Northwind"})
        asked = {"organization_id": house["id"], "display_name": "HR", "scopes": PARTNERS_SCOPES}
        client = gathered.admin.post("/v1/clients", asked)
        return f"Bearer {setting_up.client_token(gathered.admin, client['id'], client['secret'])}"
    return gathered.admin.authorization


def run_as(role: str, stack: LocalStack, seconds: int) -> int:
    """Run schemathesis once in this role; return its exit status."""
    print(f"\n== as {role}, for {seconds} s", flush=True)
    command = [TOOL, "--config-file", CONFIGURATION, "run", f"{stack.url}/openapi.json"]
    command += ["--header", f"Authorization: {authorization_of(role, stack)}"]
    command += [word for path in END_THE_SIGN_IN for word in ("--exclude-path", path)]
    command += ["--phases", "examples,coverage,fuzzing,stateful", "--max-time", str(seconds)]
    command += [
        "--continue-on-failure",
        "--request-timeout",
        "60",
        "--no-color",
        "--generation-database",
        "none",
    ]
    return subprocess.run(command, check=False).returncode


def main(seconds: str = "180", *roles: str) -> int:
    directory = Path(tempfile.mkdtemp(prefix="commonthread-roles-"))
    with LocalStack(directory, environment=RATES) as stack:
        found = [role for role in roles or ROLES if run_as(role, stack, int(seconds))]
    shutil.rmtree(directory)
    print(
        f"\nschemathesis found something as: {', '.join(found)}" if found else "\nschemathesis found nothing"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
