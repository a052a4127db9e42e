"""How often somebody may try. Counted in the database, so that replicas share one count."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Allowance:
    """At most `tries` of one kind within `per`, counted from the first of them."""

    kind: str
    tries: int
    per: timedelta


LINKS_TO_ADDRESS = Allowance("link", 10, timedelta(minutes=15))
PASSWORDS_OF_ADDRESS = Allowance("password", 10, timedelta(minutes=15))
PRESENT_PASSWORDS = Allowance("present", 10, timedelta(minutes=15))
TRIES_FROM_ORIGIN = Allowance("origin", 1000, timedelta(minutes=15))  # a whole office behind one address
WRONG_PROOFS = Allowance("client", 30, timedelta(minutes=15))  # of partner systems, from one origin
