"""The gateway says the same words for programs as membership, whose they are."""

from gateway.schemas import designs, launches
from gateway.schemas import programs as shapes
from services.membership.domain import form_choice, forms, outcomes, wishes
from services.membership.domain import launches as rules_of_launches
from services.membership.domain import programs as rules


def test_the_gateway_knows_the_forms_outcomes_and_standings_of_membership():
    assert tuple(forms.FORMS) == shapes.FORMS
    assert tuple(outcomes.OUTCOMES) == shapes.OUTCOMES
    assert tuple(forms.FACILITATION) == shapes.FACILITATION
    assert rules.STANDINGS == shapes.STANDINGS
    assert wishes.KINDS_OF_COURSE == shapes.KINDS_OF_COURSE


def test_the_gateway_knows_the_stakeholders_goals_and_stances_of_membership():
    assert tuple(rules_of_launches.GROUPS) == launches.GROUPS
    assert rules_of_launches.GOALS == launches.GOALS
    assert rules_of_launches.STANCES == launches.STANCES


def test_the_gateway_asks_the_choosers_questions_in_its_words():
    assert form_choice.WANTED == designs.WANTED
    assert tuple(form_choice.LEARNINGS) == designs.LEARNINGS
    assert tuple(form_choice.PURPOSES) == designs.PURPOSES
