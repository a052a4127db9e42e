"""A token that still lives is compared with what was heard since it was made."""

from datetime import UTC, datetime

import pytest

from gateway.withdrawn import KEPT, StaleToken, Withdrawn
from services.contracts.caller import Caller
from services.contracts.events.access import (
    AccessChanged,
    ClientChanged,
    RoleGranted,
    RoleRevoked,
    SignInEnded,
)
from services.contracts.verifying import TokenNotAccepted, Verified

NOON = datetime(2027, 1, 5, 12, 0, tzinfo=UTC)


class Seconds:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def a_token(*roles, organization="org_1", signin="tok_1"):
    caller = Caller(
        "person", "net_1", "per_1", "acc_1", organization, signin_id=signin, roles=frozenset(roles)
    )
    return Verified(caller, "jti_1", "k1", NOON.timestamp(), NOON.timestamp() + 600)


def a_client_token(token_id="jti_1"):
    caller = Caller("client", "net_1", client_id="cli_1", organization_id="org_1")
    return Verified(caller, token_id, "k1", NOON.timestamp(), NOON.timestamp() + 600)


def a_role_fact(kind=RoleRevoked, role="program_staff", organization=None):
    standing = "granted" if kind is RoleGranted else "revoked"
    return kind("net_1", "rol_1", "per_1", role, organization, "per_eve", None, standing)


def a_client_fact(standing="active", valid_from=None, revoked=()):
    return ClientChanged("net_1", "cli_1", "org_1", standing, valid_from, revoked)


def test_tokens_of_an_ended_sign_in_are_refused_and_those_of_others_are_not():
    withdrawn = Withdrawn()

    withdrawn.hear(3, SignInEnded("net_1", "tok_1", "per_1", "ended"))

    with pytest.raises(TokenNotAccepted):
        withdrawn.check(a_token("member"))
    withdrawn.check(a_token("member", signin="tok_2"))


def test_a_token_that_names_a_revoked_role_is_stale_and_one_without_it_is_good():
    withdrawn = Withdrawn()

    withdrawn.hear(2, a_role_fact())

    with pytest.raises(StaleToken):
        withdrawn.check(a_token("member", "program_staff"))
    withdrawn.check(a_token("member"))


def test_what_was_granted_again_is_good_again_whatever_the_order_of_arrival():
    withdrawn = Withdrawn()

    withdrawn.hear(3, a_role_fact(RoleGranted))
    withdrawn.hear(2, a_role_fact(RoleRevoked))

    withdrawn.check(a_token("member", "program_staff"))


def test_a_role_lost_in_another_organization_leaves_this_ones_token_good():
    withdrawn = Withdrawn()

    withdrawn.hear(2, a_role_fact(role="organization_admin", organization="org_2"))

    withdrawn.check(a_token("member", "organization_admin", organization="org_1"))


def test_who_was_granted_a_role_since_is_behind_and_not_refused():
    withdrawn = Withdrawn()

    withdrawn.hear(2, a_role_fact(RoleGranted))

    withdrawn.check(a_token("member"))
    assert withdrawn.is_behind(a_token("member"))
    assert not withdrawn.is_behind(a_token("member", "program_staff"))


def test_who_left_is_refused_and_who_moved_needs_a_new_token():
    withdrawn = Withdrawn()

    withdrawn.hear(5, AccessChanged("net_1", "per_1", "org_2", "active"))
    with pytest.raises(StaleToken):
        withdrawn.check(a_token(organization="org_1"))
    withdrawn.check(a_token(organization="org_2"))

    withdrawn.hear(6, AccessChanged("net_1", "per_1", "org_2", "gone"))
    with pytest.raises(TokenNotAccepted):
        withdrawn.check(a_token(organization="org_2"))


@pytest.mark.parametrize(
    "fact",
    [
        a_client_fact("disabled"),
        a_client_fact(revoked=("jti_1",)),
        a_client_fact(valid_from=NOON.replace(minute=1)),
    ],
)
def test_a_partner_system_that_was_disabled_or_changed_loses_its_tokens(fact):
    withdrawn = Withdrawn()

    withdrawn.hear(2, fact)

    with pytest.raises(TokenNotAccepted):
        withdrawn.check(a_client_token())


def test_a_partner_systems_other_tokens_stay_good():
    withdrawn = Withdrawn()

    withdrawn.hear(2, a_client_fact(revoked=("jti_9",), valid_from=NOON))

    withdrawn.check(a_client_token())


def test_what_was_heard_is_forgotten_when_no_token_from_before_lives():
    seconds = Seconds()
    withdrawn = Withdrawn(seconds)
    withdrawn.hear(2, a_role_fact())

    seconds.now = KEPT + 1
    withdrawn.hear(1, SignInEnded("net_1", "tok_9", "per_9", "ended"))

    withdrawn.check(a_token("program_staff"))
