from datetime import timedelta
from types import SimpleNamespace

import pytest

from services.kit.errors import NotFound
from services.membership.adapters.identity import MongoRoles
from services.membership.domain.identity_refusals import NoSuchRole, NotAnAdmin
from services.membership.handlers.roles import grant_role, list_roles, revoke_role
from services.membership.messages.identity import GrantRole, ListRoles, RevokeRole
from tests.builders.identity import ADA, MORNING, HandClock, a_person, a_role, an_admin, signed_in
from tests.fakes.identity import FakeShelf
from tests.fakes.store import fake_floor, faked

BO = "per_bo"


@pytest.fixture
def house():
    """Ada, an admin, and Bo, who holds nothing."""
    roles = faked(MongoRoles, fake_floor("membership"))
    roles.add(a_role(ADA, "network_admin"))
    people = FakeShelf(a_person(ADA), a_person(BO, email="bo@example.org"))
    return SimpleNamespace(roles=roles, people=people, clock=HandClock(MORNING))


def grant(house, role="facilitator", person_id=BO, caller=None, **fields):
    command = GrantRole(person_id, role, caller=caller or an_admin(), **fields)
    return grant_role(command, house.roles, house.people, house.clock)


def listed(house, caller=None, limit=50, after=None, **fields):
    query = ListRoles(limit, after, caller=caller or an_admin(), **fields)
    return list_roles(query, house.roles, house.people, house.clock)


def test_an_admin_grants_a_role_and_is_named_for_it(house):
    role = grant(house)

    assert (role.person_id, role.role, role.granted_by) == (BO, "facilitator", ADA)


def test_granting_twice_makes_one_role(house):
    grant(house)
    grant(house)

    assert len(listed(house, person_id=BO).items) == 1


@pytest.mark.parametrize(
    "caller",
    [signed_in(roles=("member",)), signed_in(BO, roles=("network_admin",)), an_admin(network="net_2")],
    ids=["no admin", "one by an old token only", "admin of another network"],
)
def test_nobody_else_grants_lists_or_takes_back(house, caller):
    role = house.roles.of_person("net_1", ADA)[0]

    with pytest.raises(NotAnAdmin):
        grant(house, caller=caller)
    with pytest.raises(NotAnAdmin):
        listed(house, caller=caller)
    with pytest.raises(NotAnAdmin):
        revoke_role(RevokeRole(role.id, caller=caller), house.roles, house.clock)


def test_staff_grant_and_take_back_what_their_work_needs_and_no_more(house):
    house.roles.add(a_role(BO, "program_staff"))
    staff = signed_in(BO, roles=("member", "program_staff"))

    led = grant(house, "facilitator", caller=staff)
    assert revoke_role(RevokeRole(led.id, caller=staff), house.roles, house.clock).standing == "revoked"

    for role in ("network_admin", "program_staff", "sponsor"):
        with pytest.raises(NotAnAdmin):
            grant(house, role, caller=staff)
    with pytest.raises(NotAnAdmin):
        revoke_role(
            RevokeRole(house.roles.of_person("net_1", ADA)[0].id, caller=staff), house.roles, house.clock
        )
    with pytest.raises(NotAnAdmin):
        listed(house, caller=staff)


def test_a_list_says_how_the_people_are_called(house):
    role = grant(house)

    page = listed(house, person_id=BO)

    assert page.names == {BO: "Ada", role.granted_by: "Ada"}


def test_an_admin_whose_role_has_run_out_grants_no_more(house):
    house.roles.add(a_role(BO, "network_admin", until=MORNING + timedelta(hours=1)))
    house.clock.turn(timedelta(hours=1))

    with pytest.raises(NotAnAdmin):
        grant(house, caller=an_admin(BO))


def test_a_role_is_granted_to_people_of_the_network_only(house):
    with pytest.raises(NotFound):
        grant(house, person_id="per_of_another_network")


def test_what_was_taken_back_is_not_listed(house):
    role = grant(house)

    revoke_role(RevokeRole(role.id, caller=an_admin()), house.roles, house.clock)

    assert [each.person_id for each in listed(house).items] == [ADA]


def test_a_role_that_is_not_there_cannot_be_taken_back(house):
    with pytest.raises(NoSuchRole):
        revoke_role(RevokeRole("rol_unknown", caller=an_admin()), house.roles, house.clock)


def test_a_long_list_comes_in_pages(house):
    for role in ("sponsor", "facilitator", "program_staff"):
        grant(house, role)

    first = listed(house, limit=3)
    second = listed(house, limit=3, after=first.next)

    assert (len(first.items), len(second.items), second.next) == (3, 1, None)
