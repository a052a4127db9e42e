"""People: someone known to a network. Addresses leave only in `contact_changed`."""

from dataclasses import dataclass, replace

from services.contracts.events import Fact
from services.contracts.events.access import AccessChanged
from services.contracts.events.membership import (
    ContactChanged,
    PersonAdded,
    PersonChanged,
    PersonState,
    WeeklyHours,
)
from services.kit.errors import Conflict, Invalid
from services.membership.domain.derived import derived_id
from services.membership.domain.hours import is_zone
from services.membership.domain.lines import Line


@dataclass(frozen=True)
class Person:
    """Someone known to a network.

    `managers` are person ids, one or (matrix) several; `email_key` is the address as two spellings of it
    compare; `years` counts whole years of experience; `standing` is "active" or "gone". `languages`, `city`
    and `country` are as the roster spells them; `lines` says of managers who named them, and when (lines.py).
    """

    id: str
    network: str
    display_name: str
    email: str
    email_key: str
    organization_id: str | None = None
    zone: str = "UTC"
    language: str = "en"
    weekly_hours: tuple[WeeklyHours, ...] = ()
    managers: tuple[str, ...] = ()
    title: str = ""
    function: str = ""
    level: str = ""
    years: int | None = None
    languages: tuple[str, ...] = ()
    city: str = ""
    country: str = ""
    lines: tuple[Line, ...] = ()
    external_id: str | None = None
    standing: str = "active"
    revision: int = 0


class ZoneUnknown(Invalid):
    code = "zone-unknown"


class AddressTaken(Conflict):
    code = "address-taken"


class ExternalIdTaken(Conflict):
    code = "external-id-taken"


class OwnManager(Invalid):
    code = "own-manager"


def email_key(email: str) -> str:
    """Return the address folded for comparing; mailboxes that differ only in case are one person here."""
    return email.strip().casefold()


def person_id(network: str, external_key: str) -> str:
    """Return the id that follows from the network and a person's external key (external id, else address)."""
    return derived_id("per", network, external_key)


def external_key(email: str, external_id: str | None) -> str:
    """Return what names a person outside: their external id where there is one, else the address."""
    return f"id:{external_id}" if external_id else f"mail:{email_key(email)}"


def add_person(person: Person) -> tuple[Person, tuple[Fact, ...]]:
    """Check a new person and return them with the facts to announce.

    Raises:
        ZoneUnknown: the zone is not in the IANA list.
        OwnManager: a person would report to themselves.
    """
    _check(person)
    return person, (_told(PersonAdded, person), _contact(person))


def change_person(person: Person, wanted: Person) -> tuple[Person, tuple[Fact, ...]]:
    """Return `person` as `wanted` describes them and what to announce; the same again announces nothing.

    The contact is told with every change, so that its version is always the person's.

    Raises:
        ZoneUnknown, OwnManager: as `add_person`.
    """
    changed = replace(wanted, id=person.id, network=person.network, revision=person.revision)
    _check(changed)
    if changed == person:
        return person, ()
    facts = (_told(PersonChanged, changed), _contact(changed))
    if (person.standing, person.organization_id) == (changed.standing, changed.organization_id):
        return changed, facts
    return changed, (*facts, told_access(changed))


def check_zone(zone: str) -> None:
    """Refuse what is no IANA time zone. Raises: ZoneUnknown."""
    if not is_zone(zone):
        raise ZoneUnknown(f"{zone[:60]!r} is no time zone; write it like Europe/Paris")


def told_person(person: Person) -> PersonState:
    """Return the fact that says how a person is now."""
    return _told(PersonChanged, person)


def told_contact(person: Person) -> ContactChanged:
    """Return the fact that says where to reach a person."""
    return _contact(person)


def told_access(person: Person) -> AccessChanged:
    """Return the fact by which gateways know tokens that say something else about the person."""
    return AccessChanged(person.network, person.id, person.organization_id, person.standing)


def _check(person: Person) -> None:
    check_zone(person.zone)
    if person.id in person.managers:
        raise OwnManager("a person cannot report to themselves")


def _told(kind: type[PersonState], person: Person) -> PersonState:
    return kind(
        network=person.network,
        person_id=person.id,
        display_name=person.display_name,
        organization_id=person.organization_id,
        zone=person.zone,
        language=person.language,
        weekly_hours=person.weekly_hours,
        standing=person.standing,
    )


def _contact(person: Person) -> ContactChanged:
    return ContactChanged(
        network=person.network,
        person_id=person.id,
        display_name=person.display_name,
        email=person.email,
        zone=person.zone,
        language=person.language,
    )
