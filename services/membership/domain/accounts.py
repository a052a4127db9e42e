"""Accounts: who signs in. An account belongs to the installation; of a person it knows the login address."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Belonging:
    """The person an account is in one network."""

    network: str
    person_id: str


@dataclass(frozen=True)
class Account:
    """A sign-in of the installation.

    Args:
        address: the login address in its one form (`login_address`); unique in the installation.
        belongings: the persons it signs in as, at most one a network, oldest first.
        password_hash: argon2id in its own notation; None while the account signs in by link only.
    """

    id: str
    address: str
    belongings: tuple[Belonging, ...]
    password_hash: str | None = None
    revision: int = 0

    def in_network(self, network: str | None) -> Belonging | None:
        """Return who the account is in `network`, or in the first it came to know when none is named."""
        for belonging in self.belongings:
            if network in (None, belonging.network):
                return belonging
        return None

    def places(self, network: str | None) -> tuple[Belonging, ...]:
        """Return who the account is in `network`; in every network, newest first, when none is named."""
        return tuple(each for each in reversed(self.belongings) if network in (None, each.network))


def login_address(text: str) -> str:
    """Return the one form under which an address is kept and looked up.

    Mail goes to this form and never to what was typed, so that look-alikes lead nowhere new.
    """
    return unicodedata.normalize("NFC", text.strip()).casefold()
