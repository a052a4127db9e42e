"""Reads `matrix.txt`: operation -> who is let in where, and how everybody else is refused."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from tests.permissions.callers import ANONYMOUS, named

MATRIX = Path(__file__).with_name("matrix.txt")
ID = re.compile(r"{(\w+_id)}")
HERE = "here"  # the place of operations without an id: the caller's own network
FOREIGN, UNKNOWN, SELF = "foreign", "unknown", "self"
EVERYWHERE = ("own", "other", FOREIGN, UNKNOWN)
OK, SIGN_IN, FORBIDDEN, HIDDEN = "ok", "sign-in", "forbidden", "hidden"
GONE, TOLD, NOTHING, FACTOR = "gone", "told", "nothing", "factor"
OUTCOMES = (OK, SIGN_IN, FORBIDDEN, HIDDEN, GONE, TOLD, NOTHING, FACTOR)


@dataclass(frozen=True)
class Refused:
    """`callers` are refused with `outcome`, at `place` or (None) wherever they are not let in."""

    outcome: str
    place: str | None
    callers: frozenset[str]


@dataclass(frozen=True)
class Row:
    """One line of the matrix."""

    operation: str
    let_in: dict[str, frozenset[str]] = field(hash=False)
    refused: tuple[Refused, ...] = ()

    @property
    def method(self) -> str:
        return self.operation.split(" ", 1)[0]

    @property
    def template(self) -> str:
        return self.operation.split(" ", 1)[1]

    @property
    def is_page(self) -> bool:
        return not self.template.startswith(("/v1/", "/oauth/", "/.well-known/", "/scim/"))

    @property
    def writes(self) -> bool:
        return self.method != "GET"

    def places(self) -> tuple[str, ...]:
        """Where the operation is tried: what the line names, and with ids in the path everywhere."""
        named_here = [*self.let_in, *(one.place for one in self.refused if one.place)]
        tried = [*named_here, *(EVERYWHERE if ID.search(self.template) else ())]
        return tuple(dict.fromkeys(tried)) or (HERE,)

    def expected(self, caller: str, place: str) -> str:
        """Return the outcome for `caller` at `place`."""
        if caller in self.let_in.get(place, ()):
            return OK
        at = (place, FOREIGN) if place == UNKNOWN else (place,)
        for refused in self.refused:
            if refused.place in at and caller in refused.callers:
                return refused.outcome
        if any(caller in callers for where, callers in self.let_in.items() if where != SELF):
            return HIDDEN
        for refused in self.refused:
            if refused.place is None and caller in refused.callers:
                return refused.outcome
        return SIGN_IN if caller == ANONYMOUS else FORBIDDEN


def read_matrix(text: str | None = None) -> dict[str, Row]:
    """Return operation -> row. Raises: ValueError, naming the line that cannot be read."""
    rows: dict[str, Row] = {}
    for number, line in enumerate((text or MATRIX.read_text(encoding="utf-8")).splitlines(), 1):
        if not line.strip() or line.startswith(("#", "=")):
            continue
        try:
            row = _row(line)
        except (KeyError, ValueError) as reason:
            raise ValueError(f"matrix.txt, line {number}: {reason}") from None
        if row.operation in rows:
            raise ValueError(f"matrix.txt, line {number}: {row.operation} stands twice")
        rows[row.operation] = row
    return rows


def _row(line: str) -> Row:
    operation, let_in, refused = (part.strip() for part in line.split("|"))
    return Row(" ".join(operation.split()), _let_in(let_in), tuple(_refusals(refused)))


def _let_in(text: str) -> dict[str, frozenset[str]]:
    if text == "-":
        return {}
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if not parts:
        raise ValueError("nobody is named; write - where nobody is let in")
    found = {}
    for part in parts:
        place, colon, callers = part.partition(":")
        found[place.strip() if colon else HERE] = named(callers if colon else place)
    return found


def _refusals(text: str) -> list[Refused]:
    found = []
    for part in (part for part in text.split(";") if part.strip()):
        how, _, callers = part.partition(":")
        outcome, _, place = how.strip().partition("@")
        if outcome not in OUTCOMES:
            raise ValueError(f"{outcome} is no outcome")
        found.append(Refused(outcome, place or None, named(callers)))
    return found
