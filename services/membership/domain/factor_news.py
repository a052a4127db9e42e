"""Who is told of a change to own factors: every address we know of the account's persons."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.contracts.events.factors import OwnFactorsState
from services.membership.domain.own_factors import OwnFactors


@dataclass(frozen=True)
class Place:
    """One person of an account and the addresses at which they are told."""

    network: str
    person_id: str
    addresses: tuple[str, ...]


def news(kind: type[OwnFactorsState], factors: OwnFactors, places: Iterable[Place]) -> list[OwnFactorsState]:
    """Return one fact a place, telling how `factors` stand after the change."""
    standing = "waiting" if factors.reset else "held" if factors.is_held else "none"
    return [
        kind(
            network=place.network,
            account_id=factors.id,
            person_id=place.person_id,
            addresses=place.addresses,
            standing=standing,
            takes_effect_at=factors.reset.takes_effect_at if factors.reset else None,
        )
        for place in places
        if place.addresses
    ]


def places(login_address: str, contacts: Iterable[tuple[str, str, str | None]]) -> list[Place]:
    """Return where an account's persons are told, each address once.

    Args:
        contacts: (network, person id, contact address) of each person, oldest first; the first also gets what
            goes to the login address.
    """
    told: set[str] = set()
    found = []
    for number, (network, person_id, email) in enumerate(contacts):
        candidates = (login_address if number == 0 else "", email or "")
        by_form = {each.casefold(): each for each in candidates if each and each.casefold() not in told}
        told |= by_form.keys()
        found.append(Place(network, person_id, tuple(by_form.values())))
    return found
