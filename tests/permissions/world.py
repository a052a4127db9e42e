"""Two networks with all that can be touched: A, where everybody of the matrix lives, and B.

In A there are two organizations and two cohorts, each of which has held a session in confidence. The matrix
asks `World` for a caller's credentials and for the ids of a place.
"""

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from deploy.local.secret_files import read_secret
from deploy.tools.api import Api
from deploy.tools.story import setting_up
from gateway.assets import Assets
from services.contracts.links import SignedLink, write_link
from tests.permissions.callers import ANONYMOUS, OPERATOR, OTHERS
from tests.permissions.credentials import Credentials, by_header, by_nobody, by_person
from tests.permissions.houses import House, build_house

HOUR = 3_600.0
APPOINTED = ("staff", "superior")


@dataclass
class World:
    """What the matrix is run against.

    Args:
        places: place -> id's name in a path -> id.
        callers: by their name in the matrix.
        words: said in confidence, by cohort "own", "other", "foreign", then by where they were said.
    """

    url: str
    a: House
    b: House
    places: dict[str, dict[str, str]]
    callers: dict[str, Credentials]
    words: dict[str, dict[str, str]]


def build(stack: Any) -> World:
    """Return the world, made through the gateway, the two networks side by side."""
    with ThreadPoolExecutor(2) as pool:
        making = [
            pool.submit(build_house, stack, name, cohorts) for name, cohorts in (("Alder", 2), ("Birch", 1))
        ]
        a, b = (one.result() for one in making)
    places = {
        "own": _ids(a, 0) | {"person_id": a.people["own1"]["id"]},
        "other": _ids(a, 1) | {"person_id": a.people["other1"]["id"]},
        "foreign": _ids(b, 0) | {"person_id": b.people["own1"]["id"]},
    }
    places["unknown"] = {name: f"{value[:4]}{'0' * 26}" for name, value in places["own"].items()}
    places["unknown"] |= {"identity_id": f"idy_{'0' * 26}", "quest_id": f"que_{'0' * 26}"}
    secret = read_secret(stack.places.secrets, "gateway", "link_key")
    places |= _links(a, secret)
    words = {"own": a.cohorts[0]["words"], "other": a.cohorts[1]["words"], "foreign": b.cohorts[0]["words"]}
    callers = _callers(stack, a, places)
    return World(stack.url, a, b, places, callers, words)


def enter_again(stack: Any, world: World, names: Iterable[str]) -> None:
    """Sign callers in once more, by their mailbox: for what ends the sign-in it is asked with."""
    with stack.database.client() as client:
        client["ct_membership"]["tries"].delete_many({})  # as if a quarter of an hour had gone by
    house = world.a
    known = {one["id"]: one for one in (*house.people.values(), house.admin_person)}
    people = {name: world.callers[name].person_id or "" for name in names}
    entered = signed_in_by_mailbox(house, [known[one] for one in people.values()])
    key = read_secret(stack.places.secrets, "gateway", "cookie_key")
    world.callers |= {name: by_person(entered[one], key, one) for name, one in people.items()}


def signed_in_by_mailbox(house: House, people: list[dict[str, Any]]) -> dict[str, Api]:
    """Return person id -> the gateway as they see it, signed in by a link from their mail alone."""
    mark = house.mails.last
    for person in people:
        house.door.ask_for_link(person["email"])
    api = Api(house.admin.url)
    return {one["id"]: api.signed_in(house.door.redeem(one["email"], mark)) for one in people}


OF_A_NETWORK = (
    "role_id",
    "report_id",
    "import_id",
    "swap_id",
    "invitation_id",
    "client_id",
    "secret_id",
    "inviting_id",
    "sign_in_id",
    "move_id",
    "spare_id",
    "enrollment_id",
    "placement_id",
    "group_id",
)


def _ids(house: House, place: int) -> dict[str, str]:
    """The ids of a place: its cohort's, and at the first place what there is once in a network."""
    side = "other" if place else "own"
    found = dict(house.cohorts[place]["ids"])
    found |= {f"{kind}_id": house.ids[f"{kind}_{side}"] for kind in ("endpoint", "connection")}
    if place:
        return {name: value for name, value in found.items() if name not in ("enrolling_id", "formation_id")}
    return found | {name: house.ids[name] for name in OF_A_NETWORK} | {"network_id": house.network}


def _links(a: House, secret: str) -> dict[str, dict[str, str]]:
    person, session = a.cohorts[0]["members"][0].person_id, a.cohorts[0]["ids"]["session_id"]
    rsvp = SignedLink("rsvp", session, a.network, person)
    stop = SignedLink("stop_notices", "reminders", a.network, person)
    return {
        "rsvp": {"link": write_link(secret, rsvp, HOUR)},
        "stop": {"link": write_link(secret, stop, HOUR)},
        "expired": {"link": write_link(secret, stop, -HOUR)},
        "forged": {"link": write_link("somebody else's secret, of some length", stop, HOUR)},
        "any": {
            "token": "abcdefgh",
            "connection": "nobodys-own",
            "form": "support",
            "outcome": "support",
            "file": Assets().url("portal.css").rsplit("/", 1)[-1],
        },
    }


def _callers(stack: Any, a: House, places: dict[str, dict[str, str]]) -> dict[str, Credentials]:
    key = read_secret(stack.places.secrets, "gateway", "cookie_key")
    names = {name: a.players[a.people[name]["id"]].api for name in (*OTHERS, *APPOINTED)}
    unproven = a.people["own0"]
    names["unproven"] = signed_in_by_mailbox(a, [unproven])[unproven["id"]]
    names |= {
        "member": a.cohorts[0]["members"][0].api,
        "facilitator": a.cohorts[0]["guide"].api,
        "admin": a.admin,
    }
    selves = {name: a.people[name]["id"] for name in (*OTHERS, *APPOINTED)}
    selves |= {"member": a.people["own0"]["id"], "unproven": a.people["own0"]["id"]}
    selves |= {"facilitator": a.people["guide0"]["id"]}
    selves["admin"] = a.admin_person["id"]
    found = {ANONYMOUS: by_nobody(key)}
    found |= {name: by_person(api, key, selves[name]) for name, api in names.items()}
    for name, client in a.clients.items():
        found[name] = by_header(f"Bearer {setting_up.client_token(a.admin, client['id'], client['secret'])}")
    made = json.loads(stack.operate("network", "operator-add", "Operations", "--json"))
    token = setting_up.client_token(a.admin, made["id"], made["secret"])
    found[OPERATOR] = by_header(f"Bearer {token}")
    found |= {f"link_{act}": by_header(f"Link {places[act]['link']}") for act in ("rsvp", "stop")}
    return found
