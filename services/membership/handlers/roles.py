"""Granting, listing and taking back roles: for admins, and of some for staff (domain/roles.GRANTS)."""

from dataclasses import dataclass

from services.kit.errors import NotFound
from services.membership.domain.identity_refusals import NoSuchRole, NotAnAdmin
from services.membership.domain.roles import (
    GRANTS,
    Role,
    check_grant,
    check_may_grant,
    grant,
    revoke,
    role_id,
)
from services.membership.handlers.whoever import check_admin, held_now


@dataclass(frozen=True)
class Held:
    """A page of roles, and the names of the people in it by id."""

    items: list
    next: str | None
    names: dict


def grant_role(command, roles, people, clock):
    """Carry out a `GrantRole` and return the role as it stands; granting it again changes until when.

    Raises:
        NotAnAdmin: the caller may not grant this. NotFound: no such person.
        RoleNotAllowed: see `check_grant`.
    """
    now = clock.now()
    caller = command.caller
    check_may_grant(held_now(caller, roles, now), command.role)
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


def list_roles(query, roles, people, clock):
    """Return one page of the roles held at this moment, of everybody or of one person. Raises: NotAnAdmin."""
    now = clock.now()
    network = query.caller.network
    check_admin(query.caller, roles, now)
    page = roles.held(network, now, query.person_id, query.limit, query.after)
    ids = {one for role in page.items for one in (role.person_id, role.granted_by) if one}
    names = {person.id: person.display_name for person in people.by_ids(network, ids).values()}
    return Held(page.items, page.next, names)


def revoke_role(command, roles, clock):
    """Take a role back and return it.

    Raises:
        NotAnAdmin, OwnAdminRole: the caller may not take this one.
        NoSuchRole: there is none by that id in this network.
    """
    held = held_now(command.caller, roles, clock.now())
    if not GRANTS.keys() & held:
        raise NotAnAdmin("You may not take back roles.")
    try:
        before = roles.get(command.caller.network, command.role_id)
    except NotFound:
        raise NoSuchRole("There is no such role.") from None
    check_may_grant(held, before.role)
    after, facts = revoke(before, command.caller.person_id)
    return roles.save(after, announcing=facts) if facts else after


def _find(roles, wanted):
    try:
        return roles.get(wanted.network, wanted.id)
    except NotFound:
        return None
