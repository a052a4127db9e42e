"""The gateway says the same words for programs as membership, whose they are."""

from gateway.schemas import programs as shapes
from services.membership.domain import forms, outcomes
from services.membership.domain import programs as rules


def test_the_gateway_knows_the_forms_outcomes_and_standings_of_membership():
    assert tuple(forms.FORMS) == shapes.FORMS
    assert tuple(outcomes.OUTCOMES) == shapes.OUTCOMES
    assert tuple(forms.FACILITATION) == shapes.FACILITATION
    assert rules.STANDINGS == shapes.STANDINGS
