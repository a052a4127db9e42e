"""Names a program or cohort may carry: any, but another's mark only under a recorded licence (R17)."""

import re
import unicodedata

from services.kit.errors import Invalid

RESERVED = {  # as `folded` leaves it, singular or plural -> whose mark it is
    "leaders circle": "Propel Nonprofits",
    "lean in circle": "LeanIn.Org",
    "working out loud": "John Stepper",
    "vistage": "Vistage Worldwide",
    "toastmaster": "Toastmasters International",
}
APART = re.compile(r"[^0-9a-z]+")
DROPPED = frozenset("'\u2019\u2122\u00ae\u00a9")  # apostrophes; trade mark, registered, copyright


class NameReserved(Invalid):
    """The name is another provider's mark, and no licence is recorded."""

    code = "name-reserved"


def check_name(name: str, licence: str, field: str) -> None:
    """Let a name pass, or refuse it.

    Args:
        name: what a program or its cohorts are to be called.
        licence: the licence as it was recorded; "" for none.
        field: the name of the field, for the pointer.

    Raises:
        NameReserved: it holds a mark of RESERVED, however it is spelled, and there is no licence.
    """
    owner = owner_of(name)
    if owner is not None and not licence:
        raise NameReserved(
            f"{name[:80]!r} holds a mark of {owner}; choose another name, or record the licence",
            errors=[{"pointer": f"/{field}", "detail": f"holds a mark of {owner}; record the licence"}],
        )


def owner_of(name: str) -> str | None:
    """Return whose mark a name holds; None for a free name."""
    words = f" {folded(name)} "
    return next((owner for mark, owner in RESERVED.items() if re.search(rf" {mark}s? ", words)), None)


def folded(name: str) -> str:
    """Return a name without case, accents and signs, so that "Leader's-Circles" is "leaders circles"."""
    bare = "".join(sign for sign in name if sign not in DROPPED and unicodedata.category(sign) != "Cf")
    plain = unicodedata.normalize("NFKD", bare).casefold()
    return APART.sub(" ", "".join(sign for sign in plain if not unicodedata.combining(sign))).strip()
