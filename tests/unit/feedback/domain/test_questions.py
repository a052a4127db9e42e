import pytest

from services.feedback.domain.questions import check_answers, questions
from services.feedback.domain.refusals import BadAnswers
from tests.builders.feedback import ANSWERS


def test_the_questions_after_a_session_are_these():
    asked = [question.key for question in questions()]

    assert asked == ["p_1", "p_3", "p_5", "p_8", "p_8_sure", "p_9", "progress"]


def test_texts_may_be_left_out():
    assert check_answers(ANSWERS | {"p_5": "", "p_9": None}) == {
        "p_1": 5,
        "p_3": 4,
        "p_8_sure": 2,
        "progress": 3,
    }


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"p_1": None}, "/answers/p_1"),
        ({"p_1": 0}, "/answers/p_1"),
        ({"p_1": 6}, "/answers/p_1"),
        ({"p_1": True}, "/answers/p_1"),
        ({"p_1": "5"}, "/answers/p_1"),
        ({"p_1": 4.5}, "/answers/p_1"),
        ({"p_5": "x" * 2001}, "/answers/p_5"),
        ({"p_5": {"$gt": ""}}, "/answers/p_5"),
        ({"p_77": 3}, "/answers/p_77"),
    ],
)
def test_a_bad_answer_is_refused_by_its_question(changed, pointer):
    with pytest.raises(BadAnswers) as refused:
        check_answers(ANSWERS | changed)

    assert [error["pointer"] for error in refused.value.errors] == [pointer]
