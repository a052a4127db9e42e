"""Guests as who leads, members, staff and the guest meet them: HTTP in front, a real MongoDB behind.

Ada, Bo and Cy share a cohort that Guide leads; Dee and Ed share one that nobody leads. Bo reports to Mid.
"""

from datetime import UTC, datetime, timedelta

import pytest

from services.contracts.events.scheduling import SessionCancelled, SessionScheduled
from services.kit.clock import WallClock
from services.membership.handlers import erasing
from tests.builders.hearing import hear
from tests.builders.people import NET
from tests.builders.rooms import Rooms

SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(days=5)
GUESTS = "/v1/sessions/ses_1/guests"
BODY = {"person_id": "per_newcomer", "introduced_as": "Head of ports", "purpose": "To hear how it goes"}
WORDS = ("standing", "my_answer")


@pytest.fixture
def clock():
    return WallClock()


@pytest.fixture
def rooms(house):
    rooms = Rooms(house)
    slot(house, "ses_1", "coh_1")
    slot(house, "ses_2", "coh_2")
    return rooms


def slot(house, session_id, cohort_id, starts_at=SOON, version=1, cls=SessionScheduled, standing="scheduled"):
    fact = cls(
        network=NET,
        session_id=session_id,
        cohort_id=cohort_id,
        program_id="prg_1",
        number=1,
        of=4,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        wall_start="2027-01-12T15:00",
        zone="UTC",
        place="",
        sequence=0,
        standing=standing,
    )
    hear(house, "on_slot", fact, version=version)


def invited(rooms, by="guide", path=GUESTS, **body):
    answer = rooms.as_(by)("POST", path, BODY | body)
    assert answer.status == 201, answer.body
    return answer.fields["location"]


def say(rooms, path, **answers):
    for name, said in answers.items():
        assert rooms.as_(name)("PUT", f"{path}/answer", {"answer": said}).status == 200


def decide(house, rooms, path):
    """Let the deadline come: the session is in a few hours."""
    slot(house, "ses_1", "coh_1", datetime.now(UTC) + timedelta(hours=3), version=2)
    house.service.on_guest_due(path.rpartition("/")[2], NET, "decide")


def seen_by(rooms, path, *names):
    return {name: rooms.as_(name)("GET", path) for name in names}


def test_members_are_asked_privately_and_the_guest_comes_by_every_yes(house, rooms):
    path = invited(rooms)
    say(rooms, path, ada="yes", bo="no", cy="yes")
    say(rooms, path, bo="yes")
    own = rooms.as_("bo")("GET", path).json

    decide(house, rooms, path)

    assert [own[name] for name in WORDS] == ["asked", "yes"]
    assert {one.json["standing"] for one in seen_by(rooms, path, "ada", "guide").values()} == {"approved"}
    assert rooms.as_("ada")("GET", path).json["my_answer"] is None


def test_until_the_deadline_and_after_it_nobody_is_shown_whether_or_how_many_refused(house, rooms):
    seen = []
    for answers in ({}, {"bo": "no"}, {"ada": "no", "bo": "no", "cy": "yes"}):
        house.service.guests.documents.delete_many({})
        path = invited(rooms)
        say(rooms, path, **answers)
        staff = rooms.as_("staff", "program_staff")
        before = [rooms.as_("guide")("GET", path), staff("GET", path), staff("GET", GUESTS)]
        decide(house, rooms, path)
        after = [*seen_by(rooms, path, "guide", "ada", "bo").values(), staff("GET", path)]
        slot(house, "ses_1", "coh_1", version=3)
        house.service.slots.documents.update_many({}, {"$set": {"version": 1}})
        seen.append([[without_times(one.json) for one in each] for each in (before, after)])

    assert seen[0] == seen[1] == seen[2]
    assert {one["standing"] for one in seen[0][1]} == {"not-approved"}


def without_times(shown):
    if "data" in shown:
        return [without_times(one) for one in shown["data"]]
    return {name: value for name, value in shown.items() if not name.endswith(("_at", "_until"))}


def test_the_guest_learns_of_it_when_let_in_and_not_before(house, rooms):
    path = invited(rooms)
    guest = rooms.as_("newcomer")
    before = (guest("GET", path).status, guest("PUT", f"{path}/pledge").status)
    mine_before = guest("GET", "/v1/me/guest-invitations").json["data"]
    say(rooms, path, ada="yes", bo="yes", cy="yes")
    decide(house, rooms, path)

    pledged = guest("PUT", f"{path}/pledge")

    assert (before, mine_before) == ((404, 404), [])
    assert (pledged.status, pledged.json["has_pledged"], pledged.json["face"]) == (200, True, "guest")
    assert [one["face"] for one in guest("GET", "/v1/me/guest-invitations").json["data"]] == ["guest"]
    assert guest("GET", GUESTS).status == 404


def test_members_find_what_they_are_asked(rooms):
    path = invited(rooms)

    ada = rooms.as_("ada")("GET", "/v1/me/guest-invitations").json["data"]
    guide = rooms.as_("guide")("GET", "/v1/me/guest-invitations").json["data"]

    assert [one["id"] for one in ada] == [path.rpartition("/")[2]]
    assert guide == []


@pytest.mark.parametrize("person", ["mid", "boss", "ada", "guide"])
def test_who_is_in_a_line_or_of_the_cohort_is_refused_without_saying_which(rooms, person):
    refused = rooms.as_("guide")("POST", GUESTS, BODY | {"person_id": f"per_{person}"})

    assert (refused.status, refused.json["code"]) == (409, "guest-not-possible")
    assert refused.json["detail"] == "this person can't be a guest of this cohort"


@pytest.mark.parametrize(
    ("by", "body", "status", "code", "pointer"),
    [
        ("ada", {}, 404, "not-found", None),
        ("dee", {}, 404, "not-found", None),
        ("guide", {"person_id": "per_nobody"}, 404, "not-found", None),
        ("guide", {"introduced_as": ""}, 422, "invalid", "/introduced_as"),
        ("guide", {"introduced_as": "two\nlines"}, 422, "invalid", "/introduced_as"),
        ("guide", {"purpose": "x" * 301}, 422, "invalid", "/purpose"),
        ("guide", {"person_id": "x"}, 422, "invalid", "/person_id"),
    ],
)
def test_an_invitation_that_cannot_be_names_what_is_wrong_and_asks_nobody(
    rooms, by, body, status, code, pointer
):
    refused = rooms.as_(by)("POST", GUESTS, BODY | body)

    assert (refused.status, refused.json["code"]) == (status, code)
    assert [each["pointer"] for each in refused.json.get("errors", [])] == ([pointer] if pointer else [])
    assert rooms.as_("guide")("GET", GUESTS).json["data"] == []


def test_it_is_too_late_on_the_last_day(house, rooms):
    slot(house, "ses_1", "coh_1", datetime.now(UTC) + timedelta(hours=23), version=2)

    refused = rooms.as_("guide")("POST", GUESTS, BODY)

    assert (refused.status, refused.json["code"]) == (409, "too-late-for-guest")


def test_answers_are_yes_or_no_from_members_alone(rooms):
    path = invited(rooms)

    wrong = rooms.as_("ada")("PUT", f"{path}/answer", {"answer": "maybe"})
    others = [
        rooms.as_(name)("PUT", f"{path}/answer", {"answer": "no"}).status
        for name in ("guide", "dee", "newcomer")
    ]

    assert (wrong.status, wrong.json["errors"][0]["pointer"]) == (422, "/answer")
    assert others == [404, 404, 404]


def test_where_nobody_leads_a_member_invites_and_answers_too(rooms):
    path = invited(rooms, by="dee", path="/v1/sessions/ses_2/guests")

    say(rooms, path, dee="yes")

    assert rooms.as_("ed")("GET", path).json["face"] == "member"
    assert rooms.as_("dee")("DELETE", path).json["standing"] == "withdrawn"


def test_asking_twice_asks_once_and_a_session_called_off_has_no_guests(house, rooms):
    path = invited(rooms)

    assert invited(rooms, purpose="Another") == path
    slot(house, "ses_1", "coh_1", version=2, cls=SessionCancelled, standing="cancelled")

    assert rooms.as_("ada")("GET", path).json["standing"] == "withdrawn"


def test_an_answer_is_sealed_and_the_decision_leaves_none(house, rooms):
    path = invited(rooms)
    say(rooms, path, bo="no")
    kept = house.service.guests.documents.find_one({})

    decide(house, rooms, path)

    assert [set(one) for one in kept["said"]] == [{"person_id", "sealed"}]
    assert len(kept["said"][0]["sealed"]) > 128
    assert house.service.guests.documents.find_one({})["said"] == []


def test_somebody_forgotten_leaves_neither_an_answer_nor_words_about_them(house, rooms):
    path = invited(rooms)
    say(rooms, path, bo="no", ada="yes")

    for name in ("bo", "newcomer"):
        forgotten(house, name)

    shown = rooms.as_("guide")("GET", path).json
    assert (shown["display_name"], shown["introduced_as"], shown["purpose"]) == ("", "", "")
    assert house.service.guests.documents.find_one({})["said"] == []


def forgotten(house, name):
    for step in erasing.STEPS_OF_OWN_PART:
        step(NET, f"per_{name}", house.service._erasure_ports())


def test_the_pages_ask_the_members_and_show_hosts_nothing_of_the_answers(rooms):
    _, send = rooms.page_of("guide")
    sent = send("/sessions/ses_1/guests", BODY)
    path = dict(sent.fields)["location"].partition("?")[0]
    open_, answer = rooms.page_of("ada")

    shown = open_(path).body.decode()
    said = answer(f"{path}/answer", {"answer": "no"})
    host = rooms.page_of("guide")[0](path).body.decode()

    assert "Are you comfortable with that?" in shown
    assert said.status == 303
    assert "Announce a guest" not in open_("/sessions/ses_1/guests").body.decode()
    assert "You said: not this time." in open_(path).body.decode()
    assert "Every member is asked privately" in host and "not this time" not in host.casefold()
