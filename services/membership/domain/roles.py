"""Roles: what a person may do beyond being one. Who granted it is kept; `until` is compared when read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from services.contracts.events.access import RoleGranted, RoleRevoked, RoleState
from services.membership.domain.derived import derived_id
from services.membership.domain.identity_refusals import NotAnAdmin, OwnAdminRole, RoleNotAllowed
from services.membership.domain.people import Person

NETWORK_ADMIN = "network_admin"
ORGANIZATION_ADMIN = "organization_admin"
PROGRAM_STAFF, GUEST = "program_staff", "guest"
ROLES = (
    *(NETWORK_ADMIN, PROGRAM_STAFF, "facilitator", "sponsor", ORGANIZATION_ADMIN),
    *("supervisor", "advisory_committee", "recipient", GUEST),
)
MEMBER = "member"
GRANTS = {  # who may grant and take back which: the least that each needs for their own work
    NETWORK_ADMIN: frozenset(ROLES),
    PROGRAM_STAFF: frozenset({"facilitator", "recipient", GUEST}),
}


@dataclass(frozen=True)
class Role:
    """One role of one person; `organization_id` says where, for the roles that are held in an organization.

    `granted_by` is a person's id, or None for the first admin, whom the operator appointed.
    """

    id: str
    network: str
    person_id: str
    role: str
    organization_id: str | None
    granted_by: str | None
    granted_at: datetime
    until: datetime | None
    standing: str = "granted"
    revision: int = 0

    def holds(self, now: datetime) -> bool:
        return self.standing == "granted" and (self.until is None or now < self.until)


Decided = tuple[Role, tuple[RoleState, ...]]


def role_id(network: str, person_id: str, role: str, organization_id: str | None) -> str:
    """Return the one id of this role of this person, so that two grants at once meet in one document."""
    return derived_id("rol", network, person_id, role, organization_id or "")


def check_may_grant(held: Iterable[str], role: str) -> None:
    """Refuse who may not grant or take back this role.

    Args:
        held: the roles the caller holds at this moment.

    Raises:
        NotAnAdmin: none of them allows it.
    """
    if not any(role in GRANTS.get(own, ()) for own in held):
        raise NotAnAdmin("You may not grant or take back this role.")


def check_grant(
    role: str,
    organization_id: str | None,
    until: datetime | None,
    persons_organization: str | None,
    now: datetime,
) -> None:
    """Refuse a grant that contradicts itself.

    Raises:
        RoleNotAllowed: `until` is past, or missing for a guest; or an organization is named for a role of the
            network, missing for one that is held in an organization, or not the person's own.
    """
    if until is not None and until <= now:
        raise _not_allowed("/until", "This time is past.")
    if role == GUEST and until is None:
        raise _not_allowed("/until", "A guest's pass ends at a time.")
    if role != ORGANIZATION_ADMIN and organization_id is not None:
        raise _not_allowed("/organization_id", "This role is held in the whole network.")
    if role == ORGANIZATION_ADMIN and (organization_id is None or organization_id != persons_organization):
        raise _not_allowed("/organization_id", "This role is held in the person's own organization.")


def grant(known: Role | None, wanted: Role) -> Decided:
    """Grant a role, or change until when it is held.

    Args:
        known: this role of this person as last read, granted or revoked; None when there never was one.
        wanted: as it should be.

    Returns:
        (role, facts). What stands as wanted already is returned unchanged and without facts.
    """
    if known is None:
        return wanted, (told(wanted),)
    if known.standing == "granted" and known.until == wanted.until:
        return known, ()
    after = replace(wanted, revision=known.revision)
    return after, (told(after),)


def revoke(role: Role, by_person_id: str) -> Decided:
    """Take a role back; one that was taken back stays so, without a fact.

    Raises:
        OwnAdminRole: an admin would revoke their own being admin.
    """
    if role.role == NETWORK_ADMIN and role.person_id == by_person_id:
        raise OwnAdminRole("You cannot take your own admin role; another admin can.")
    if role.standing == "revoked":
        return role, ()
    after = replace(role, standing="revoked")
    return after, (told(after),)


def held_roles(roles: Iterable[Role], now: datetime) -> frozenset[str]:
    """Return the names of what is held at this moment."""
    return frozenset(role.role for role in roles if role.holds(now))


def held_by(person: Person, roles: Iterable[Role], now: datetime) -> tuple[Role, ...]:
    """Return the roles that count for `person` at `now`: of an organization, only while it is theirs."""
    return tuple(
        role for role in roles if role.holds(now) and role.organization_id in (None, person.organization_id)
    )


def first_end(roles: Iterable[Role]) -> datetime | None:
    """Return when the first of `roles` ends by itself; None when none does."""
    return min((role.until for role in roles if role.until is not None), default=None)


def told(role: Role) -> RoleGranted | RoleRevoked:
    """Return the fact that says how `role` is now."""
    kind = RoleGranted if role.standing == "granted" else RoleRevoked
    return kind(
        network=role.network,
        role_id=role.id,
        person_id=role.person_id,
        role=role.role,
        organization_id=role.organization_id,
        granted_by=role.granted_by,
        until=role.until,
        standing=role.standing,
    )


def _not_allowed(pointer: str, detail: str) -> RoleNotAllowed:
    return RoleNotAllowed(detail, errors=[{"pointer": pointer, "detail": detail}])
