"""Maps in bodies: each value has a shape, and a fault is told at its key."""

import pytest

from gateway.bodies import load
from gateway.http import Problem
from gateway.schemas.feedback import FeedbackBody
from gateway.schemas.membership import ImportBody
from gateway.schemas.sessions import AttendanceBody

TEXT = "It was worth my while."


def pointers(schema, body):
    with pytest.raises(Problem) as refused:
        load(schema(), body)
    return sorted(error["pointer"] for error in refused.value.errors)


def test_numbers_on_the_scale_and_texts_are_answers_and_null_leaves_one_out():
    answers = {"p_1": 1, "p_3": 5, "p_5": TEXT, "p_8": "", "p_9": None}

    assert load(FeedbackBody(), {"answers": answers}) == {"answers": answers}


@pytest.mark.parametrize("value", [0, 6, -1, True, False, 4.5, 3.0, "x" * 2001, [], [3], {}, {"text": TEXT}])
def test_what_no_question_takes_is_named_by_its_question(value):
    assert pointers(FeedbackBody, {"answers": {"p_1": 3, "p_3": value}}) == ["/answers/p_3"]


def test_every_question_at_fault_is_named():
    assert pointers(FeedbackBody, {"answers": {"p_1": 9, "p_3": [], "x" * 41: 1}}) == [
        "/answers/p_1",
        "/answers/p_3",
        f"/answers/{'x' * 41}",
    ]


@pytest.mark.parametrize("answers", [None, [], "p_1", 3])
def test_what_is_no_map_is_named_as_a_whole(answers):
    assert pointers(FeedbackBody, {"answers": answers}) == ["/answers"]


def test_other_maps_name_their_keys_as_well():
    assert pointers(AttendanceBody, {"standings": {"per_1": "asleep"}}) == ["/standings/per_1"]
    assert pointers(ImportBody, {"text": "a,b", "mapping": {"Mail": 3}}) == ["/mapping/Mail"]
