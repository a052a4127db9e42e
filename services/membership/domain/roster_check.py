"""A roster as a whole: duplicates, organizations, managers and their circles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.membership.domain.organizations import name_key
from services.membership.domain.people import email_key, external_key, person_id
from services.membership.domain.reporting import find_circles, levels_above
from services.membership.domain.roster_file import Table
from services.membership.domain.roster_rows import SHOWN, Problem, Reading, RosterRow, read_row

MOST_LEVELS = 50  # of managers above one person; no house has more, and lines are compared at any depth


@dataclass(frozen=True)
class Known:
    """What the network knows already.

    Args:
        by_email: folded address -> person id. by_external_id: external id -> person id.
        lines: person id -> ids of their managers. organizations: folded names.
    """

    by_email: Mapping[str, str] = field(default_factory=dict)
    by_external_id: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, Sequence[str]] = field(default_factory=dict)
    organizations: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Placed:
    """A row with the id of its person and of those they report to."""

    said: RosterRow
    person_id: str
    manager_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checked:
    """What a check found: `good` rows in the file's order, `problems` by row, `new_organizations` by name."""

    good: tuple[Placed, ...]
    problems: tuple[Problem, ...]
    new_organizations: tuple[str, ...]


def check_roster(
    network: str, table: Table, reading: Reading, known: Known, *, create_organizations: bool
) -> Checked:
    """Check every row on its own, then against one another and what the network knows.

    A row leaves with everything wrong with it; a row whose manager's row leaves, leaves too, because a
    reporting line that is not known cannot be kept safe.
    """
    check = _Check(network, reading, known)
    for row, cells in table.rows:
        said, faults = read_row(row, cells, reading)
        check.problems.extend(faults)
        if said is not None:
            check.rows.append(said)
    check.leave_out_duplicates()
    if not create_organizations:
        check.leave_out_unknown_organizations()
    placed = check.with_managers()
    problems = tuple(sorted(check.problems, key=lambda one: (one.row, one.column)))
    return Checked(placed, problems, _new_organizations(placed, known))


def _new_organizations(placed: Sequence[Placed], known: Known) -> tuple[str, ...]:
    names = {name_key(one.said.organization): one.said.organization for one in reversed(placed)}
    return tuple(names[key] for key in sorted(names) if key and key not in known.organizations)


class _Check:
    """One roster being checked; `rows` shrinks while `problems` grows."""

    def __init__(self, network: str, reading: Reading, known: Known) -> None:
        self.network = network
        self.reading = reading
        self.known = known
        self.rows: list[RosterRow] = []
        self.problems: list[Problem] = []
        self._ids: dict[int, str] = {}

    def leave_out_duplicates(self) -> None:
        """Keep the first row of an address and of an external id, and name it in the report of the others."""
        emails: dict[str, int] = {}
        numbers: dict[str, int] = {}
        people: dict[str, int] = {}
        kept = []
        for said in self.rows:
            first = emails.setdefault(email_key(said.email), said.row)
            other = numbers.setdefault(said.external_id, said.row) if said.external_id else said.row
            if first != said.row:
                self._note(said.row, "email", said.email, "email-twice", f"stands in row {first} already")
            if other != said.row:
                self._note(
                    said.row, "external_id", said.external_id, "id-twice", f"stands in row {other} already"
                )
            if first == other == said.row and self._address_is_free(said):
                same = people.setdefault(self.id_of(said), said.row)
                if same != said.row:
                    self._note(
                        said.row, "email", said.email, "person-twice", f"is the person of row {same} as well"
                    )
                else:
                    kept.append(said)
        self.rows = kept

    def _address_is_free(self, said: RosterRow) -> bool:
        by_number = self.known.by_external_id.get(said.external_id or "")
        by_email = self.known.by_email.get(email_key(said.email))
        if by_number and by_email and by_number != by_email:
            self._note(
                said.row,
                "email",
                said.email,
                "address-taken",
                "is the address of somebody else in the network",
            )
            return False
        return True

    def leave_out_unknown_organizations(self) -> None:
        kept = []
        for said in self.rows:
            if said.organization and name_key(said.organization) not in self.known.organizations:
                todo = "add the organization first, or ask for unknown ones to be created"
                reason = "is no organization of this network"
                self._note(said.row, "organization", said.organization, "organization-unknown", reason, todo)
            else:
                kept.append(said)
        self.rows = kept

    def with_managers(self) -> tuple[Placed, ...]:
        """Find everyone's managers; leave out rows with unknown ones, circles, and those below either."""
        ids = {said.row: self.id_of(said) for said in self.rows}
        kept = self.rows
        while True:
            found = self._found_in(kept, ids)
            placed = [one for said in kept if (one := self._placed(said, ids, found)) is not None]
            placed = self._without_depths(self._without_circles(placed))
            if len(placed) == len(kept):
                return tuple(placed)
            kept = [one.said for one in placed]

    def id_of(self, said: RosterRow) -> str:
        """Return the id of the row's person: theirs who is known, else the one that follows from the row."""
        if said.row not in self._ids:
            self._ids[said.row] = self._find_id(said)
        return self._ids[said.row]

    def _find_id(self, said: RosterRow) -> str:
        known = self.known.by_external_id.get(said.external_id or "") or self.known.by_email.get(
            email_key(said.email)
        )
        return known or person_id(self.network, external_key(said.email, said.external_id))

    def _found_in(self, rows: Sequence[RosterRow], ids: Mapping[int, str]) -> dict[str, str]:
        found = {**self.known.by_external_id, **self.known.by_email}
        for said in rows:
            found[email_key(said.email)] = ids[said.row]
            if said.external_id:
                found[said.external_id] = ids[said.row]
        return found

    def _placed(self, said: RosterRow, ids: Mapping[int, str], found: Mapping[str, str]) -> Placed | None:
        managers = []
        for name in said.managers:
            manager = found.get(name) or found.get(email_key(name))
            if manager is None:
                todo = "correct the address or id, or add the manager's own row"
                reason = "is neither in this file nor in the network, or that row was left out"
                self._note(said.row, "manager", name, "manager-unknown", reason, todo)
            else:
                managers.append(manager)
        if len(managers) < len(said.managers):
            return None
        return Placed(said, ids[said.row], tuple(dict.fromkeys(managers)))

    def _without_circles(self, placed: list[Placed]) -> list[Placed]:
        by_id = {one.person_id: one for one in placed}
        leaving: set[str] = set()
        for circle in find_circles(self._lines(placed)):
            named = " -> ".join(by_id[one].said.name if one in by_id else "somebody known" for one in circle)
            reason = f"reports in a circle: {named} -> back to the first"
            for one in circle:
                if one in by_id and one not in leaving:
                    leaving.add(one)
                    self._note_managers(by_id[one].said, "manager-circle", reason)
        return [one for one in placed if one.person_id not in leaving]

    def _without_depths(self, placed: list[Placed]) -> list[Placed]:
        lines = self._lines(placed)
        levels = levels_above(lines) if not find_circles(lines) else {}
        kept = []
        for one in placed:
            if levels.get(one.person_id, 0) > MOST_LEVELS:
                reason = f"stands below more than {MOST_LEVELS} levels of managers"
                self._note_managers(one.said, "line-too-deep", reason)
            else:
                kept.append(one)
        return kept

    def _lines(self, placed: list[Placed]) -> dict[str, Sequence[str]]:
        said = {one.person_id: one.manager_ids for one in placed} if self._reads_managers else {}
        return {**self.known.lines, **said}

    @property
    def _reads_managers(self) -> bool:
        return "manager" in self.reading.mapping.values()

    def _note_managers(self, said: RosterRow, code: str, reason: str) -> None:
        self._note(
            said.row, "manager", "|".join(said.managers), code, reason, "correct one of these managers"
        )

    def _note(
        self, row: int, field: str, value: str | None, code: str, reason: str, todo: str = ""
    ) -> None:  # the six parts of a Problem
        advice = todo or "keep one of the rows, or correct it"
        shown = (value or "")[:SHOWN]
        self.problems.append(Problem(row, self.reading.column_of(field), shown, code, reason, advice))
