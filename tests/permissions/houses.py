"""One network of the matrix, made through the gateway: people, roles, partners, cohorts, a report."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from deploy.tools.api import Api, await_that
from deploy.tools.story import forming, setting_up, telling
from deploy.tools.story.mails import Mails
from deploy.tools.story.people import Door, Player
from tests.builders import holding
from tests.permissions.callers import OTHERS, PARTNERS, ROLES

SIZE = 5  # people of a cohort
HOOK = "https://hooks.example.com/"
PROVIDER = {
    "issuer": "https://login.example.com",
    "client_id": "us",
    "client_secret": "of some length, secret",
}
Row = dict[str, Any]


@dataclass
class House:
    """One network as it was built: `cohorts` with their program, dates, members, guide and words."""

    network: str
    admin: Api
    door: Door
    mails: Mails
    organizations: list[Row] = field(default_factory=list)
    people: dict[str, Row] = field(default_factory=dict)
    cohorts: list[Row] = field(default_factory=list)
    players: dict[str, Player] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    clients: dict[str, Row] = field(default_factory=dict)
    admin_person: Row = field(default_factory=dict)


def build_house(stack: Any, name: str, cohorts: int) -> House:
    mail = f"admin@{name.lower()}.example"
    made = json.loads(stack.operate("network", "create", f"{name} network", "--admin", mail, "--json"))
    api, network = Api(stack.url), made["network"]
    admin = setting_up.sign_in_admin(api, made["link"])
    mails = Mails(stack.mail_url)
    house = House(network, admin, Door(api, mails, network), mails)
    house.admin = admin = house.door.drawers.prove(admin, mail)
    house.admin_person = admin.get(f"/v1/people/{admin.get('/v1/me')['person_id']}")
    house.organizations = setting_up.add_organizations(admin, (f"{name} One", f"{name} Two"))
    _bring_people(house, name.lower(), cohorts)
    _grant(house)
    _register(house)
    house.players = house.door.enter_all(list(house.people.values()))
    house.cohorts = [_cohort(house, place, side) for place, side in enumerate(("own", "other")[:cohorts])]
    _add_what_staff_touch(house)
    _add_what_admins_touch(house)
    _add_what_is_ones_own(house)
    return house


def _bring_people(house: House, tag: str, cohorts: int) -> None:
    """Members of each cohort, everybody who holds a role or none, and a boss of the second member."""
    one, two = (each["id"] for each in house.organizations)
    wanted = [
        (name, one if name in ("supervisor", "superior", "organization_admin") else None)
        for name in (*OTHERS, "staff", "superior")
    ]
    wanted += [
        (f"{side}{number}", (one, two)[side == "other"])
        for side in ("own", "other")[:cohorts]
        for number in range(SIZE)
    ]
    wanted += [(f"guide{number}", None) for number in range(cohorts)]
    for name, organization in wanted:
        body = {"display_name": f"{name.title()} of {tag}", "email": f"{name}@{tag}.example"}
        body |= {
            "weekly_hours": setting_up.ALL_WEEK,
            "zone": "Europe/Berlin",
            "organization_id": organization,
        }
        if name == "own1":
            body["managers"] = [house.people[name]["id"] for name in ("supervisor", "superior")]
        house.people[name] = house.admin.post("/v1/people", body)


def _grant(house: House) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    for name, role in ROLES.items():
        body = {"person_id": house.people[name]["id"], "role": role}
        if name == "organization_admin":
            body["organization_id"] = house.organizations[0]["id"]
        house.admin.post("/v1/roles", body | ({"until": tomorrow} if name == "guest" else {}))
    spare = {"person_id": house.people["newcomer"]["id"], "role": "sponsor"}
    role = house.admin.post("/v1/roles", spare | {"until": tomorrow})
    house.admin.send("DELETE", f"/v1/roles/{role['id']}")
    house.ids["role_id"] = role["id"]


def _register(house: House) -> None:
    for name, scopes in PARTNERS.items():
        body: Row = {"display_name": name, "scopes": list(scopes)}
        if name != "partner_network":
            body["organization_id"] = house.organizations[name == "partner_all"]["id"]
        house.clients[name] = house.admin.post("/v1/clients", body)


def _add_what_admins_touch(house: House) -> None:
    """A partner system to change, a draft of a connection for each organization, an inviting."""
    admin = house.admin
    first = house.organizations[0]["id"]
    body = {"display_name": "Spare", "organization_id": first, "scopes": ["people:read"]}
    client = admin.post("/v1/clients", body)
    house.ids |= {"client_id": client["id"], "secret_id": client["secrets"][0]["id"]}
    admin.post(f"/v1/clients/{client['id']}/secrets")
    for place, organization in zip(("own", "other"), house.organizations, strict=True):
        body = {"display_name": "Own sign-in", "slug": f"{place}-{house.network[-8:]}", **PROVIDER}
        made = admin.post(f"/v1/organizations/{organization['id']}/connections", body)
        house.ids[f"connection_{place}"] = made["id"]
    inviting = admin.post("/v1/invitations", {"person_ids": [house.people["newcomer"]["id"]]})
    house.ids["inviting_id"] = inviting["id"]


def _add_what_is_ones_own(house: House) -> None:
    """A sign-in and a move of the address of somebody who is no caller; an application one may leave."""
    somebody = house.cohorts[0]["members"][-1].api
    signed_in = somebody.get("/v1/me/sign-ins")["data"][0]
    move = somebody.post("/v1/me/address-moves", {"email": f"moved@{house.network[-8:]}.example"})
    house.ids |= {"sign_in_id": signed_in["id"], "move_id": move["id"]}
    spare = setting_up.design(house.admin, "2028-01-03", "problem_solving", display_name="Spare program")
    house.admin.put(f"/v1/programs/{spare['id']}/intake", {"mode": "apply"})
    applicant = house.cohorts[0]["members"][0].api
    applied = applicant.post(f"/v1/programs/{spare['id']}/applications", {"answers": {"importance": 3}})
    house.ids |= {"spare_id": spare["id"], "enrollment_id": applied["enrollment"]["id"]}
    path = f"/v1/programs/{spare['id']}/enrollments"
    house.admin.post(path, {"person_ids": [house.people["own3"]["id"]]})
    await_that(lambda: len(list(house.admin.every(path))) == 2, "the end of enrolling")
    (late,) = (one for one in house.admin.every(path) if one["standing"] == "enrolled")
    placement = house.admin.post(f"/v1/enrollments/{late['id']}/placements")
    house.ids["placement_id"] = placement["id"]
    wished = {"title": "Open group", "purpose": "training", "kind": "training", "learns": "To ask."}
    founder = house.cohorts[0]["members"][-1].api
    house.ids["group_id"] = founder.post("/v1/groups", wished | {"is_open": True})["id"]


def _cohort(house: House, place: int, side: str) -> Row:
    """Form a cohort of its side's people, led by the guide of that place, and hold its first session."""
    admin, people = house.admin, [house.people[f"{side}{number}"] for number in range(SIZE)]
    starts_on = (datetime.now(UTC) + timedelta(days=8)).date().isoformat()
    sizes = {"size_low": SIZE, "size_high": SIZE, "session_count": 3}
    program = setting_up.design(
        admin, starts_on, "problem_solving", **sizes, display_name=f"Program of {side}"
    )
    started = admin.post(
        f"/v1/programs/{program['id']}/enrollments", {"person_ids": [one["id"] for one in people]}
    )
    await_that(
        lambda: admin.get(f"/v1/enrollings/{started['id']}")["standing"] == "done", "the end of enrolling"
    )
    formation = forming.form_and_commit(admin, program, lambda _: None)
    (cohort,) = forming.cohorts_of(admin, program)
    guide = house.players[house.people[f"guide{place}"]["id"]]
    _lead(house, cohort, guide)
    dates = forming.dates_of(admin, [cohort])[cohort["id"]]
    members = [house.players[one["id"]] for one in people]
    words = holding.canaries(f"{house.network[-6:]}{side}")
    first = dates[0] | {"cohort_id": cohort["id"]}
    await_that(lambda: _leads(guide, first), "the facilitator to be known to sessions")
    commitment, questionnaire = holding.hold(first, members, guide, words)
    holding.say(members[1], "network")
    return cohort | {
        "program": program,
        "dates": dates,
        "members": members,
        "guide": guide,
        "words": words,
        "ids": {
            "cohort_id": cohort["id"],
            "session_id": dates[1]["id"],
            "held": dates[0]["id"],
            "program_id": program["id"],
            "organization_id": house.organizations[place]["id"],
            "commitment_id": commitment["id"],
            "questionnaire_id": questionnaire["id"],
            "enrolling_id": started["id"],
            "formation_id": formation["id"],
        },
    }


def _lead(house: House, cohort: Row, guide: Player) -> None:
    path = f"/v1/cohorts/{cohort['id']}"
    tag = holding.tag_of(house.admin, path)
    house.admin.put(f"{path}/facilitators", {"person_ids": [guide.person_id]}, If_Match=tag)


def _leads(guide: Player, session: Row) -> bool:
    led = guide.api.get("/v1/me/facilitated-sessions", limit=100)["data"]
    return session["id"] in {one["id"] for one in led}


def _add_what_staff_touch(house: House) -> None:
    admin = house.admin
    program = house.cohorts[0]["program"]
    telling.close_questionnaires(admin, program)
    house.ids["report_id"] = telling.publish(admin, program)["id"]
    roster = {"text": "name,email\nNobody,nobody@example.org\n", "dry_run": True}
    house.ids["import_id"] = admin.post("/v1/imports", roster)["id"]
    first = house.cohorts[0]
    leading = {"cohort_id": first["id"], "person_ids": [first["guide"].person_id]}
    house.ids["swap_id"] = admin.post("/v1/swaps", {"facilitators": leading})["id"]
    guest = {"person_id": house.people["guest"]["id"], "introduced_as": "Guest", "purpose": "To listen"}
    asked = first["guide"].api.post(f"/v1/sessions/{first['dates'][-1]['id']}/guests", guest)
    house.ids["invitation_id"] = asked["id"]
    path = f"/v1/imports/{house.ids['import_id']}"
    await_that(lambda: admin.get(path)["standing"] == "checked", "the end of the check")
    for place, name in (("own", "partner_hooks"), ("other", "partner_all")):
        client = house.clients[name]
        partner = admin.as_bearer(setting_up.client_token(admin, client["id"], client["secret"]))
        endpoint = partner.post(
            "/v1/webhook-endpoints", {"url": f"{HOOK}{place}", "types": ["cohort_formed"]}
        )
        house.ids[f"endpoint_{place}"] = endpoint["endpoint_id"]
