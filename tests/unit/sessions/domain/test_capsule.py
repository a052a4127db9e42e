import pytest

from services.contracts.events.sessions import CapsulePublished
from services.sessions.domain.capsule import publish
from services.sessions.domain.refusals import (
    AgreementNotSigned,
    CapsuleIncomplete,
    CapsulePublishedAlready,
    SessionNotClosed,
    SessionNotOpen,
)
from tests.builders.sessions import CAPSULE, START, a_closed_session, a_session, an_open_session


def test_a_capsule_summarises_the_session_and_is_told_without_its_text():
    after, facts = publish(a_closed_session(), CAPSULE | {"ideas": "canary"}, START)

    assert after.standing == "summarised"
    assert after.capsule.ideas == "canary"
    assert [type(fact) for fact in facts] == [CapsulePublished]
    assert facts[0].capsule_published_at == START
    assert "canary" not in repr(facts)


@pytest.mark.parametrize("part", ["background", "ideas", "sources", "newcomers"])
def test_a_missing_part_is_named(part):
    with pytest.raises(CapsuleIncomplete) as refused:
        publish(a_closed_session(), CAPSULE | {part: " "}, START)

    assert part in refused.value.message
    assert [error["pointer"] for error in refused.value.errors] == [f"/{part}"]


def test_publishing_the_same_text_again_changes_nothing():
    session, _ = publish(a_closed_session(), CAPSULE, START)

    assert publish(session, CAPSULE, START) == (session, ())


def test_another_text_is_refused_once_one_is_out():
    session, _ = publish(a_closed_session(), CAPSULE, START)

    with pytest.raises(CapsulePublishedAlready):
        publish(session, CAPSULE | {"ideas": "other"}, START)


def test_no_capsule_passes_the_closed_gate():
    with pytest.raises(AgreementNotSigned):
        publish(a_closed_session(signed_by=("per_ada",)), CAPSULE, START)


def test_a_running_session_is_not_summarised():
    with pytest.raises(SessionNotClosed):
        publish(an_open_session(), CAPSULE, START)


def test_a_session_to_come_is_not_summarised():
    with pytest.raises(SessionNotOpen):
        publish(a_session(), CAPSULE, START)
