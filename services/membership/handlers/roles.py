"""Granting, listing and taking back roles; a network admin's work."""

from services.kit.errors import NotFound
from services.membership.domain.identity_refusals import NoSuchRole
from services.membership.domain.roles import Role, check_grant, grant, revoke, role_id
from services.membership.handlers.whoever import check_admin


def grant_role(command, roles, people, clock):
    """Carry out a `GrantRole` and return the role as it stands; granting it again changes until when.

    Raises:
        NotAnAdmin: the caller may not grant. NotFound: no such person. RoleNotAllowed: see `check_grant`.
    """
    now = clock.now()
    caller = command.caller
    check_admin(caller, roles, now)
    person = people.get(caller.network, command.person_id)
    check_grant(command.role, command.organization_id, command.until, person.organization_id, now)
    wanted = Role(
        id=role_id(caller.network, person.id, command.role, command.organization_id),
        network=caller.network,
        person_id=person.id,
        role=command.role,
        organization_id=command.organization_id,
        granted_by=caller.person_id,
        granted_at=now,
        until=command.until,
    )
    known = _find(roles, wanted)
    role, facts = grant(known, wanted)
    if known is None:
        return roles.add(role, announcing=facts)
    return roles.save(role, announcing=facts) if facts else known


def list_roles(query, roles, clock):
    """Return one page of the roles held at this moment, of everybody or of one person."""
    now = clock.now()
    check_admin(query.caller, roles, now)
    return roles.held(query.caller.network, now, query.person_id, query.limit, query.after)


def revoke_role(command, roles, clock):
    """Take a role back and return it.

    Raises:
        NotAnAdmin, OwnAdminRole: the caller may not. NoSuchRole: there is none by that id in this network.
    """
    check_admin(command.caller, roles, clock.now())
    try:
        before = roles.get(command.caller.network, command.role_id)
    except NotFound:
        raise NoSuchRole("There is no such role.") from None
    after, facts = revoke(before, command.caller.person_id)
    return roles.save(after, announcing=facts) if facts else after


def _find(roles, wanted):
    try:
        return roles.get(wanted.network, wanted.id)
    except NotFound:
        return None
