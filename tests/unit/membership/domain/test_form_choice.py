import pytest

from services.membership.domain.form_choice import (
    FOCUS,
    LEARNINGS,
    MAY_HAPPEN,
    MEANT,
    PURPOSES,
    choose_forms,
    focus_of,
)
from services.membership.domain.form_words import WORDS
from services.membership.domain.forms import FORMS
from services.membership.domain.outcomes import OUTCOMES


def keys(choices):
    return [choice.form.key for choice in choices]


def test_every_form_is_ranked_once_whatever_is_asked():
    assert sorted(keys(choose_forms(MEANT, MEANT))) == sorted(FORMS)


def test_where_action_and_learning_are_meant_forms_that_always_have_both_come_first():
    first, second, *_ = choose_forms(MEANT, MEANT)

    assert keys((first, second)) == ["action_learning", "structured_peer_learning"]
    assert first.reasons == (
        "action is deliberate in every session",
        "learning is deliberate in every session",
    )


def test_where_both_may_just_happen_forms_that_ask_for_neither_come_first():
    best = [choice for choice in choose_forms(MAY_HAPPEN, MAY_HAPPEN) if choice.points == 6]

    assert keys(best) == ["debate", "discussion", "networking"]


def test_a_form_without_deliberate_learning_is_told_against_where_learning_is_meant():
    debate = next(one for one in choose_forms(MAY_HAPPEN, MEANT) if one.form.key == "debate")

    assert debate.against == ("learning is left to happen by itself",)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_purpose_speaks_for_its_forms_in_their_order(purpose):
    _, forms = PURPOSES[purpose]

    ranked = [key for key in keys(choose_forms(MEANT, MEANT, purpose=purpose)) if key in forms]
    told = {one.form.key: one.reasons for one in choose_forms(MEANT, MEANT, purpose=purpose)}

    assert set(ranked) == set(forms)
    assert any(words.startswith("number 1 of the forms for") for words in told[forms[0]])


def test_the_kind_of_learning_is_weighed():
    first = choose_forms(MAY_HAPPEN, MEANT, kind="perception")[0]

    assert first.form.key == "dialogue"
    assert "it serves perception" in first.reasons


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_forms_too_weak_for_the_primary_outcome_are_warned_of_and_come_last(outcome):
    choices = choose_forms(MEANT, MEANT, outcome=outcome)

    suited = len(OUTCOMES[outcome].forms)
    assert [choice.is_weak for choice in choices] == [False] * suited + [True] * (len(FORMS) - suited)
    assert all(f"it is weak for {OUTCOMES[outcome].display_name}" in one.against for one in choices[suited:])


def test_everything_the_chooser_weighs_is_a_form_or_a_focus_of_one():
    assert all(form in FORMS for forms in LEARNINGS.values() for form in forms)
    assert all(form in FORMS for _, forms in PURPOSES.values() for form in forms)
    assert {focus_of(said) for form in FORMS.values() for said in (form.action, form.learning)} == set(FOCUS)


def test_every_form_has_its_words():
    assert WORDS.keys() == FORMS.keys()
    assert all(words.purpose and words.differs and words.adds for words in WORDS.values())
    assert all(words.roles and words.between and words.metrics for words in WORDS.values())
