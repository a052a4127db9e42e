"""Two networks with all that can be touched: A, where everybody of the matrix lives, and B.

In A there are two organizations and two cohorts, each of which has held a session in confidence. The matrix
asks `World` for a caller's credentials and for the ids of a place.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from deploy.local.secret_files import read_secret
from deploy.tools.story import setting_up
from gateway.assets import Assets
from services.contracts.links import SignedLink, write_link
from tests.permissions.callers import ANONYMOUS, OTHERS, STAFF
from tests.permissions.credentials import Credentials, by_header, by_nobody, by_person
from tests.permissions.houses import House, build_house

HOUR = 3_600.0
LAST = ("DELETE /v1/sign-ins/current", "POST /sign-out")


@dataclass
class World:
    """What the matrix is run against.

    Args:
        places: place -> id's name in a path -> id.
        callers: by their name in the matrix.
        leaving: operation after which a caller is signed out -> caller -> a sign-in apart, for that one cell.
        words: said in confidence, by cohort "own", "other", "foreign", then by where they were said.
    """

    url: str
    a: House
    b: House
    places: dict[str, dict[str, str]]
    callers: dict[str, Credentials]
    words: dict[str, dict[str, str]]
    leaving: dict[str, dict[str, Credentials]]


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
    secret = read_secret(stack.places.secrets, "gateway", "link_key")
    places |= _links(a, secret)
    words = {"own": a.cohorts[0]["words"], "other": a.cohorts[1]["words"], "foreign": b.cohorts[0]["words"]}
    callers = _callers(stack, a, places)
    leaving = {operation: callers | _entered_again(stack, a, callers) for operation in LAST}
    return World(stack.url, a, b, places, callers, words, leaving)


def _entered_again(stack: Any, a: House, callers: dict[str, Credentials]) -> dict[str, Credentials]:
    key = read_secret(stack.places.secrets, "gateway", "cookie_key")
    known = {one["id"]: one for one in a.admin.every("/v1/people")}
    wanted = {name: one.person_id for name, one in callers.items() if one.person_id}
    players = a.door.enter_all([known[person_id] for person_id in wanted.values()])
    return {name: by_person(players[person_id].api, key, person_id) for name, person_id in wanted.items()}


def _ids(house: House, place: int) -> dict[str, str]:
    """The ids of a place: its cohort's, and of what belongs to a whole network those of the network."""
    side = "other" if place else "own"
    shared = {
        "role_id": house.ids["role_id"],
        "report_id": house.ids["report_id"],
        "import_id": house.ids["import_id"],
    }
    found = house.cohorts[place]["ids"] | {"client_id": house.clients["partner_hooks"]["id"]}
    found["endpoint_id"] = house.ids[f"endpoint_{side}"]
    if not place:
        return found | shared
    return {
        name: value
        for name, value in found.items()
        if name not in ("enrolling_id", "formation_id", "client_id")
    }


def _links(a: House, secret: str) -> dict[str, dict[str, str]]:
    person, session = a.cohorts[0]["members"][0].person_id, a.cohorts[0]["ids"]["session_id"]
    rsvp = SignedLink("rsvp", session, a.network, person)
    stop = SignedLink("stop_notices", "reminders", a.network, person)
    return {
        "rsvp": {"link": write_link(secret, rsvp, HOUR)},
        "stop": {"link": write_link(secret, stop, HOUR)},
        "expired": {"link": write_link(secret, stop, -HOUR)},
        "forged": {"link": write_link("somebody else's secret, of some length", stop, HOUR)},
        "any": {"token": "abcdefgh", "file": Assets().url("portal.css").rsplit("/", 1)[-1]},
    }


def _callers(stack: Any, a: House, places: dict[str, dict[str, str]]) -> dict[str, Credentials]:
    key = read_secret(stack.places.secrets, "gateway", "cookie_key")
    names = {name: a.players[a.people[name]["id"]].api for name in (*OTHERS, STAFF[0])}
    names |= {
        "member": a.cohorts[0]["members"][0].api,
        "facilitator": a.cohorts[0]["guide"].api,
        "admin": a.admin,
    }
    selves = {name: a.people[name]["id"] for name in (*OTHERS, STAFF[0])}
    selves |= {"member": a.people["own0"]["id"], "facilitator": a.people["guide0"]["id"]}
    selves["admin"] = a.admin.get("/v1/me")["person_id"]
    found = {ANONYMOUS: by_nobody(key)}
    found |= {name: by_person(api, key, selves[name]) for name, api in names.items()}
    for name, client in a.clients.items():
        found[name] = by_header(f"Bearer {setting_up.client_token(a.admin, client['id'], client['secret'])}")
    found |= {f"link_{act}": by_header(f"Link {places[act]['link']}") for act in ("rsvp", "stop")}
    return found
