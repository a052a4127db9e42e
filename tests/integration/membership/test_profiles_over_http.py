"""One's own profile and the directory as a client meets them, over a real MongoDB."""

import pytest

from services.contracts.events.membership import PersonChanged
from tests.builders.hearing import hear
from tests.builders.people import NET
from tests.builders.remains import remains
from tests.builders.rooms import Rooms

ALL = ("listed", "position", "function", "offers", "challenges", "asks", "threads", "place", "years")
WORD = "zugzwang-canary"


def consent(audience, *names):
    return dict.fromkeys(("listed", *names), audience)


@pytest.fixture
def rooms(house):
    return Rooms(house)


def test_a_profile_begins_with_the_roster_and_becomes_ones_own(rooms):
    rooms.change("ada", title="Nurse", city="Riga")
    ada = rooms.as_("ada")
    first = ada("GET", "/v1/me/profile")

    saved = ada("PATCH", "/v1/me/profile", {"offers": ["Budgets"]}, if_match=first.fields["etag"])
    rooms.change("ada", title="Head of wards")

    assert (first.json["position"], first.json["place"]["city"]) == ("Nurse", "Riga")
    assert set(first.json["consent"].values()) == {"nobody"}
    assert (saved.status, ada("GET", "/v1/me/profile").json["position"]) == (200, "Nurse")


def test_a_profile_is_changed_only_as_it_was_read(rooms):
    ada = rooms.as_("ada")
    read = ada("GET", "/v1/me/profile").fields["etag"]

    unguarded = ada("PATCH", "/v1/me/profile", {"position": "Nurse"})
    first = ada("PATCH", "/v1/me/profile", {"position": "Nurse"}, if_match=read)
    late = ada("PATCH", "/v1/me/profile", {"position": "Porter"}, if_match=read)
    stale = rooms.as_("bo")("PATCH", "/v1/me/profile", {"position": "Porter"}, if_match=read[:-2] + '0"')

    assert [one.status for one in (unguarded, first, late, stale)] == [428, 200, 412, 412]
    assert ada("GET", "/v1/me/profile").json["position"] == "Nurse"


def test_the_same_request_twice_saves_once(rooms):
    ada = rooms.as_("ada")
    fields = {"if_match": ada("GET", "/v1/me/profile").fields["etag"], "idempotency_key": "k"}

    answers = [ada("PATCH", "/v1/me/profile", {"asks": ["A merger"]}, **fields) for _ in range(2)]

    assert [one.status for one in answers] == [200, 200]
    assert answers[0].json == answers[1].json


def test_nobody_is_in_the_directory_who_did_not_say_so(rooms):
    rooms.say("bo", {"offers": "network"}, offers=["Budgets"])

    assert rooms.found("ada") == {}


def test_mates_see_more_than_the_network_does(rooms):
    said = {"position": "Nurse", "offers": ["Budgets"], "phone": "+371 2000"}
    seen_by = {"listed": "network", "position": "network", "offers": "cohort", "phone": "cohort"}
    rooms.say("bo", seen_by, **said)

    mate, stranger = rooms.found("ada")["bo"], rooms.found("dee")["bo"]

    assert (mate["offers"], mate["phone"], mate["is_mate"]) == (["Budgets"], "+371 2000", True)
    assert stranger.keys() == {"person_id", "display_name", "organization_id", "is_mate", "position"}


def test_anyone_in_the_room_can_be_called_and_nobody_outside_it(rooms):
    rooms.say("bo", {"listed": "network", "email": "cohort"})
    too_wide = rooms.change_profile("bo", {"consent": {"email": "network"}})

    assert rooms.found("ada")["bo"]["email"] == "bo@example.org"
    assert rooms.found("guide", "", "facilitator")["bo"]["email"] == "bo@example.org"
    assert "email" not in rooms.found("dee")["bo"]
    assert "email" not in rooms.found("staff", "", "program_staff")["bo"]
    assert (too_wide.status, too_wide.json["errors"][0]["pointer"]) == (422, "/consent/email")


def test_challenges_are_read_by_no_staff_no_boss_and_nobody_unproven(rooms):
    rooms.say("bo", consent("network", "challenges", "asks"), challenges=[WORD], asks=["Help"])

    readers = {
        name: rooms.found(name, "", *roles, text_open=proven)["bo"].get("challenges")
        for name, roles, proven in (
            ("ada", (), True),
            ("dee", (), True),
            ("ada", ("program_staff",), True),
            ("staff", ("program_staff",), True),
            ("boss", (), True),
            ("ed", (), False),
        )
    }

    assert readers == {"ada": [WORD], "dee": [WORD], "staff": None, "boss": None, "ed": None}


def test_people_are_found_by_what_they_can_do(rooms):
    rooms.say("bo", consent("network", "offers"), offers=["Merging budgets"])
    rooms.say("cy", consent("cohort", "function"), function="Budget office")
    rooms.say("ed", {"listed": "network"}, offers=["Budgets"])

    assert rooms.found("ada", "?expertise=budget").keys() == {"bo", "cy"}
    assert rooms.found("dee", "?expertise=the%20budgets").keys() == {"bo"}
    assert rooms.found("ada", "?expertise=budget%20merging").keys() == {"bo"}


def test_a_challenge_is_found_by_consent_alone(rooms):
    rooms.say("bo", consent("network", "challenges"), challenges=["Losing night nurses"])
    rooms.say("cy", consent("cohort", "challenges"), challenges=["Nurses who leave"])
    rooms.say("ed", {"listed": "network"}, challenges=["Nurses"])

    assert rooms.found("ada", "?challenge=nurse").keys() == {"bo", "cy"}
    assert rooms.found("dee", "?challenge=nurse").keys() == {"bo"}
    assert rooms.found("staff", "?challenge=nurse", "program_staff") == {}
    assert rooms.found("boss", "?challenge=nurse").keys() == set()
    unproven = rooms.as_("ada", text_open=False)("GET", "/v1/directory?challenge=nurse")
    assert (unproven.status, unproven.json["code"]) == (403, "own-factor-needed")


def test_a_page_does_not_show_that_somebody_was_left_out_of_it(rooms):
    for name in ("bo", "cy", "dee", "ed"):
        rooms.say(name, consent("network", "challenges"), challenges=["Nurses"])

    first = rooms.as_("mid")("GET", "/v1/directory?challenge=nurse&limit=2").json
    following = f"/v1/directory?challenge=nurse&limit=2&cursor={first['next_cursor']}"
    rest = rooms.as_("mid")("GET", following).json

    assert [one["display_name"] for one in first["data"] + rest["data"]] == ["Cy", "Dee", "Ed"]
    assert (first["has_more"], rest["has_more"]) == (True, False)


def test_people_near_a_place_are_found_by_radius(rooms):
    riga = {"city": "Riga", "country": "Latvia", "latitude": 56.9496, "longitude": 24.1052}
    tartu = {"city": "Tartu", "country": "Estonia", "latitude": 58.378, "longitude": 26.729}
    rooms.say("bo", consent("network", "place"), place=riga)
    rooms.say("dee", consent("network", "place"), place=tartu)
    rooms.say("ed", {"listed": "network"}, place=riga)

    near = "?latitude=57&longitude=24&radius_km={}"

    assert rooms.found("ada", near.format(50)).keys() == {"bo"}
    assert rooms.found("ada", near.format(300)).keys() == {"bo", "dee"}
    assert rooms.found("ada", "?city=riga").keys() == {"bo"}
    assert rooms.found("ada", "?country=ESTONIA&latitude=57&longitude=24&radius_km=300").keys() == {"dee"}


def test_the_exact_point_is_kept_nowhere(rooms, floor):
    told = rooms.say("bo", consent("network", "place"), place={"latitude": 56.94964, "longitude": 24.10518})

    kept = rooms.house.service.profiles.documents.find_one()
    assert (told["place"]["latitude"], kept["network_spot"]) == (56.9, [24.1, 56.9])


def test_what_was_said_in_confidence_lies_sealed(rooms, floor):
    rooms.say("bo", consent("network", "challenges", "asks"), challenges=[WORD], asks=[f"{WORD} two"])

    assert remains(floor, WORD) == set()
    assert remains(floor, "+371") == set()


def test_pages_go_by_name_and_follow_a_new_one(rooms):
    for name in ("bo", "cy", "dee", "ed"):
        rooms.say(name, consent("network", "years"), years=3)
    rooms.change("bo", display_name="Ulla")
    told = PersonChanged(NET, "per_bo", "Ulla", None, "UTC", "en", (), "active")
    hear(rooms.house, "on_lines", told, version=3)

    names, path = [], "/v1/directory?limit=3"
    while path:
        page = rooms.as_("ada")("GET", path).json
        names += [one["display_name"] for one in page["data"]]
        path = page["has_more"] and f"/v1/directory?limit=3&cursor={page['next_cursor']}"

    assert names == ["Cy", "Dee", "Ed", "Ulla"]


def test_one_entry_and_one_that_is_not_for_this_reader(rooms):
    rooms.say("bo", consent("cohort", "position"), position="Nurse")

    shown = rooms.as_("ada")("GET", "/v1/directory/per_bo")
    hidden = rooms.as_("dee")("GET", "/v1/directory/per_bo")
    nobody = rooms.as_("dee")("GET", "/v1/directory/per_nobody")

    assert (shown.status, shown.json["position"]) == (200, "Nurse")
    assert (hidden.status, nobody.status) == (404, 404)
    told = ("code", "title", "detail", "status")
    assert [hidden.json.get(name) for name in told] == [nobody.json.get(name) for name in told]


def test_a_room_is_read_alone_by_those_who_are_in_it(rooms):
    for name in ("bo", "guide", "dee"):
        rooms.say(name, consent("network", "years"), years=3)

    assert rooms.found("ada", "?cohort_id=coh_1").keys() == {"bo", "guide"}
    for elsewhere in ("coh_2", "coh_9"):
        assert rooms.as_("ada")("GET", f"/v1/directory?cohort_id={elsewhere}").status == 404


def test_staff_who_read_the_directory_leave_a_note_and_members_none(rooms, floor):
    rooms.say("bo", consent("network", "years"), years=3)
    notes = floor.database["notes"]

    rooms.found("ada")
    assert notes.count_documents({}) == 0
    rooms.found("staff", "", "program_staff")

    (note,) = (each["outbox"][0]["body"]["data"] for each in notes.find())
    assert (note["kind"], note["actor_id"], note["about"]) == ("directory_read", "per_staff", ["per_bo"])


def test_another_network_finds_nobody_here(rooms):
    rooms.say("bo", consent("network", *ALL[1:]), position="Nurse")

    assert rooms.found("ada", network="net_2") == {}
    assert rooms.as_("ada", network="net_2")("GET", "/v1/directory/per_bo").status == 404


@pytest.mark.parametrize("role", ["guest", "recipient", "sponsor"])
def test_who_is_here_for_something_else_has_no_directory(rooms, role):
    refused = rooms.as_("newcomer", role)("GET", "/v1/directory")

    assert (refused.status, refused.json["code"]) == (403, "directory-not-open")
    assert rooms.found("ada", "", role) == {}


def test_who_left_is_no_longer_found(rooms):
    rooms.say("bo", consent("network", "years"), years=4)
    rooms.change("bo", standing="gone")

    assert rooms.found("ada") == {}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"years": 100}, "/years"),
        ({"years": True}, "/years"),
        ({"offers": ["x"] * 21}, "/offers"),
        ({"offers": ["x" * 501]}, "/offers/0"),
        ({"challenges": [7]}, "/challenges/0"),
        ({"threads": [{"kind": "gossip", "name": "x"}]}, "/threads/0/kind"),
        ({"place": {"latitude": 91, "longitude": 0}}, "/place/latitude"),
        ({"place": {"latitude": 9}}, "/place/longitude"),
        ({"place": {"street": "x"}}, "/place/street"),
        ({"consent": {"offers": "everybody"}}, "/consent/offers"),
        ({"consent": {"salary": "nobody"}}, "/consent/salary"),
        ({"person_id": "per_bo"}, "/person_id"),
        ({"revision": 7}, "/revision"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name_and_changes_nothing(rooms, body, pointer):
    before = rooms.say("ada", consent("cohort", "offers"), offers=["Budgets"])

    refused = rooms.change_profile("ada", body)

    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, pointer)
    assert rooms.as_("ada")("GET", "/v1/me/profile").json == before


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("?expertise=the", "?expertise"),
        ("?latitude=57&longitude=24", "radius_km"),
        ("?latitude=nan&longitude=24&radius_km=5", "latitude"),
        ("?latitude=57&longitude=24&radius_km=0", "radius_km"),
        ("?salary=9", "salary"),
    ],
)
def test_a_search_that_cannot_be_is_refused_by_its_name(rooms, query, pointer):
    refused = rooms.as_("ada")("GET", f"/v1/directory{query}")

    assert refused.status == 422
    assert pointer in refused.json["errors"][0]["pointer"]
