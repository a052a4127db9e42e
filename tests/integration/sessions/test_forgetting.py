"""Sessions forgets names, answers and words of one member; the cohort keeps what was theirs."""

import pytest

from services.kit.outcomes import RemoteRefusal
from tests.builders.hearing import hear
from tests.builders.remains import confirmations, forget_in, remains, with_new_keys
from tests.builders.sessions import CAPSULE, NETWORK, ROSTER, a_cohort_event, a_person

FAY, ADA, BO = a_person("per_fay"), a_person("per_ada"), a_person("per_bo")
WORDS = "CANARY what I said I would do"


@pytest.fixture
def held(house):
    """A session in which Ada and Bo answered, came and committed to something."""
    with_new_keys(house)
    for member in (ADA, BO):
        house.ask("record_rsvp", member, session_id="ses_1", answer="yes")
    house.ask("open_session", FAY, session_id="ses_1")
    house.ask("record_attendance", FAY, session_id="ses_1", present=list(ROSTER))
    house.ask("start_topics", FAY, session_id="ses_1")
    house.ask("make_commitment", ADA, key="k1", **a_promise(WORDS))
    house.ask("make_commitment", BO, key="k2", **a_promise("Ask first", buddy_id="per_ada"))
    return house


def a_promise(what, **more):
    return {"session_id": "ses_1", "what": what, "due_on": "2027-01-20"} | more


def words_of(house, member):
    return [one["what"] for one in house.ask("list_commitments", member)["data"]]


def test_name_answer_and_words_are_gone_and_figures_stay(held):
    assert forget_in(held) == ["done"]

    session = held.service.sessions.get(NETWORK, "ses_1")
    assert remains(held.service.sessions.floor, "Ada") == set()
    assert [rsvp.person_id for rsvp in session.rsvps] == ["per_bo"]
    assert "per_ada" in session.present()
    assert [made.what for made in session.commitments] == ["", "Ask first"]
    assert confirmations(held) == ["person_erased_by_sessions"]


def test_the_words_do_not_open_any_more_also_from_an_older_document(held):
    before = held.service.sessions.documents.find_one({"_id": "ses_1"})

    forget_in(held)

    old = held.service.sessions.whole(before)
    assert [made.what for made in old.commitments] == ["", "Ask first"]


def test_a_cohort_mate_keeps_their_words_and_loses_the_buddy(held):
    forget_in(held)

    (kept,) = held.ask("list_commitments", BO)["data"]
    assert (kept["what"], kept["buddy_id"]) == ("Ask first", None)


def test_the_session_goes_on_and_its_capsule_is_published(held):
    forget_in(held)

    held.ask("close_session", FAY, session_id="ses_1")
    held.ask("publish_capsule", FAY, session_id="ses_1", **CAPSULE)

    assert held.ask("show_capsule", BO, session_id="ses_1")["ideas"] == CAPSULE["ideas"]


def test_a_roster_heard_late_brings_no_name_back(held):
    forget_in(held)

    hear(held, "on_cohort", a_cohort_event(signed_by=ROSTER), version=9)

    assert remains(held.service.sessions.floor, "Ada") == set()
    with pytest.raises(RemoteRefusal):
        held.ask("show_session", ADA, session_id="ses_1")


def test_forgetting_twice_tells_of_the_session_once_and_confirms_each_time(held):
    forget_in(held)
    told = held.service.sessions.documents.find_one({"_id": "ses_1"})["outbox"]

    forget_in(held, version=2)

    again = held.service.sessions.documents.find_one({"_id": "ses_1"})["outbox"]
    assert len(again) == len(told)
    assert len(confirmations(held)) == 2


def test_a_request_repeated_after_forgetting_answers_without_the_name(held):
    shown = held.ask("record_attendance", FAY, key="k9", session_id="ses_1", present=["per_bo"])
    assert "Ada" in str(shown)

    forget_in(held)

    again = held.ask("record_attendance", FAY, key="k9", session_id="ses_1", present=["per_bo"])
    assert "Ada" not in str(again)


def test_a_person_takes_their_own_words_along_and_nobody_elses(held):
    rows, after = [], None
    while True:
        told = held.ask("export_mine", ADA, **({"after": after} if after else {}))
        rows += told["data"]
        if (after := told["next"]) is None:
            break

    assert [row["what"] for row in rows if row["kind"] == "commitment"] == [WORDS]
    assert "Ask first" not in str(rows)
    assert "Bo" not in str(rows)


def test_words_are_not_taken_along_without_an_own_factor(held):
    closed = type(ADA)(**vars(ADA) | {"text_open": False})

    with pytest.raises(RemoteRefusal) as refusal:
        held.ask("export_mine", closed)

    assert refusal.value.code == "own-factor-needed"
