"""Accounts: who signs in. An account belongs to the installation; of a person it knows the login address.

A network that knows a person by an address *offers* itself to the account of that address; it is joined when
the person, signed in, accepts. An account that nobody has used yet takes the offer whose link is used first.
"""

import unicodedata
from dataclasses import dataclass, replace

MOST_LINKS = 5  # of one asking


@dataclass(frozen=True)
class Belonging:
    """The person an account is in one network, or would be once it accepts (`is_joined` False: an offer)."""

    network: str
    person_id: str
    is_joined: bool = True


@dataclass(frozen=True)
class Account:
    """A sign-in of the installation.

    Args:
        address: the login address in its one form (`login_address`); unique in the installation. Who came by
            an organization's provider and has none holds the identity's id in its place: no mail goes there.
        belongings: the persons it signs in as and the offers, at most one a network, oldest first.
        password_hash: argon2id in its own notation; None while the account signs in by link only.
    """

    id: str
    address: str
    belongings: tuple[Belonging, ...]
    password_hash: str | None = None
    revision: int = 0

    @property
    def mailbox(self) -> str:
        """The login address where it is one, else ""."""
        return self.address if "@" in self.address else ""

    @property
    def joined(self) -> tuple[Belonging, ...]:
        return tuple(each for each in self.belongings if each.is_joined)

    @property
    def offers(self) -> tuple[Belonging, ...]:
        return tuple(each for each in self.belongings if not each.is_joined)

    def in_network(self, network: str | None) -> Belonging | None:
        """Return who the account is in `network`, or in the first it joined when none is named."""
        for belonging in self.joined:
            if network in (None, belonging.network):
                return belonging
        return None

    def holds(self, person_id: str) -> bool:
        """True when this person is joined or offered here."""
        return any(each.person_id == person_id for each in self.belongings)

    def places(self, network: str | None) -> tuple[Belonging, ...]:
        """Return where a link may lead: the network named, else the first joined.

        Before anything was joined, to each offer (the newest five), or the one named.
        """
        here = self.in_network(network) or self.in_network(None)
        if here:
            return (here,)
        wanted = tuple(each for each in reversed(self.offers) if network in (None, each.network))
        return wanted[:MOST_LINKS]

    def may_enter(self, network: str, person_id: str) -> bool:
        """True when a link for this person still opens: joined, or offered and nothing was joined yet."""
        mine = next((each for each in self.belongings if each.network == network), None)
        return mine is not None and mine.person_id == person_id and (mine.is_joined or not self.joined)


def accepted(belonging: Belonging) -> Belonging:
    """Return the offer as joined."""
    return replace(belonging, is_joined=True)


def login_address(text: str) -> str:
    """Return the one form under which an address is kept and looked up.

    Mail goes to this form and never to what was typed, so that look-alikes lead nowhere new.
    """
    return unicodedata.normalize("NFC", text.strip()).casefold()
