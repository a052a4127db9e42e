"""Who may do what with people, programs and cohorts. Unknown and foreign are the same not-found."""

from services.contracts.caller import Caller
from services.kit.errors import Forbidden
from services.membership.domain import lines

STAFF = ("network_admin", "program_staff")
PEOPLE_READ, LINES_WRITE = "people:read", "lines:write"


class StaffOnly(Forbidden):
    code = "staff-only"


class PeopleNotReadable(Forbidden):
    """Neither staff, nor the organization's admin, nor its partner system with the scope."""

    code = "people-not-readable"


class LinesNotYours(Forbidden):
    """Neither staff, nor a partner system with the scope."""

    code = "lines-not-yours"


class SignedInOnly(Forbidden):
    code = "signed-in-only"


def is_staff(caller: Caller) -> bool:
    """True for network admins and program staff of the caller's network."""
    return caller.network is not None and caller.has_role(*STAFF)


def check_staff(caller: Caller) -> str:
    """Return the network of a member of its staff. Raises: StaffOnly."""
    if caller.network is None or not is_staff(caller):
        raise StaffOnly("only the network's staff may do this")
    return caller.network


def check_signed_in(caller: Caller) -> tuple[str, str]:
    """Return (network, person id) of a signed-in person. Raises: SignedInOnly."""
    if caller.kind != "person" or caller.network is None or caller.person_id is None:
        raise SignedInOnly("sign in first")
    return caller.network, caller.person_id


def readable_organization(caller: Caller) -> tuple[str, str | None]:
    """Return (network, organization) whose people the caller may read; None: of every organization.

    A partner system of the network reads those of all its organizations, one of an organization its own.

    Raises:
        PeopleNotReadable: of none.
    """
    if caller.network is not None:
        if is_staff(caller):
            return caller.network, None
        is_admin = caller.has_role("organization_admin")
        is_partner = caller.kind == "client" and PEOPLE_READ in caller.scopes
        if is_partner or (is_admin and caller.organization_id is not None):
            return caller.network, caller.organization_id
    raise PeopleNotReadable("you may not read people here")


def who_states_lines(caller: Caller) -> tuple[str, str | None, str, str]:
    """Return (network, organization whose people it is about or None: all, source, who states it).

    Raises:
        LinesNotYours: neither staff nor a partner system that states reporting lines.
    """
    if caller.network is not None:
        if is_staff(caller):
            return caller.network, None, lines.STAFF, caller.person_id or ""
        if caller.kind == "client" and LINES_WRITE in caller.scopes:
            return caller.network, caller.organization_id, lines.HR, caller.client_id or ""
    raise LinesNotYours("you may not say who reports to whom")
