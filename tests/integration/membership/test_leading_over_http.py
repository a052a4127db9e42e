"""Who could lead a cohort, as staff meet it: neutral, with least to do, with remote skill where it counts.

Ada, Bo and Cy share a cohort that Guide leads. Bo reports to Mid, Mid to Boss.
"""

import pytest

from services.kit.clock import WallClock
from tests.builders.identity import a_role, signed_in
from tests.builders.people import NET
from tests.builders.rooms import Rooms

CANDIDATES = "/v1/cohorts/coh_1/facilitator-candidates"
FACILITATORS = "/v1/cohorts/coh_1/facilitators"


@pytest.fixture
def clock():
    return WallClock()


@pytest.fixture
def rooms(house):
    for name in ("guide", "newcomer", "mid", "dee", "bo"):
        house.service.roles.add(a_role(f"per_{name}", "facilitator", network=NET))
    return Rooms(house)


@pytest.fixture
def desk(rooms):
    return rooms.as_("staff", "program_staff")


def names(answer):
    return [one["person_id"].removeprefix("per_") for one in answer.json["data"]]


def assign(desk, *people, **said):
    tag = desk("GET", "/v1/cohorts/coh_1").fields["etag"]
    body = {"person_ids": [f"per_{one}" for one in people], **said}
    return desk("PUT", FACILITATORS, body, if_match=tag)


def test_candidates_are_neutral_strangers_with_least_to_do_first(desk):
    found = desk("GET", CANDIDATES)

    assert names(found) == ["dee", "newcomer", "guide"]
    assert [one["leads"] for one in found.json["data"]] == [0, 0, 1]


def test_where_a_cohort_meets_virtually_recorded_skill_comes_first(desk):
    desk("PUT", "/v1/people/per_guide/remote-skill", {"level": "experienced", "note": "Ten sessions"})
    desk("PUT", "/v1/people/per_newcomer/remote-skill", {"level": "trained"})

    assert names(desk("GET", f"{CANDIDATES}?virtually=true")) == ["guide", "newcomer", "dee"]
    assert names(desk("GET", CANDIDATES)) == ["dee", "newcomer", "guide"]


def test_a_virtual_cohort_gets_somebody_with_the_skill_on_record_and_two_may_lead(desk):
    refused = assign(desk, "dee", meets_virtually=True)
    desk("PUT", "/v1/people/per_newcomer/remote-skill", {"level": "experienced"})

    led = assign(desk, "dee", "newcomer", meets_virtually=True)

    assert (refused.status, refused.json["code"]) == (409, "remote-skill-missing")
    assert [each["pointer"] for each in refused.json["errors"]] == ["/person_ids"]
    assert [one["person_id"] for one in led.json["facilitators"]] == ["per_dee", "per_newcomer"]


def test_what_is_recorded_says_by_whom_and_is_replaced(desk):
    for level in ("trained", "experienced"):
        recorded = desk("PUT", "/v1/people/per_guide/remote-skill", {"level": level, "note": " Seen "})

    assert [recorded.json[name] for name in ("level", "note", "by")] == ["experienced", "Seen", "per_staff"]


@pytest.mark.parametrize(
    ("person", "body", "status", "code", "pointer"),
    [
        ("guide", {"level": "great"}, 422, "invalid", "/level"),
        ("guide", {}, 422, "invalid", "/level"),
        ("guide", {"level": "none", "note": "x" * 301}, 422, "invalid", "/note"),
        ("nobody", {"level": "none"}, 404, "not-found", None),
    ],
)
def test_what_is_no_record_names_its_field(desk, person, body, status, code, pointer):
    refused = desk("PUT", f"/v1/people/per_{person}/remote-skill", body)

    assert (refused.status, refused.json["code"]) == (status, code)
    assert [each["pointer"] for each in refused.json.get("errors", [])] == ([pointer] if pointer else [])


def test_the_person_finds_it_in_what_is_kept_about_them(house, desk):
    desk("PUT", "/v1/people/per_guide/remote-skill", {"level": "trained"})
    caller, kinds, after = signed_in("per_guide", text_open=True), {}, None
    while True:
        page = house.ask("export_mine", caller, after=after)
        kinds |= {one["kind"]: one for one in page["data"]}
        after = page["next"]
        if after is None:
            break

    assert kinds["remote_skill"]["level"] == "trained"


def test_the_page_offers_who_could_and_says_why_not(rooms, desk):
    open_, send = rooms.page_of("staff", "program_staff")
    path = "/staff/cohorts/coh_1/facilitators"

    shown = open_(f"{path}?how=virtually").body.decode()
    refused = send(path, {"lead_per_dee": "yes", "virtually": "yes"})
    recorded = send(f"{path}/skills", {"person_id": "per_dee", "level": "trained", "note": ""})
    saved = send(path, {"lead_per_dee": "yes", "virtually": "yes"})

    assert "Dee" in shown and "Mid" not in shown
    assert (refused.status, recorded.status, saved.status) == (422, 303, 303)
    assert [one["person_id"] for one in desk("GET", "/v1/cohorts/coh_1").json["facilitators"]] == ["per_dee"]
