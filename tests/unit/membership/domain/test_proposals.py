import pytest

from services.membership.domain.forms import FORMS, FormUnknown
from services.membership.domain.outcomes import OUTCOMES, TwoHouses
from services.membership.domain.proposals import propose

PARTS = ["form", "size", "cadence", "facilitation", "agenda", "instruments"]


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("form", FORMS)
def test_each_part_of_a_proposal_has_a_reason_in_words(outcome, form):
    proposal = propose((outcome,), form)

    assert list(proposal.reasons) == PARTS
    assert "_" not in " ".join((*proposal.reasons.values(), *proposal.warnings))


def test_a_proposal_takes_the_best_form_and_names_the_others_in_their_order():
    proposal = propose(("support",))

    assert (proposal.form.key, proposal.other_forms) == ("support", ("dialogue", "self_coaching"))
    assert (proposal.size_low, proposal.size_high, proposal.facilitation) == (6, 10, "outside")
    assert (proposal.session_count, proposal.weeks_between, proposal.session_minutes) == (8, 2, 90)
    assert (proposal.agenda_template, proposal.warnings) == ("support", ())


def test_another_form_than_the_best_brings_its_own_cadence():
    assert propose(("support",), "dialogue").session_count == FORMS["dialogue"].session_count


def test_a_form_that_is_weak_for_the_outcome_is_warned_of():
    assert propose(("support",), "committee").warnings[0].startswith("Committee is weak for Support")


def test_a_proposal_for_two_outcomes_is_two_houses():
    with pytest.raises(TwoHouses, match="two houses on one foundation"):
        propose(("support", "problem_solving"))


def test_a_proposal_of_a_form_that_does_not_exist_names_those_there_are():
    with pytest.raises(FormUnknown, match="action_learning"):
        propose(("support",), "circus")
