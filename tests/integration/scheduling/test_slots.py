"""Looking at dates and changing them, through scheduling's doors."""

import pytest

from services.contracts.caller import Caller
from services.kit.outcomes import RemoteRefusal
from services.scheduling.domain.timetable import session_id
from tests.builders.hearing import hear, run_due
from tests.builders.scheduling import a_cohort_formed

FIRST = session_id("coh_1", 1)


def a_caller(name, *roles, network="net_1"):
    return Caller("person", network, person_id=f"per_{name}", roles=frozenset(roles))


MEMBER, FACILITATOR, STRANGER = (
    a_caller("ada"),
    a_caller("fay", "facilitator"),
    a_caller("sam", "facilitator"),
)
STAFF, FOREIGN_STAFF = a_caller("stef", "program_staff"), a_caller("nat", "network_admin", network="net_2")
LINK = Caller("link", "net_1", person_id="per_ada", link={"act": "rsvp", "subject": FIRST})


@pytest.fixture
def planned(house, clock):
    hear(house, "on_cohort", a_cohort_formed(starts_on="2024-02-05"))
    clock.moment = clock.moment.replace(minute=5)
    run_due(house, "timetables", "on_timetable_due")
    return house


def refusal(house, name, caller, **payload):
    with pytest.raises(RemoteRefusal) as refused:
        house.ask(name, caller, **payload)
    return refused.value.code


@pytest.mark.parametrize("caller", [MEMBER, FACILITATOR, STAFF])
def test_those_of_the_cohort_and_staff_see_its_dates(planned, caller):
    seen = planned.ask("list_sessions", caller, cohort_id="coh_1")

    assert [slot["number"] for slot in seen["data"]] == [1, 2, 3, 4]
    assert seen["next"] is None


@pytest.mark.parametrize(
    "caller", [STRANGER, FOREIGN_STAFF, Caller(), Caller("client", "net_1", client_id="c")]
)
def test_nobody_else_learns_that_there_are_any(planned, caller):
    code = refusal(planned, "list_sessions", caller, cohort_id="coh_1")

    assert code == refusal(planned, "list_sessions", caller, cohort_id="coh_unknown")


def test_a_list_goes_on_where_the_page_ended(planned):
    first = planned.ask("list_sessions", MEMBER, cohort_id="coh_1", limit=3)
    second = planned.ask("list_sessions", MEMBER, cohort_id="coh_1", limit=3, after=first["next"])

    assert [slot["number"] for slot in first["data"] + second["data"]] == [1, 2, 3, 4]


def test_my_sessions_are_those_of_my_cohorts_that_are_not_over(planned, clock):
    clock.moment = planned.service.slots.get("net_1", FIRST).ends_at

    assert [slot["number"] for slot in planned.ask("my_sessions", MEMBER)["data"]] == [2, 3, 4]
    assert planned.ask("my_sessions", STRANGER)["data"] == []


def test_a_link_shows_the_session_it_was_made_for_and_no_other(planned):
    assert planned.ask("show_slot", LINK, session_id=FIRST)["number"] == 1
    assert refusal(planned, "show_slot", LINK, session_id=session_id("coh_1", 2)) == "not-found"


def test_a_link_of_somebody_who_is_no_member_shows_nothing(planned):
    left = Caller("link", "net_1", person_id="per_gone", link={"act": "rsvp", "subject": FIRST})

    assert refusal(planned, "show_slot", left, session_id=FIRST) == "not-found"


@pytest.mark.parametrize("caller", [FACILITATOR, STAFF])
def test_the_facilitator_and_staff_move_a_session(planned, caller):
    moved = planned.ask(
        "reschedule_session", caller, key="k1", session_id=FIRST, wall_start="2024-02-06T10:00"
    )

    assert (moved["wall_start"], moved["starts_at"]) == ("2024-02-06T10:00", "2024-02-06T09:00:00.000Z")
    assert moved["sequence"] == 1


REFUSED = [
    (MEMBER, "not-your-timetable"),
    (LINK, "not-found"),
    (STRANGER, "not-found"),
    (FOREIGN_STAFF, "not-found"),
]
CHANGES = [
    ("reschedule_session", {"wall_start": "2024-02-06T10:00"}),
    ("set_place", {"place": "Room 4"}),
    ("cancel_session", {}),
]


@pytest.mark.parametrize(("caller", "code"), REFUSED)
@pytest.mark.parametrize(("name", "payload"), CHANGES)
def test_nobody_else_changes_a_date(planned, caller, code, name, payload):
    assert refusal(planned, name, caller, key="k1", session_id=FIRST, **payload) == code


def test_moving_from_an_old_view_is_stale(planned):
    seen = planned.reply("show_slot", FACILITATOR, session_id=FIRST)
    planned.ask("set_place", STAFF, key="k1", session_id=FIRST, place="Room 4")

    with pytest.raises(RemoteRefusal) as refused:
        planned.ask(
            "reschedule_session", FACILITATOR, key="k2", if_match=seen["etag"],
            session_id=FIRST, wall_start="2024-02-06T10:00",
        )  # fmt: skip

    assert refused.value.status_hint == 412


def test_the_view_just_read_may_be_changed(planned):
    seen = planned.reply("show_slot", FACILITATOR, session_id=FIRST)

    moved = planned.ask(
        "reschedule_session", FACILITATOR, key="k1", if_match=seen["etag"],
        session_id=FIRST, wall_start="2024-02-06T10:00",
    )  # fmt: skip

    assert moved["wall_start"] == "2024-02-06T10:00"


def announced(planned):
    """What the first session's document announced, in order."""
    entries = planned.service.slots.documents.find_one({"_id": FIRST})["outbox"]
    return [each["routing_key"] for each in entries]


def test_asking_twice_under_one_key_moves_once(planned):
    asked = {"session_id": FIRST, "wall_start": "2024-02-06T10:00"}
    first = planned.reply("reschedule_session", STAFF, key="k1", **asked)

    second = planned.reply("reschedule_session", STAFF, key="k1", **asked)

    assert first["answer"] == second["answer"]
    assert second["replayed"]
    assert announced(planned) == ["session_scheduled", "session_rescheduled", "audit_noted"]


def test_a_facilitator_is_not_moved_onto_their_other_session(planned):
    hear(
        planned,
        "on_cohort",
        a_cohort_formed(members=("cy", "dee"), cohort_id="coh_2", starts_on="2024-02-05"),
    )
    planned.service.clock.moment = planned.service.clock.now().replace(minute=9)
    run_due(planned, "timetables", "on_timetable_due")
    other = planned.service.slots.get("net_1", session_id("coh_2", 1))

    code = refusal(
        planned, "reschedule_session", STAFF, key="k1", session_id=FIRST, wall_start=other.wall_start
    )

    assert code == "facilitator-busy"


def test_a_cancelled_session_is_announced_once_and_stays_cancelled(planned):
    planned.ask("cancel_session", STAFF, key="k1", session_id=FIRST)
    again = planned.ask("cancel_session", FACILITATOR, key="k2", session_id=FIRST)

    assert again["standing"] == "cancelled"
    assert announced(planned) == ["session_scheduled", "session_cancelled", "audit_noted"]


@pytest.mark.parametrize(
    "payload",
    [
        {"wall_start": "soon"},
        {"wall_start": "2024-02-06T10:00Z"},
        {"wall_start": {"$gt": ""}},
        {"wall_start": "2024-02-06T10:00", "network": "net_2"},
        {"wall_start": "2024-02-06T10:00", "starts_at": "2024-02-06T10:00:00Z"},
        {"wall_start": "2000-02-06T10:00"},
        {},
    ],
)
def test_bad_input_names_its_field(planned, payload):
    with pytest.raises(RemoteRefusal) as refused:
        planned.ask("reschedule_session", STAFF, key="k1", session_id=FIRST, **payload)

    assert refused.value.kind == "invalid"
    assert refused.value.errors[0]["pointer"].startswith("/")


@pytest.mark.parametrize("place", ["x" * 301, "Room\r\n4", "Room\x004", "Room\u20284", 4, None, {"$gt": ""}])
def test_a_place_is_one_short_line(planned, place):
    assert refusal(planned, "set_place", STAFF, key="k1", session_id=FIRST, place=place) == "invalid"
