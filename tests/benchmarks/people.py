"""The small network that is asked for: real sessions, roster and tokens; and its twin for the peers."""

import orjson
from pymongo import MongoClient

from tests.benchmarks.load import Asked
from tests.chaos.world import World, form_more, make_world

FEW_FIELDS = ("cohort_id", "number", "of", "starts_at", "ends_at", "standing")
ANSWERS = ("yes", "no", "maybe")


def make_people(stack) -> World:
    """Return ten people in cohorts of five, with 32 sessions nobody touched."""
    world = make_world(stack, "bench")
    form_more(world)
    return world


def reads(world: World) -> list[Asked]:
    """Return each member's look at each of their sessions, neighbours being other sessions."""
    return [Asked("GET", f"/v1/sessions/{session}", token) for session, token in _seats(world)]


def writes(world: World) -> list[Asked]:
    """Return each member's answer to each of their sessions, another one each time round."""
    return [
        Asked("PUT", f"/v1/sessions/{session}/rsvp", token, f'{{"answer": "{answer}"}}')
        for answer in ANSWERS
        for session, token in _seats(world)
    ]


def _seats(world: World) -> list[tuple[str, str]]:
    places = max(len(meeting.members) for meeting in world.meetings)
    return [
        (meeting.id, list(meeting.members.values())[place].authorization.removeprefix("Bearer "))
        for place in range(places)
        for meeting in world.meetings
        if place < len(meeting.members)
    ]


def make_twins(world: World, url: str) -> dict[str, int]:
    """Give the peers a document for each session whose answer is as long as ours; return both lengths."""
    client: MongoClient = MongoClient(url, w="majority")
    sessions = client.get_default_database().sessions
    sessions.delete_many({})
    lengths = {}
    for meeting in world.meetings:
        member = next(iter(meeting.members.values()))
        ours = member.get(f"/v1/sessions/{meeting.id}")
        twin = {"session_id": ours["id"], "place": ours["place"], "agenda": ours["agenda"]}
        twin |= {name: ours[name] for name in FEW_FIELDS}
        wanted, have = len(orjson.dumps(ours)), len(orjson.dumps(twin | {"my_answer": None}))
        twin["place"] += "." * max(0, wanted - have)
        lengths = {"ours": wanted, "twin": len(orjson.dumps(twin | {"my_answer": None}))}
        own = {"_id": meeting.id, "invited": list(meeting.members), "rsvps": {}, "revision": 1}
        sessions.insert_one(twin | own)
    client.close()
    return lengths
