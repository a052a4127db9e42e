"""Reporting lines as staff and an HR system meet them: HTTP in front, a real MongoDB behind."""

import pytest

from services.contracts.caller import Caller
from services.kit.clock import WallClock
from services.kit.outcomes import RemoteRefusal
from tests.builders.gateway import a_token
from tests.builders.people import NET, Works, a_roster, a_row, staff
from tests.builders.rooms import Rooms

BETWEEN = "/v1/reporting-lines/between?one=per_{}&other=per_{}"


@pytest.fixture
def clock():
    """Due work is taken by the database's clock, which is the wall's."""
    return WallClock()


@pytest.fixture
def rooms(house):
    return Rooms(house)


@pytest.fixture
def desk(rooms):
    """Staff's requests."""
    return rooms.as_("staff", "program_staff")


def hr_system(rooms, organization_id=None, *scopes):
    caller = Caller(
        kind="client",
        network=NET,
        client_id="cli_1",
        organization_id=organization_id,
        scopes=frozenset(scopes or ("lines:write",)),
    )
    token = a_token(caller)
    return lambda method, path, body=None: rooms.gateway.request(method, path, body, token=token)


def managers(answer):
    return [(line["person_id"], line["source"], line["by"]) for line in answer.json["managers"]]


def test_whoever_is_above_is_found_at_any_depth(desk):
    relations = {
        pair: desk("GET", BETWEEN.format(*pair)).json["relation"]
        for pair in (("boss", "bo"), ("bo", "boss"), ("mid", "bo"), ("bo", "ada"), ("ada", "ada"))
    }

    assert list(relations.values()) == ["above", "below", "above", "none", "none"]


def test_several_managers_each_with_who_named_them(desk, rooms):
    first = desk("PUT", "/v1/people/per_ada/managers", {"managers": ["per_mid"]})
    second = hr_system(rooms)("PUT", "/v1/people/per_ada/managers", {"managers": ["per_guide", "per_mid"]})
    shown = desk("GET", "/v1/people/per_ada/lines").json

    assert managers(first) == [("per_mid", "staff", "per_staff")]
    assert managers(second) == [("per_guide", "hr", "cli_1"), ("per_mid", "staff", "per_staff")]
    assert shown["above"] == ["per_boss", "per_guide", "per_mid"]
    assert shown["names"] == {"per_guide": "Guide", "per_mid": "Mid"}
    assert desk("GET", "/v1/people/per_mid/lines").json["reports"] == 2
    assert desk("GET", BETWEEN.format("guide", "ada")).json["relation"] == "above"


def test_a_line_of_older_days_says_that_nobody_marked_it(desk):
    shown = desk("GET", "/v1/people/per_bo/lines").json

    assert shown["managers"] == [{"person_id": "per_mid", "source": None, "by": None, "since": None}]


def test_an_import_marks_its_lines_and_the_same_roster_again_changes_nothing(house, floor, clock):
    works = Works(house, floor)
    roster = a_roster(a_row("Kim"), a_row("Lou", manager="kim@example.org"))

    for _ in range(2):
        begun = house.ask("start_import", staff(), text=roster, create_organizations=True)
        works.all()
    again = house.ask("show_import", staff(), import_id=begun["id"])
    lou = next(one for one in house.ask("list_people", staff())["data"] if one["display_name"] == "Lou")
    (line,) = house.ask("show_lines", staff(), person_id=lou["id"])["managers"]

    assert (again["unchanged"], line["source"]) == (2, "import")
    assert line["by"].startswith("imp_")
    assert line["by"] != begun["id"]


def test_a_roster_brings_languages_and_places(house, floor, clock):
    works = Works(house, floor)
    text = "Name,Email,Spoken languages,City,Country\nKim,kim@example.org,lv|en,Riga,Latvia\n"

    house.ask("start_import", staff(), text=text)
    works.all()
    (kim,) = house.ask("list_people", staff())["data"]

    assert (kim["languages"], kim["city"], kim["country"]) == (["lv", "en"], "Riga", "Latvia")


@pytest.mark.parametrize(
    ("person", "wanted", "status", "code"),
    [
        ("boss", ["per_bo"], 409, "manager-circle"),
        ("boss", ["per_boss"], 422, "own-manager"),
        ("ada", ["per_mid", "per_nobody"], 404, "manager-unknown"),
        ("nobody", [], 404, "not-found"),
        ("ada", ["x"], 422, "invalid"),
        ("ada", "per_mid", 422, "invalid"),
    ],
)
def test_what_no_rule_could_be_kept_over_is_refused_and_changes_nothing(desk, person, wanted, status, code):
    refused = desk("PUT", f"/v1/people/per_{person}/managers", {"managers": wanted})

    assert (refused.status, refused.json["code"]) == (status, code)
    assert desk("GET", "/v1/reporting-lines").json["lines"] == 2


def test_an_unknown_manager_is_named_by_its_place(desk):
    refused = desk("PUT", "/v1/people/per_ada/managers", {"managers": ["per_mid", "per_nobody"]})

    assert refused.json["errors"][0]["pointer"] == "/managers/1"


def test_an_hr_system_speaks_for_its_own_organization_alone(rooms):
    for name in ("ada", "bo"):
        rooms.change(name, organization_id="org_1")
    north = hr_system(rooms, "org_1")

    own = north("PUT", "/v1/people/per_ada/managers", {"managers": ["per_bo"]})
    others = north("PUT", "/v1/people/per_cy/managers", {"managers": []})
    outside = north("PUT", "/v1/people/per_ada/managers", {"managers": ["per_cy"]})
    reader = hr_system(rooms, "org_1", "people:read")("PUT", "/v1/people/per_ada/managers", {"managers": []})

    assert [one.status for one in (own, others, outside, reader)] == [200, 404, 404, 403]


def test_circles_and_lost_managers_are_listed_page_by_page(desk, rooms):
    rooms.change("boss", managers=("per_mid",))
    rooms.change("ada", managers=("per_ghost", "per_cy"))
    rooms.change("cy", standing="gone")

    summary = desk("GET", "/v1/reporting-lines").json
    first = desk("GET", "/v1/reporting-lines/problems?limit=2").json
    rest = desk("GET", f"/v1/reporting-lines/problems?limit=2&cursor={first['next_cursor']}").json

    assert (summary["problems"], summary["people"]) == (3, 9)
    found = [
        (one["code"], [each["display_name"] for each in one["people"]], one["manager_id"])
        for one in first["data"] + rest["data"]
    ]
    assert found == [
        ("manager-circle", ["Boss", "Mid"], None),
        ("manager-not-here", ["Ada"], "per_ghost"),
        ("manager-not-here", ["Ada"], "per_cy"),
    ]
    assert desk("GET", BETWEEN.format("boss", "mid")).json["relation"] == "circle"


def test_the_page_of_lines_names_who_reports_in_a_circle(rooms):
    open_, _ = rooms.page_of("staff", "program_staff")
    assert "Nothing is wrong with them." in open_("/staff/lines").body.decode()
    rooms.change("boss", managers=("per_mid",))

    page = open_("/staff/lines").body.decode()

    assert "They report in a circle: <bdi>Boss</bdi>, <bdi>Mid</bdi>" in page


def test_lines_of_another_network_are_not_there(rooms):
    elsewhere = rooms.as_("staff", "program_staff", network="net_2")

    assert elsewhere("GET", "/v1/people/per_bo/lines").status == 404
    assert elsewhere("GET", BETWEEN.format("boss", "bo")).status == 404
    assert elsewhere("GET", "/v1/reporting-lines").json["lines"] == 0


def test_members_do_not_read_lines(rooms):
    with pytest.raises(RemoteRefusal) as refused:
        rooms.house.ask("show_lines", Caller("person", NET, person_id="per_bo"), person_id="per_bo")

    assert (refused.value.kind, refused.value.code) == ("forbidden", "staff-only")


def test_nobody_leads_a_cohort_from_above_or_below_a_member_however_far(rooms):
    rooms.change("newcomer", managers=("per_bo",))
    leads = {"cohort_id": "coh_1"}

    for name in ("boss", "mid", "newcomer"):
        with pytest.raises(RemoteRefusal) as refused:
            rooms.house.ask("assign_facilitators", staff(), person_ids=["per_guide", f"per_{name}"], **leads)
        assert refused.value.code == "hard-rule-broken"
    led = rooms.house.ask("assign_facilitators", staff(), person_ids=["per_dee"], **leads)

    assert [one["person_id"] for one in led["facilitators"]] == ["per_dee"]
