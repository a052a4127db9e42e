import pytest

from services.kit.outcomes import RemoteRefusal
from tests.builders.hearing import hear
from tests.builders.sessions import a_cohort_event, a_link, a_person, a_slot_event

ADA, FAY = a_person("per_ada"), a_person("per_fay")


@pytest.fixture(autouse=True)
def planned(house):
    hear(house, "on_cohort", a_cohort_event())
    hear(house, "on_slot", a_slot_event())


@pytest.mark.parametrize("caller", [ADA, a_link("per_ada")], ids=["signed in", "by link"])
def test_an_answer_is_taken(house, caller):
    assert house.ask("record_rsvp", caller, session_id="ses_1", answer="yes")["my_answer"] == "yes"


def test_members_see_one_anothers_answers_and_a_link_only_its_own(house):
    house.ask("record_rsvp", ADA, session_id="ses_1", answer="yes")

    seen = house.ask("show_session", a_person("per_bo"), session_id="ses_1")
    by_link = house.ask("show_session", a_link("per_ada"), session_id="ses_1")

    assert [peer["answer"] for peer in seen["people"]] == ["yes", None, None]
    assert by_link.keys() == {
        "id",
        "number",
        "of",
        "standing",
        "starts_at",
        "ends_at",
        "wall_start",
        "zone",
        "face",
        "my_answer",
    }


@pytest.mark.parametrize(
    "name", ["open_session", "list_commitments", "next_session", "list_facilitated", "show_capsule"]
)
def test_a_link_can_do_nothing_else(house, name):
    needs = {"session_id": "ses_1"} if name in ("open_session", "show_capsule") else {}

    try:
        answer = house.ask(name, a_link("per_ada"), **needs)
    except RemoteRefusal as refused:
        assert refused.kind == "not-found"
    else:
        assert answer in ({"session": None}, {"data": [], "next": None})


def test_the_same_key_with_another_answer_is_refused(house):
    house.ask("record_rsvp", ADA, key="k1", body="yes", session_id="ses_1", answer="yes")

    with pytest.raises(RemoteRefusal) as refused:
        house.ask("record_rsvp", ADA, key="k1", body="no", session_id="ses_1", answer="no")

    assert refused.value.code == "key-reused"


@pytest.mark.parametrize("answer", ["maybe not", "", {"$gt": ""}, None, True])
def test_what_is_no_answer_is_refused_by_field(house, answer):
    with pytest.raises(RemoteRefusal) as refused:
        house.ask("record_rsvp", ADA, session_id="ses_1", answer=answer)

    assert [error["pointer"] for error in refused.value.errors] == ["/answer"]


def test_the_next_session_is_the_first_that_is_not_over(house):
    hear(house, "on_slot", a_slot_event(session_id="ses_2", number=2))

    assert house.ask("next_session", ADA)["session"]["id"] == "ses_1"
    assert house.ask("next_session", a_person("per_zoe")) == {"session": None}


def test_a_facilitator_finds_the_sessions_they_lead(house):
    assert [one["id"] for one in house.ask("list_facilitated", FAY)["data"]] == ["ses_1"]
    assert house.ask("list_facilitated", ADA)["data"] == []


def test_a_list_goes_on_where_it_stopped(house):
    for number in (2, 3):
        hear(house, "on_slot", a_slot_event(session_id=f"ses_{number}", number=number))

    first = house.ask("list_sessions", ADA, cohort_id="coh_1", limit=2)
    rest = house.ask("list_sessions", ADA, cohort_id="coh_1", limit=2, after=first["next"])

    assert [one["number"] for one in first["data"] + rest["data"]] == [1, 2, 3]
    assert rest["next"] is None


def test_strangers_list_nothing(house):
    with pytest.raises(RemoteRefusal) as refused:
        house.ask("list_sessions", a_person("per_zoe"), cohort_id="coh_1")

    assert refused.value.kind == "not-found"
