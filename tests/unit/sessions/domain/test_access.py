from dataclasses import replace

import pytest

from services.contracts.caller import Caller
from services.kit.errors import NotFound
from services.sessions.domain.access import admit, face_for
from tests.builders.sessions import NETWORK, a_circle, a_link, a_person, a_session


@pytest.mark.parametrize(
    ("caller", "face"),
    [
        (a_person("per_ada"), "member"),
        (a_person("per_fay"), "facilitator"),
        (a_person("per_sam", "program_staff"), "staff"),
        (a_person("per_sam", "network_admin"), "staff"),
        (a_person("per_ada", "program_staff"), "member"),
        (a_person("per_zoe"), None),
        (a_person("per_zoe", "sponsor", "organization_admin"), None),
        (a_person("per_ada", network="net_2"), None),
        (a_person("per_sam", "program_staff", network="net_2"), None),
        (Caller(kind="client", network=NETWORK, client_id="cli_1"), None),
        (Caller(), None),
    ],
    ids=[
        "member",
        "facilitator",
        "staff",
        "admin",
        "a member who is also staff sees what members see",
        "somebody else",
        "a sponsor",
        "the same id in another network",
        "staff of another network",
        "a partner system",
        "nobody",
    ],
)
def test_each_caller_has_one_face_or_none(caller, face):
    assert face_for(a_session(), caller) == face


def test_a_cohort_without_facilitator_is_run_by_its_members():
    session = a_session(circle=a_circle(facilitators=()))

    assert face_for(session, a_person("per_ada")) == "facilitator"
    assert face_for(session, a_person("per_zoe")) is None


def test_a_link_opens_its_own_session_only():
    assert face_for(a_session(), a_link()) == "link"
    assert face_for(a_session(id="ses_2"), a_link()) is None
    assert face_for(a_session(), a_link(act="stop_notices")) is None


def test_the_link_of_somebody_who_left_opens_nothing():
    session = a_session(circle=a_circle(members=("per_bo",)))

    assert face_for(session, a_link("per_ada")) is None


def test_forbidden_is_worded_like_unknown():
    with pytest.raises(NotFound) as refused:
        admit(a_session(), a_person("per_zoe"), "member")

    assert (refused.value.code, refused.value.message) == ("not-found", "there is no such session")


@pytest.mark.parametrize("role", ["program_staff", "network_admin", "organization_admin", "sponsor"])
def test_who_is_in_a_members_reporting_line_sees_nothing_whatever_their_roles(role):
    session = a_session()
    guarded = replace(session, circle=replace(session.circle, barred=frozenset({"per_sam"})))

    assert face_for(guarded, a_person("per_sam", role, "program_staff")) is None
    assert face_for(guarded, a_person("per_tim", "program_staff")) == "staff"


def test_a_member_stays_one_although_a_line_would_keep_them_out():
    session = a_session()
    guarded = replace(session, circle=replace(session.circle, barred=frozenset({"per_ada", "per_fay"})))

    assert face_for(guarded, a_person("per_ada", "program_staff")) == "member"
    assert face_for(guarded, a_person("per_fay")) == "facilitator"
