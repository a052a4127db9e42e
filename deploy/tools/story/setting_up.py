"""From nothing to enrolled people: network, organizations, roster, roles, partner, program."""

from base64 import b64encode
from dataclasses import dataclass
from functools import partial
from typing import Any

from deploy.tools.api import Api, await_that
from deploy.tools.story.cast import Cast
from deploy.tools.story.receiver import Receiver

ALL_WEEK = "Mo-Su 00:00-24:00"
COHORT_SIZE = 6  # for how many facilitators to bring
COHORTS_EACH = 2


class StoryBroke(Exception):
    """The story came out otherwise than it should; the message says where."""


@dataclass(frozen=True)
class Ready:
    """What is there once the network is set up; `people` are the ones to be formed into cohorts."""

    network: str
    organizations: list[dict[str, Any]]
    people: list[dict[str, Any]]
    facilitators: list[dict[str, Any]]
    sponsor: dict[str, Any]
    client: Api
    endpoint: dict[str, Any]
    program: dict[str, Any]


def sign_in_admin(api: Api, link: str) -> Api:
    """Return the gateway as the first admin sees it, signed in by the one-time link."""
    tokens = api.post("/v1/sign-ins/finish", {"token": link.rsplit("/", 1)[-1]})
    return api.signed_in(tokens)


def add_organizations(admin: Api, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the organizations, made."""
    return [admin.post("/v1/organizations", {"display_name": name}) for name in names]


def import_roster(admin: Api, cast: Cast) -> dict[str, Any]:
    """Return the finished import. Raises: StoryBroke when a row was not taken."""
    started = admin.post("/v1/imports", {"text": cast.text})
    path = f"/v1/imports/{started['id']}"

    def finished() -> dict[str, Any] | None:
        shown = admin.get(path)
        return shown if shown["standing"] in ("done", "refused", "checked") else None

    roster = await_that(finished, "the end of the import")
    if (
        roster["standing"] != "done"
        or roster["added"] + roster["changed"] + roster["unchanged"] != cast.people
    ):
        problems = list(admin.every(f"{path}/problems"))[:5]
        raise StoryBroke(f"the roster was not taken whole: {roster['standing']}, {problems}")
    return roster


def bring_facilitators(admin: Api, people: int, tag: str) -> list[dict[str, Any]]:
    """Return neutral facilitators from outside, as many as the cohorts will need, with their role."""
    count = max(2, people // (COHORT_SIZE * COHORTS_EACH) + 1)
    found = []
    for number in range(1, count + 1):
        person = admin.post(
            "/v1/people",
            {
                "display_name": f"Facilitator {number}",
                "email": f"facilitator{number}.{tag}@guides.example",
                "weekly_hours": ALL_WEEK,
            },
        )
        admin.post("/v1/roles", {"person_id": person["id"], "role": "facilitator"})
        found.append(person)
    return found


def bring_sponsor(admin: Api, tag: str) -> dict[str, Any]:
    """Return a sponsor from outside, with the role."""
    sponsor = admin.post("/v1/people", {"display_name": "Sponsor", "email": f"sponsor.{tag}@fund.example"})
    admin.post("/v1/roles", {"person_id": sponsor["id"], "role": "sponsor"})
    return sponsor


def connect_partner(
    api: Api, admin: Api, organization: dict[str, Any], receiver: Receiver
) -> tuple[Api, dict[str, Any]]:
    """Return the gateway as a partner system sees it, and the endpoint of its webhook."""
    scopes = ["people:read", "cohorts:read", "webhooks:manage"]
    asked = {"display_name": "HR of the partner", "organization_id": organization["id"], "scopes": scopes}
    client = admin.post("/v1/clients", asked)
    fetch = partial(client_token, api, client["id"], client["secret"])
    partner = api.as_bearer(fetch()).renewed_by(fetch)
    endpoint = partner.post("/v1/webhook-endpoints", {"url": receiver.url, "types": ["cohort_formed"]})
    receiver.secret = endpoint["secret"]
    return partner, endpoint


def client_token(api: Api, client_id: str, secret: str) -> str:
    """Return an access token by client credentials (RFC 6749 4.4)."""
    basic = b64encode(f"{client_id}:{secret}".encode()).decode()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    holder = Api(api.url, f"Basic {basic}")
    return holder.send("POST", "/oauth/token", "grant_type=client_credentials", form)["access_token"]


def design(admin: Api, starts_on: str, outcome: str, **wishes: Any) -> dict[str, Any]:
    """Return the program that one primary outcome proposes."""
    asked = {
        "display_name": "Peers who move their own challenges",
        "outcome": outcome,
        "starts_on": starts_on,
    }
    return admin.post("/v1/programs", asked | wishes)


def enroll(admin: Api, program: dict[str, Any], people: list[dict[str, Any]]) -> None:
    """Enroll `people` and wait until all of them are."""
    started = admin.post(
        f"/v1/programs/{program['id']}/enrollments", {"person_ids": [one["id"] for one in people]}
    )
    path = f"/v1/enrollings/{started['id']}"
    await_that(lambda: admin.get(path)["standing"] == "done", "the end of enrolling")
