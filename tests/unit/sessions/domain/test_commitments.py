from datetime import date

import pytest

from services.contracts.events.sessions import CommitmentMade, CommitmentReported, Promised
from services.sessions.domain.commitments import make_commitment, report_commitment
from services.sessions.domain.refusals import (
    AgreementNotSigned,
    BadCommitment,
    CommitmentUnknown,
    SessionNotOpen,
    SessionSummarised,
    TooManyCommitments,
)
from tests.builders.sessions import ROSTER, a_closed_session, a_commitment, a_session, an_open_session

TODAY = date(2027, 1, 12)


def test_a_commitment_is_told_without_its_text():
    promise = a_commitment(what="canary 5512")

    after, facts = make_commitment(an_open_session(), promise, TODAY)

    assert after.commitments == (promise,)
    assert [type(fact) for fact in facts] == [CommitmentMade]
    assert facts[0].commitments == (Promised("com_1", "per_ada", "per_bo", "2027-01-20", "open"),)
    assert "canary" not in repr(facts)


def test_no_commitment_passes_the_closed_gate():
    session = an_open_session(signed_by=("per_ada", "per_bo"))

    with pytest.raises(AgreementNotSigned):
        make_commitment(session, a_commitment(), TODAY)


def test_a_member_who_has_not_signed_commits_to_nothing_even_when_absent():
    session = an_open_session(present=("per_bo",), signed_by=("per_bo",))

    with pytest.raises(AgreementNotSigned):
        make_commitment(session, a_commitment("per_ada"), TODAY)


def test_a_commitment_may_still_be_made_when_the_session_has_just_closed():
    after, _ = make_commitment(a_closed_session(), a_commitment(), TODAY)

    assert len(after.commitments) == 1


@pytest.mark.parametrize(
    ("standing", "refusal"), [("planned", SessionNotOpen), ("summarised", SessionSummarised)]
)
def test_commitments_belong_to_the_session(standing, refusal):
    with pytest.raises(refusal):
        make_commitment(a_session(present=ROSTER, standing=standing), a_commitment(), TODAY)


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"what": "  "}, "/what"),
        ({"what": "x" * 1001}, "/what"),
        ({"due_on": "2027-01-11"}, "/due_on"),
        ({"buddy_id": "per_stranger"}, "/buddy_id"),
        ({"buddy_id": "per_ada"}, "/buddy_id"),
    ],
    ids=["no words", "too many words", "a day gone by", "a stranger as buddy", "oneself as buddy"],
)
def test_a_bad_commitment_is_refused_by_field(fields, pointer):
    with pytest.raises(BadCommitment) as refused:
        make_commitment(an_open_session(), a_commitment(**fields), TODAY)

    assert [error["pointer"] for error in refused.value.errors] == [pointer]


def test_a_member_holds_at_most_ten():
    held = tuple(a_commitment(id=f"com_{number}") for number in range(10))

    with pytest.raises(TooManyCommitments):
        make_commitment(an_open_session(commitments=held), a_commitment(id="com_11"), TODAY)


def test_a_report_is_told_without_its_note():
    session = a_closed_session(commitments=(a_commitment(),))

    after, facts = report_commitment(session, "com_1", "per_ada", "kept", "it went canary")

    assert (after.commitments[0].standing, after.commitments[0].note) == ("kept", "it went canary")
    assert [type(fact) for fact in facts] == [CommitmentReported]
    assert "canary" not in repr(facts)


def test_reporting_the_same_again_changes_nothing():
    session = a_closed_session(commitments=(a_commitment(standing="kept"),))

    assert report_commitment(session, "com_1", "per_ada", "kept", "") == (session, ())


def test_nobody_reports_on_the_commitment_of_another():
    session = a_closed_session(commitments=(a_commitment("per_ada"),))

    with pytest.raises(CommitmentUnknown):
        report_commitment(session, "com_1", "per_bo", "kept", "")
