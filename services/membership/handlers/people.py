"""Organizations and people: adding, showing, listing."""

from dataclasses import replace

from services.kit.clock import Clock
from services.kit.errors import NotFound
from services.membership.domain import organizations as organization_rules
from services.membership.domain import people as rules
from services.membership.domain.forgetting import is_forgotten
from services.membership.domain.hours import read_hours
from services.membership.domain.lines import STAFF, Stated
from services.membership.domain.people_ports import Accounts, Organizations, People
from services.membership.domain.rights import check_signed_in, check_staff, readable_organization
from services.membership.domain.words import unique_lines

AS_SAID = ("title", "function", "level", "years", "external_id")


def add_organization(command, organizations: Organizations):
    """Add a partner and return it; one of the same name is a conflict. Raises: StaffOnly, NameMissing."""
    network = check_staff(command.caller)
    organization, facts = organization_rules.add_organization(network, command.display_name)
    return organizations.add(organization, announcing=facts)


def list_organizations(query, organizations: Organizations):
    """Return one page of the network's partners by name. Raises: SignedInOnly."""
    network, _ = check_signed_in(query.caller)
    return organizations.by_name(network, query.limit, query.after)


def show_organization(query, organizations: Organizations):
    """Return one partner. Raises: SignedInOnly, NotFound."""
    network, _ = check_signed_in(query.caller)
    return organizations.get(network, query.organization_id)


def change_organization(command, organizations: Organizations):
    """Rename a partner. Raises: StaffOnly, NotFound, NameMissing, Stale."""
    network = check_staff(command.caller)
    organization = organizations.get(network, command.organization_id)
    changed, facts = organization_rules.rename_organization(organization, command.display_name)
    return organizations.save(changed, announcing=facts)


def add_person(command, people: People, organizations: Organizations, accounts: Accounts, clock: Clock):
    """Add one person, offered to the account of their address, and return them.

    Whether that address signs in as somebody else here is not told: only contact addresses are compared.

    Raises:
        StaffOnly: not the network's staff. NotFound: no such organization or manager.
        AddressTaken, ExternalIdTaken: somebody else has it. ZoneUnknown, HoursNotUnderstood: as they say.
    """
    network = check_staff(command.caller)
    if command.organization_id is not None:
        organizations.get(network, command.organization_id)
    missing = set(command.managers) - people.by_ids(network, command.managers).keys()
    if missing:
        raise NotFound("there is no such manager")
    key = rules.external_key(command.email, command.external_id)
    wanted = _wanted(command, network, _free_id(network, key, people), clock.now())
    person, facts = rules.add_person(wanted)
    accounts.ensure_for(network, person.id, person.email)
    return people.add(person, announcing=facts)


def list_people(query, people: People):
    """Return one page of the people the caller may read, by name. Raises: PeopleNotReadable."""
    network, organization_id = readable_organization(query.caller)
    wished = query.organization_id
    if wished is not None and organization_id not in (None, wished):
        raise NotFound("there is no such organization")
    return people.by_name(network, wished or organization_id, query.limit, query.after)


def show_person(query, people: People):
    """Return one person, to themselves and to whom may read them. Raises: PeopleNotReadable, NotFound."""
    caller = query.caller
    if caller.kind == "person" and caller.person_id == query.person_id:
        return people.get(caller.network, query.person_id)
    network, organization_id = readable_organization(caller)
    person = people.get(network, query.person_id)
    if organization_id not in (None, person.organization_id):
        raise NotFound("there is no such person")
    return person


def _free_id(network, key, people):
    """The id that follows from the key; somebody forgotten who is added again is somebody new."""
    named, number = rules.person_id(network, key), 0
    while (held := people.by_ids(network, [named]).get(named)) is not None and is_forgotten(held):
        number += 1
        named = rules.person_id(network, f"{key}#{number}")
    return named


def _wanted(command, network, person_id, now):
    rules.check_zone(command.zone)
    managers = tuple(dict.fromkeys(command.managers))
    person = rules.Person(
        id=person_id,
        network=network,
        display_name=command.display_name,
        email=command.email,
        email_key=rules.email_key(command.email),
        organization_id=command.organization_id,
        zone=command.zone,
        language=command.language,
        weekly_hours=read_hours(command.weekly_hours, command.zone, now.date()),
        managers=managers,
        lines=Stated(STAFF, command.caller.person_id or "", now).lines(managers, ()),
    )
    return replace(
        person,
        languages=unique_lines(command.languages),
        city=command.city.strip(),
        country=command.country.strip(),
        **{name: getattr(command, name) for name in AS_SAID},
    )
