import pytest

from services.sessions.domain.agenda import agenda_for, form_agenda
from services.sessions.domain.refusals import AgendaUnknown

FORMS = [
    ("action_learning", 120),
    ("committee", 90),
    ("debate", 90),
    ("dialogue", 120),
    ("discussion", 90),
    ("networking", 60),
    ("peer_coaching", 90),
    ("peer_mentoring", 60),
    ("support", 90),
    ("study", 90),
    ("team", 60),
    ("quality_circle", 60),
    ("community_of_practice", 90),
    ("learning_circle", 120),
    ("structured_peer_learning", 90),
    ("self_training", 120),
    ("self_coaching", 150),
]


@pytest.mark.parametrize(("form", "minutes"), FORMS)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_an_agenda_fills_the_session(form, minutes, number):
    assert sum(item.minutes for item in agenda_for(form, number, minutes)) == minutes


@pytest.mark.parametrize(("form", "minutes"), FORMS)
def test_the_first_session_has_the_agreement_and_getting_to_know_before_anything_heavy(form, minutes):
    kinds = [item.kind for item in agenda_for(form, 1, minutes)]

    assert kinds[:3] == ["welcome", "connect", "agreement"]
    assert "check_back" not in kinds


def test_the_first_session_takes_its_minutes_from_what_may_give():
    agenda = [(item.kind, item.minutes) for item in agenda_for("action_learning", 1, 120)]

    assert agenda == [
        ("welcome", 5),
        ("connect", 15),
        ("agreement", 10),
        ("round", 32),
        ("round", 33),
        ("reflect", 15),
        ("commit", 7),
        ("close", 3),
    ]


def test_structured_peer_learning_has_its_own_two_sessions():
    first, second = (agenda_for("structured_peer_learning", number, 90) for number in (1, 2))

    assert [item.kind for item in first][:4] == ["welcome", "connect", "agreement", "decide"]
    assert second[1].kind == "check_back"


@pytest.mark.parametrize("minutes", [45, 60, 75, 180])
def test_another_length_is_filled_too(minutes):
    agenda = agenda_for("learning_circle", 1, minutes)

    assert sum(item.minutes for item in agenda) == minutes
    assert all(item.minutes > 0 for item in agenda)


def test_a_form_without_template_gets_a_discussion():
    assert agenda_for("knitting", 2, 90) == agenda_for("discussion", 2, 90)


@pytest.mark.parametrize(("form", "minutes"), FORMS)
def test_a_form_shows_its_first_agenda_and_the_following_one_at_its_own_length(form, minutes):
    first, following = form_agenda(form)

    assert [sum(item.minutes for item in items) for items in (first, following)] == [minutes, minutes]
    assert first[2].kind == "agreement"


@pytest.mark.parametrize("form", ["circus", "structured_peer_learning/1", ""])
def test_a_form_that_does_not_exist_shows_no_agenda(form):
    with pytest.raises(AgendaUnknown):
        form_agenda(form)
