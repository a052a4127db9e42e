"""Organizations: the partners of a network."""

from dataclasses import dataclass, replace

from services.contracts.events.membership import OrganizationAdded, OrganizationChanged, OrganizationState
from services.kit.errors import Invalid
from services.membership.domain.derived import derived_id


@dataclass(frozen=True)
class Organization:
    """A partner. `name_key` is the name as two spellings of it compare."""

    id: str
    network: str
    display_name: str
    name_key: str
    revision: int = 0


class NameMissing(Invalid):
    code = "name-missing"


def name_key(display_name: str) -> str:
    """Return the name folded for comparing: case and runs of spaces do not matter."""
    return " ".join(display_name.casefold().split())


def add_organization(network: str, display_name: str) -> tuple[Organization, tuple[OrganizationState, ...]]:
    """Return a new organization, whose id follows from network and name, and the fact to announce.

    Raises:
        NameMissing: nothing but spaces.
    """
    name = _name(display_name)
    key = name_key(name)
    organization = Organization(derived_id("org", network, key), network, name, key)
    return organization, (OrganizationAdded(network, organization.id, name),)


def rename_organization(
    organization: Organization, display_name: str
) -> tuple[Organization, tuple[OrganizationState, ...]]:
    """Return the organization under its new name; the id stays, nothing is announced when nothing changed."""
    name = _name(display_name)
    if name == organization.display_name:
        return organization, ()
    changed = replace(organization, display_name=name, name_key=name_key(name))
    return changed, (OrganizationChanged(organization.network, organization.id, name),)


def _name(display_name: str) -> str:
    name = " ".join(display_name.split())
    if not name:
        raise NameMissing("an organization needs a name")
    return name
