"""How often somebody may try. Counted in the database, so that replicas share one count.

Strangers can use up what strangers may: a browser in which the account signed in before counts for itself,
and a link by mail opens the account whatever was guessed. So nobody is locked out by somebody else.
"""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network


@dataclass(frozen=True)
class Allowance:
    """At most `tries` of one kind within `per`, counted from the first of them."""

    kind: str
    tries: int
    per: timedelta


QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)
PASSWORDS_OF_ADDRESS = Allowance("password", 10, DAY)  # from browsers that never signed in there
PASSWORDS_OF_DEVICE = Allowance("password-device", 10, DAY)
PASSWORDS_OF_NETWORK = Allowance("password-network", 3000, QUARTER)
LINKS_TO_ADDRESS = Allowance("link", 20, QUARTER)  # from browsers that never signed in there
LINKS_FROM_ORIGIN = Allowance("link-origin", 5, QUARTER)  # of one address, asked for from one origin
LINKS_OF_DEVICE = Allowance("link-device", 10, QUARTER)
PRESENT_PASSWORDS = Allowance("present", 10, QUARTER)
MOVES_OF_ACCOUNT = Allowance("move", 5, DAY)
INVITATIONS_TO_PERSON = Allowance("invitation", 5, DAY)
FACTORS_OF_ACCOUNT = Allowance("factor", 5, timedelta(minutes=15))
RESETS_OF_ACCOUNT = Allowance("factor-reset", 5, timedelta(hours=24))
TRIES_FROM_ORIGIN = Allowance("origin", 1000, QUARTER)  # a whole office behind one address
TRIES_FROM_NEIGHBOURS = Allowance("neighbours", 5000, QUARTER)  # a whole provider's street
CONNECTION_TESTS = Allowance("connection-test", 30, QUARTER)
NEWCOMERS = Allowance("newcomers", 500, QUARTER)  # people one identity provider brings in
WRONG_PROOFS = Allowance("client", 30, QUARTER)  # of partner systems, from one origin


def places_of(origin: str) -> tuple[str, str]:
    """Return (what counts as one origin, its neighbourhood) of an IP address; other texts are both.

    One household or machine has a whole /64 of IPv6, so that is one origin; neighbours share a /24 or a /48.
    """
    try:
        version = ip_address(origin).version
    except ValueError:
        return origin, origin
    own, near = (32, 24) if version == 4 else (64, 48)
    return tuple(str(ip_network(f"{origin}/{bits}", strict=False)) for bits in (own, near))  # type: ignore[return-value]
