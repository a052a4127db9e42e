"""Handing a cohort over, as members, who leads and staff meet it: HTTP in front, a real MongoDB behind.

Ada, Bo and Cy share a cohort that Guide leads. Bo reports to Mid.
"""

from datetime import UTC, datetime, timedelta

import pytest

from services.contracts.events.sessions import Attended, SessionClosed
from services.kit.clock import WallClock
from services.membership.handlers import guarding
from tests.builders.hearing import hear
from tests.builders.people import NET
from tests.builders.rooms import Rooms

LADDER = "/v1/cohorts/coh_1/ladder"
STEP, TURN = f"{LADDER}/step", "/v1/cohorts/coh_1/turn"
EVERYBODY = ("per_ada", "per_bo", "per_cy")


@pytest.fixture
def clock():
    return WallClock()


@pytest.fixture
def rooms(house):
    rooms = Rooms(house)
    for name in ("ada", "bo", "cy"):
        rooms.as_(name)("PUT", "/v1/cohorts/coh_1/agreement/signature", {"version": "keys-1.0"})
    return rooms


def meet(house, number, leader="per_guide", present=EVERYBODY, version=1):
    starts_at = datetime.now(UTC) + timedelta(minutes=number)
    fact = SessionClosed(
        network=NET,
        session_id=f"ses_{number}",
        cohort_id="coh_1",
        program_id="prg_1",
        number=number,
        of=8,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        standing="closed",
        invited=EVERYBODY,
        facilitators=(leader,),
        rsvps=(),
        attendance=tuple(Attended(one, "present" if one in present else "no_show") for one in EVERYBODY),
        commitments=(),
        capsule_published_at=None,
    )
    hear(house, "on_session", fact, version=version)


def names(answer, part="facilitators"):
    return [one["display_name"] for one in answer.json[part]]


def test_a_cohort_is_handed_over_step_by_step_by_evidence_and_taken_back_at_will(house, rooms):
    guide = rooms.as_("guide")
    early = guide("PUT", STEP, {"step": "paired"})
    meet(house, 1)

    paired = guide("PUT", STEP, {"step": "paired", "why": "They are ready"})
    meet(house, 2, leader="per_ada")
    shadowed = guide("PUT", STEP, {"step": "shadowed", "person_id": "per_cy"})
    back = guide("PUT", STEP, {"step": "external"})

    assert (early.status, early.json["code"]) == (409, "evidence-missing")
    assert (paired.json["step"], names(paired)) == ("paired", ["Guide", "Ada"])
    assert (shadowed.json["step"], names(shadowed)) == ("shadowed", ["Cy", "Guide"])
    assert (back.json["step"], names(back)) == ("external", ["Guide"])
    assert [one["why"] for one in back.json["taken"]] == ["They are ready", "", ""]


def test_members_see_the_evidence_as_counts_and_whose_turn_it_is_and_nobodys_absence(house, rooms):
    meet(house, 1, leader="per_ada", present=("per_ada", "per_bo"))

    shown = rooms.as_("cy")("GET", LADDER)

    assert [(one["name"], one["has"]) for one in shown.json["evidence"]] == [
        *(("sessions", 1), ("attendance", 66), ("signed", 100), ("led", 33))
    ]
    assert names(shown, "rota") == ["Bo", "Cy", "Ada"]
    assert shown.json["may_step"] is False
    assert "no_show" not in shown.body.decode()


@pytest.mark.parametrize(
    ("by", "status"),
    [("ada", 404), ("dee", 404), ("newcomer", 404), ("guide", 200), ("staff", 200), ("mid", 404)],
)
def test_who_leads_and_staff_who_are_strangers_hand_over(house, rooms, by, status):
    meet(house, 1)
    look(house)
    roles = ("program_staff",) if by in ("staff", "mid") else ()

    assert rooms.as_(by, *roles)("PUT", STEP, {"step": "paired"}).status == status


def look(house):
    """Have the cohort name whom a line keeps out."""
    service = house.service
    guarding.look_soon(NET, service.guardings, service.clock)
    ports = (service.guardings, service.cohorts, service.people, service.role_holders)
    guarding.look(NET, *ports, service.clock)


@pytest.mark.parametrize(
    ("path", "body", "status", "code", "pointer"),
    [
        (STEP, {"step": "shadowed"}, 422, "no-such-step", "/step"),
        (STEP, {"step": "external"}, 422, "no-such-step", "/step"),
        (STEP, {"step": "upward"}, 422, "invalid", "/step"),
        (STEP, {}, 422, "invalid", "/step"),
        (STEP, {"step": "paired", "why": "x" * 301}, 422, "invalid", "/why"),
        (STEP, {"step": "paired", "person_id": "per_dee"}, 422, "not-a-member", "/person_id"),
        (TURN, {}, 409, "not-rotating", None),
        (TURN, {"person_id": "x"}, 422, "invalid", "/person_id"),
    ],
)
def test_what_no_step_can_be_names_its_field_and_changes_nobody(
    house, rooms, path, body, status, code, pointer
):
    meet(house, 1)

    refused = rooms.as_("guide")("PUT", path, body)

    assert (refused.status, refused.json["code"]) == (status, code)
    assert [each["pointer"] for each in refused.json.get("errors", [])] == ([pointer] if pointer else [])
    assert names(rooms.as_("ada")("GET", LADDER)) == ["Guide"]


def test_a_member_in_a_line_of_another_does_not_come_to_lead(house, rooms):
    meet(house, 1)
    rooms.change("cy", managers=("per_ada",))

    refused = rooms.as_("guide")("PUT", STEP, {"step": "paired", "person_id": "per_ada"})

    assert (refused.status, refused.json["code"]) == (409, "hard-rule-broken")


def test_the_page_shows_the_ladder_and_lets_who_leads_take_the_step(house, rooms):
    meet(house, 1)
    open_, send = rooms.page_of("guide")

    shown = open_("/cohorts/coh_1/hand-over").body.decode()
    too_far = send("/cohorts/coh_1/hand-over/step", {"step": "self"})
    taken = send("/cohorts/coh_1/hand-over/step", {"step": "paired"})
    member = rooms.page_of("bo")[0]("/cohorts/coh_1/hand-over").body.decode()

    assert "Next: A member leads beside them" in shown
    assert (too_far.status, taken.status) == (422, 303)
    assert "Take this step" not in member and "Ada" in member
