from datetime import timedelta

import pytest

from services.contracts.events.access import RoleGranted, RoleRevoked
from services.membership.domain.identity_refusals import NotAnAdmin, OwnAdminRole, RoleNotAllowed
from services.membership.domain.roles import (
    GRANTS,
    ROLES,
    check_grant,
    check_may_grant,
    first_end,
    grant,
    held_by,
    held_roles,
    revoke,
)
from tests.builders.identity import ADA, MORNING, a_person, a_role

DAY = timedelta(days=1)


def test_a_first_grant_is_announced_with_who_granted_it():
    role, facts = grant(None, a_role(granted_by="per_eve"))

    assert role.standing == "granted"
    assert [(type(fact), fact.granted_by) for fact in facts] == [(RoleGranted, "per_eve")]


def test_granting_what_is_held_already_announces_nothing():
    known = a_role(granted_by="per_eve")

    assert grant(known, a_role(granted_by="per_bo")) == (known, ())


def test_granting_again_changes_until_when_it_is_held():
    role, facts = grant(a_role(until=MORNING), a_role(until=MORNING + DAY))

    assert role.until == MORNING + DAY
    assert facts[0].until == MORNING + DAY


def test_a_role_taken_back_can_be_granted_again():
    taken_back, _ = revoke(a_role(role="sponsor"), "per_bo")

    role, facts = grant(taken_back, a_role(role="sponsor"))

    assert role.standing == "granted"
    assert type(facts[0]) is RoleGranted


def test_taking_back_is_announced_once():
    taken_back, facts = revoke(a_role(role="sponsor"), "per_bo")

    assert type(facts[0]) is RoleRevoked
    assert revoke(taken_back, "per_bo") == (taken_back, ())


def test_an_admin_cannot_leave_the_network_without_one():
    with pytest.raises(OwnAdminRole):
        revoke(a_role(ADA, "network_admin"), ADA)


def test_what_has_run_out_or_was_taken_back_is_not_held():
    taken_back, _ = revoke(a_role(role="facilitator"), "per_bo")
    roles = [
        a_role(role="sponsor", until=MORNING),
        a_role(role="program_staff", until=MORNING + DAY),
        taken_back,
    ]

    assert held_roles(roles, MORNING) == {"program_staff"}


@pytest.mark.parametrize(
    ("role", "organization", "until", "pointer"),
    [
        ("sponsor", None, MORNING, "/until"),
        ("sponsor", "org_north", None, "/organization_id"),
        ("organization_admin", None, None, "/organization_id"),
        ("organization_admin", "org_south", None, "/organization_id"),
    ],
    ids=["already over", "in one organization", "in no organization", "in another's organization"],
)
def test_a_grant_that_contradicts_itself_is_refused(role, organization, until, pointer):
    with pytest.raises(RoleNotAllowed) as refused:
        check_grant(role, organization, until, "org_north", MORNING)

    assert refused.value.errors[0]["pointer"] == pointer


def test_an_organization_admin_administers_their_own():
    assert check_grant("organization_admin", "org_north", None, "org_north", MORNING) is None


def test_a_guest_is_one_until_a_time():
    with pytest.raises(RoleNotAllowed):
        check_grant("guest", None, None, None, MORNING)

    check_grant("guest", None, MORNING + timedelta(days=1), None, MORNING)


def test_the_admin_of_an_organization_is_one_only_while_they_belong_to_it():
    here = a_role(role="organization_admin", organization_id="org_1")

    assert held_by(a_person(organization_id="org_1"), [here], MORNING) == (here,)
    assert held_by(a_person(organization_id="org_2"), [here], MORNING) == ()


def test_the_first_of_several_ends_is_when_a_token_must_be_made_anew():
    soon, later = MORNING + timedelta(minutes=3), MORNING + timedelta(days=1)

    assert first_end([a_role(until=later), a_role(until=soon), a_role()]) == soon
    assert first_end([a_role()]) is None


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_granted_by_admins_and_by_few_others(role):
    check_may_grant({"network_admin"}, role)
    for others in ("member", "facilitator", "sponsor", "organization_admin", "guest"):
        with pytest.raises(NotAnAdmin):
            check_may_grant({others}, role)
    assert ("network_admin" in GRANTS["program_staff"]) is False
