"""From somebody outside who leads to a cohort that leads itself: by evidence up, at will down, turns fair."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.membership.domain.cohorts import Taken, form_cohort
from services.membership.domain.forgetting import forget_member
from services.membership.domain.ladder import (
    EvidenceMissing,
    Held,
    NobodyOutside,
    NoSuchStep,
    NotRotating,
    NotTheirTurn,
    first_step,
    hand_on,
    look,
    rota,
    take_step,
)
from tests.builders.people import a_program, somebody

NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)
WEEK = timedelta(weeks=1)
MEMBERS = ("per_ada", "per_bo", "per_cy")
PEOPLE = {one: somebody(one) for one in (*MEMBERS, "per_guide")}


def a_cohort(step="external", signed_by=MEMBERS, leads=("per_guide",), **fields):
    members, leading = [PEOPLE[one] for one in MEMBERS], [PEOPLE[one] for one in leads]
    cohort, _ = form_cohort("frm_1", 0, a_program(), members, leading, step=step)
    return replace(cohort, signed_by=tuple(signed_by), **fields)


def held(*leaders, present=3, since=NOON):
    return [
        Held(f"ses_{number}", since + number * WEEK, (leader,), 3, present)
        for number, leader in enumerate(leaders)
    ]


def stepped(cohort, step, sessions=(), person_id=None, people=None):
    taken = Taken(step, NOON + 9 * WEEK, "per_guide")
    return take_step(cohort, taken, sessions, people or PEOPLE, person_id)


def leaders(cohort):
    return [entry.person_id for entry in cohort.facilitators]


def evidence(cohort, sessions):
    return {one.name: (one.has, one.needs) for one in look(cohort, sessions).evidence}


def test_where_it_begins_follows_from_the_programs_facilitation():
    modes = ("outside", "consultant", "internal", "pair", "member", "rotating", "all")

    assert [first_step(mode) for mode in modes] == [
        *("external", "external", "external", "paired", "rotating", "rotating", "self")
    ]


def test_what_the_next_step_needs_is_said_in_counts_and_percent():
    cohort = a_cohort(signed_by=("per_ada",))

    assert evidence(cohort, held("per_guide", present=2)) == {
        "sessions": (1, 1),
        "attendance": (66, 70),
        "signed": (33, 100),
        "led": (0, 0),
    }
    assert look(cohort, []).advice == "stay"


def test_a_step_up_is_taken_by_evidence_and_a_member_leads_beside_the_outsider():
    after, facts = stepped(a_cohort(), "paired", held("per_guide"))

    assert (after.step, leaders(after)) == ("paired", ["per_guide", "per_ada"])
    assert [type(fact).__name__ for fact in facts] == ["FacilitatorAssigned"]
    assert facts[0].step == "paired"


def test_each_lack_is_named_and_nothing_is_taken():
    with pytest.raises(EvidenceMissing) as refused:
        stepped(a_cohort(signed_by=()), "paired", [])

    assert [error["pointer"] for error in refused.value.errors] == [
        *("/evidence/sessions", "/evidence/attendance", "/evidence/signed")
    ]


@pytest.mark.parametrize(
    ("now", "step"), [("external", "external"), ("external", "shadowed"), ("paired", "self")]
)
def test_steps_are_taken_one_at_a_time(now, step):
    with pytest.raises(NoSuchStep) as refused:
        stepped(a_cohort(now), step, held(*MEMBERS))

    assert [error["pointer"] for error in refused.value.errors] == ["/step"]


def test_the_whole_way_up_changes_who_leads():
    cohort, sessions, seen = a_cohort(), held("per_guide"), []
    for number, step in enumerate(("paired", "shadowed", "rotating", "self")):
        taken = Taken(step, NOON + (10 * number + 9) * WEEK, "per_guide")
        cohort, _ = take_step(cohort, taken, sessions, PEOPLE)
        seen.append(leaders(cohort))
        sessions = [*sessions, *held(*MEMBERS, since=taken.at)]

    assert seen == [["per_guide", "per_ada"], ["per_bo", "per_guide"], ["per_ada"], []]
    assert look(cohort, sessions).following is None


def test_a_step_back_needs_no_evidence_and_brings_the_outsider_back():
    rotating = a_cohort("rotating", leads=("per_bo",), outside=("per_guide",))

    back, _ = stepped(rotating, "external")

    assert leaders(back) == ["per_guide"]
    assert back.steps[-1].step == "external"


def test_there_is_no_step_back_to_nobody():
    with pytest.raises(NobodyOutside):
        stepped(a_cohort("rotating", leads=("per_bo",)), "paired")
    gone = {one: PEOPLE[one] for one in MEMBERS}
    with pytest.raises(NobodyOutside):
        stepped(a_cohort("rotating", leads=("per_bo",), outside=("per_guide",)), "paired", people=gone)


def test_one_back_is_advised_where_attendance_wears_off():
    since = Taken("rotating", NOON, "per_guide")
    cohort = a_cohort("rotating", leads=("per_bo",), steps=(since,))

    assert look(cohort, held("per_ada", "per_bo", present=1)).advice == "back"
    assert look(cohort, held("per_ada", present=1)).advice == "stay"
    assert look(cohort, held(*MEMBERS)).advice == "up"


def test_of_somebody_forgotten_neither_the_outsiders_place_nor_the_reason_of_a_step_stays():
    said = Taken("paired", NOON, "per_guide", "They are ready")
    cohort = a_cohort("paired", steps=(said,), outside=("per_guide",))

    after, _ = forget_member(cohort, "per_guide")

    assert (after.outside, after.steps[0].why, leaders(after)) == ((), "", [])


def test_who_led_least_is_first_and_of_equals_who_led_longest_ago():
    sessions = held("per_ada", "per_bo", "per_ada", "per_cy")

    assert [(turn.person_id, turn.led) for turn in rota(a_cohort(), sessions)] == [
        *(("per_bo", 1), ("per_cy", 1), ("per_ada", 2))
    ]


def test_a_turn_goes_to_whose_it_is_or_to_a_member_named():
    cohort = a_cohort("rotating", leads=("per_ada",))

    assert leaders(hand_on(cohort, held("per_ada"), PEOPLE)[0]) == ["per_bo"]
    assert leaders(hand_on(cohort, held("per_ada"), PEOPLE, "per_cy")[0]) == ["per_cy"]
    with pytest.raises(NotTheirTurn):
        hand_on(cohort, [], PEOPLE, "per_guide")
    with pytest.raises(NotRotating):
        hand_on(a_cohort(), [], PEOPLE)
