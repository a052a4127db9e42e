import pytest

from services.sessions.domain.gate import look_at_gate, pass_gate
from services.sessions.domain.refusals import AgreementNotSigned, AttendanceMissing
from tests.builders.sessions import ROSTER, a_session


def test_the_gate_is_closed_while_nobody_is_marked_present():
    with pytest.raises(AttendanceMissing):
        pass_gate(a_session(present=()))


def test_one_member_present_without_signature_keeps_the_gate_closed():
    session = a_session(present=ROSTER, signed_by=("per_ada", "per_bo"))

    assert [peer.person_id for peer in look_at_gate(session).missing] == ["per_cy"]
    with pytest.raises(AgreementNotSigned):
        pass_gate(session)


def test_the_refusal_says_how_many_are_missing_and_never_who():
    with pytest.raises(AgreementNotSigned) as refused:
        pass_gate(a_session(present=ROSTER, signed_by=("per_ada",)))

    assert "2 of those present" in refused.value.message
    assert "Bo" not in refused.value.message


def test_an_absent_member_without_signature_does_not_hold_up_the_others():
    session = a_session(present=("per_ada", "per_bo"), signed_by=("per_ada", "per_bo"))

    assert look_at_gate(session).is_open


def test_a_late_comer_without_signature_closes_the_gate_again():
    session = a_session(present=ROSTER, signed_by=("per_ada", "per_bo"), topics_started_at=None)

    assert not look_at_gate(session).is_open
