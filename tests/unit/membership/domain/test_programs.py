from datetime import date, timedelta

import pytest

from services.contracts.events.membership import ProgramChanged, ProgramDesigned
from services.membership.domain.forms import FORMS
from services.membership.domain.names import NameReserved
from services.membership.domain.outcomes import OUTCOMES, OutcomeUnknown, SecondaryUnknown, TwoHouses
from services.membership.domain.programs import (
    CohortsFormed,
    ProgramEnded,
    change_program,
    design_program,
    reach,
)
from services.membership.domain.wishes import DeviationUnexplained, Enhances, NotWithinReason
from tests.builders.people import NET, a_program

TODAY = date(2027, 1, 11)


def designed(**wishes):
    return design_program(
        "prg_1", NET, {"display_name": "Harbor", "outcome": "problem_solving"} | wishes, TODAY
    )


def test_there_are_seventeen_forms_two_of_them_self_formed_and_ten_outcomes():
    assert len(FORMS) == 17
    assert [form.key for form in FORMS.values() if form.self_formed] == ["self_training", "self_coaching"]
    assert len(OUTCOMES) == 10


def test_every_outcome_proposes_forms_that_exist():
    assert all(form in FORMS for outcome in OUTCOMES.values() for form in outcome.forms)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_each_outcome_alone_makes_a_whole_design_with_reasons(outcome):
    program, facts = designed(outcome=outcome)

    assert program.form == OUTCOMES[outcome].forms[0]
    assert (program.size_low, program.size_high) == (
        FORMS[program.form].size_low,
        FORMS[program.form].size_high,
    )
    assert len(program.reasons) == 6
    assert [type(fact) for fact in facts] == [ProgramDesigned]


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("form", FORMS)
def test_reasons_are_words_and_name_no_key(outcome, form):
    program, _ = designed(outcome=outcome, form=form)

    said = " ".join((*program.reasons, *program.warnings))
    assert "_" not in said
    assert OUTCOMES[outcome].display_name in said
    assert FORMS[form].display_name in said


def test_reasons_say_in_words_what_is_measured_and_who_facilitates():
    program, _ = designed(outcome="problem_solving")

    assert program.reasons[3:] == (
        "facilitated by someone neutral from outside to begin with, later by the members in turn",
        "each session follows the agenda of Action learning: action is deliberate in every session, "
        "learning is deliberate in every session",
        "measured at the beginning and at the end by: my problem, real causes, steps, value",
    )


@pytest.mark.parametrize(("now", "reached"), [("designed", "enrolling"), ("enrolling", "running")])
def test_a_program_moves_on_and_says_so(now, reached):
    program, facts = reach(a_program(standing=now), reached)

    assert program.standing == reached
    assert [(type(fact), fact.standing) for fact in facts] == [(ProgramChanged, reached)]


@pytest.mark.parametrize("now", ["enrolling", "running", "ended"])
def test_a_program_that_is_as_far_already_stays(now):
    program = a_program(standing=now)

    assert reach(program, "enrolling") == (program, ())


def test_a_second_primary_is_refused_with_the_reason():
    with pytest.raises(TwoHouses, match="two houses on one foundation"):
        designed(outcome=["problem_solving", "support"])


@pytest.mark.parametrize("outcome", ["world_peace", "", []])
def test_an_unknown_outcome_is_told_those_there_are(outcome):
    with pytest.raises(OutcomeUnknown, match="coaching_culture"):
        designed(outcome=outcome)


def test_a_form_that_does_not_fit_the_outcome_is_taken_with_a_warning():
    program, _ = designed(form="networking")

    assert program.form == "networking"
    assert "weak for Problem solving" in program.warnings[0]


def test_wishes_within_reason_go_before_the_proposal():
    program, _ = designed(size_low=6, size_high=8, session_count=4, session_minutes=90, weeks_between=2)

    assert (program.size_low, program.size_high, program.session_count) == (6, 8, 4)
    assert (program.session_minutes, program.weeks_between) == (90, 2)


@pytest.mark.parametrize(
    ("wishes", "pointer"),
    [
        ({"size_high": 40}, "/size_high"),
        ({"size_low": 1}, "/size_low"),
        ({"size_low": 8, "size_high": 6}, "/size_high"),
        ({"session_minutes": 10}, "/session_minutes"),
        ({"session_count": 0}, "/session_count"),
        ({"form": "structured_peer_learning", "weeks_between": 2}, "/weeks_between"),
        ({"starts_on": TODAY - timedelta(days=1)}, "/starts_on"),
    ],
)
def test_wishes_beyond_reason_are_pointed_at(wishes, pointer):
    with pytest.raises(NotWithinReason) as refused:
        designed(**wishes)

    assert refused.value.errors[0]["pointer"] == pointer


def test_a_design_whose_cohorts_exist_keeps_its_shape():
    with pytest.raises(CohortsFormed):
        change_program(a_program(), {"size_high": 7}, True, TODAY)

    renamed, facts = change_program(a_program(), {"display_name": "Haven"}, True, TODAY)
    assert (renamed.display_name, type(facts[0])) == ("Haven", ProgramChanged)


def test_changing_the_outcome_is_a_second_house():
    with pytest.raises(TwoHouses):
        change_program(a_program(), {"outcome": "support"}, False, TODAY)


def test_standing_goes_onward_only_and_an_ended_program_rests():
    running, _ = change_program(a_program(), {"standing": "running"}, True, TODAY)

    with pytest.raises(NotWithinReason):
        change_program(running, {"standing": "enrolling"}, True, TODAY)
    with pytest.raises(ProgramEnded):
        change_program(a_program(standing="ended"), {"display_name": "X"}, True, TODAY)


def test_a_change_that_changes_nothing_announces_nothing():
    program, _ = designed()

    assert change_program(program, {"size_low": program.size_low}, False, TODAY) == (program, ())


@pytest.mark.parametrize(
    ("sizes", "pointers"),
    [
        ({"size_low": 4}, ["/size_low"]),
        ({"size_high": 12}, ["/size_high"]),
        ({"size_low": 3, "size_high": 20}, ["/size_low", "/size_high"]),
    ],
)
def test_a_size_beyond_the_forms_bounds_needs_a_reason(sizes, pointers):
    with pytest.raises(DeviationUnexplained) as refused:
        designed(**sizes)

    assert [error["pointer"] for error in refused.value.errors] == pointers


def test_a_size_beyond_the_forms_bounds_is_taken_with_its_reason_which_is_kept_and_told():
    program, _ = designed(size_high=10, deviation_reason="two  of them share a desk")

    assert (program.size_high, program.deviation_reason) == (10, "two of them share a desk")
    assert "because: two of them share a desk" in program.reasons[1]


def test_a_reason_goes_when_the_size_is_within_bounds_again():
    wide, _ = designed(size_high=10, deviation_reason="they asked for it")

    narrow, _ = change_program(wide, {"size_high": 8}, False, TODAY)

    assert narrow.deviation_reason == ""


def test_a_program_whose_size_was_never_explained_may_still_be_renamed():
    program, _ = change_program(a_program(size_low=3), {"display_name": "Haven"}, False, TODAY)

    assert (program.display_name, program.size_low) == ("Haven", 3)


@pytest.mark.parametrize("field", ["display_name", "cohort_title"])
def test_another_providers_mark_needs_a_recorded_licence(field):
    with pytest.raises(NameReserved) as refused:
        designed(**{field: "Our Leaders Circles"})

    assert refused.value.errors[0]["pointer"] == f"/{field}"
    licensed, _ = designed(**{field: "Our Leaders Circles"}, licence="letter of 3 May 2027")
    assert licensed.licence == "letter of 3 May 2027"


def test_secondary_outcomes_inform_and_are_measured_last():
    program, _ = designed(secondary_outcomes=["coaching_staff", "deep_networking", "coaching_staff"])

    assert program.secondary_outcomes == ("coaching_staff", "deep_networking")
    assert program.instruments == ("ps_1", "ps_2", "ps_3", "ps_4", "cs_5", "dn_1")
    assert program.form == "action_learning"
    assert program.reasons[-1].endswith("without deciding: coaching one's own staff, Deep networking")


@pytest.mark.parametrize("key", ["problem_solving", "world_peace"])
def test_what_is_no_secondary_outcome_beside_the_primary_is_pointed_at(key):
    with pytest.raises(SecondaryUnknown) as refused:
        designed(secondary_outcomes=["coaching_staff", key])

    assert refused.value.errors[0]["pointer"] == "/secondary_outcomes/1"


def test_a_program_enhances_a_course_until_it_stands_alone_again():
    program, _ = designed(enhances={"kind": "course", "title": "Basics  of leading"})
    alone, _ = change_program(program, {"enhances": None}, True, TODAY)

    assert program.enhances == Enhances("course", "Basics of leading")
    assert alone.enhances is None
