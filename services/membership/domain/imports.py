"""Imports of a roster: checked as a whole, then applied row by row; a killed import goes on where it was."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from services.contracts.events import Fact
from services.kit.due_entry import Due
from services.membership.domain.forgetting import PersonForgotten, is_forgotten
from services.membership.domain.lines import Line, Stated
from services.membership.domain.organizations import name_key
from services.membership.domain.people import Person, add_person, change_person, email_key
from services.membership.domain.roster_check import Checked, Placed
from services.membership.domain.roster_rows import Problem

CHECK = "check"
APPLY = "apply"
MODES = ("all", "partial")
MOST_FAILURES = 100  # that a document lists; all are counted
READ_AS_IS = (
    *("title", "function", "level", "years", "weekly_hours", "language", "zone"),
    *("languages", "city", "country"),
)


@dataclass(frozen=True)
class Import:
    """A roster on its way in.

    Args:
        mode: "all": one fault and nothing is applied; "partial": rows with faults are left out and listed.
        standing: "checking", then "checked" (a dry run ends here), "refused", "applying", "done".
        reason: why the file as a whole was refused. mapping: column -> field; `unmapped` are not read.
        rows, good, skipped: people in the file, those without fault, those left out.
        parts, part_done: slices of the good rows, and how many are behind us.
        added, changed, unchanged, failed: what came of the rows; `failures` lists the first hundred failed.
    """

    id: str
    network: str
    asked_by: str | None
    mode: str
    is_dry_run: bool
    creates_organizations: bool
    hours_on: date
    wanted_mapping: Mapping[str, str] = field(default_factory=dict)
    standing: str = "checking"
    reason: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    unmapped: tuple[str, ...] = ()
    new_organizations: tuple[str, ...] = ()
    rows: int = 0
    good: int = 0
    skipped: int = 0
    problem_count: int = 0
    parts: int = 0
    part_done: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    failures: tuple[Problem, ...] = ()
    due: tuple[Due, ...] = ()
    revision: int = 0


def begin(wanted: Import, now: datetime) -> Import:
    """Return the import with its check due now."""
    return replace(wanted, due=(Due(CHECK, now),))


def refuse_file(roster: Import, reason: str) -> Import:
    """Return the import ended because the file as a whole could not be read."""
    return replace(roster, standing="refused", reason=reason, due=())


def after_check(roster: Import, checked: Checked, rows: int, parts: int, now: datetime) -> Import:
    """Return the import with what the check found, and what follows: nothing, or applying from now.

    All-or-nothing is refused by one fault; partial goes on with what is good.
    """
    with_counts = replace(
        roster,
        rows=rows,
        good=len(checked.good),
        skipped=rows - len(checked.good),
        problem_count=len(checked.problems),
        new_organizations=checked.new_organizations,
        parts=parts,
        due=(),
    )
    if roster.is_dry_run:
        return replace(with_counts, standing="checked")
    if not checked.good or (checked.problems and roster.mode == "all"):
        return replace(with_counts, standing="refused")
    return replace(with_counts, standing="applying", due=(Due(APPLY, now),))


@dataclass(frozen=True)
class Tally:
    """What came of one slice."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    failures: tuple[Problem, ...] = ()


def tally_of(outcomes: Sequence[str | Problem]) -> Tally:
    """Count what came of each row: "added", "changed", "unchanged", or the problem that kept it out."""
    failures = tuple(one for one in outcomes if isinstance(one, Problem))
    counts = Counter(one for one in outcomes if isinstance(one, str))
    return Tally(counts["added"], counts["changed"], counts["unchanged"], failures)


def after_part(roster: Import, tally: Tally, now: datetime) -> Import:
    """Return the import with one more slice behind it; the last ends it.

    A slice done again after a crash counts what was there already as unchanged.
    """
    done = roster.part_done + 1
    counted = replace(
        roster,
        part_done=done,
        added=roster.added + tally.added,
        changed=roster.changed + tally.changed,
        unchanged=roster.unchanged + tally.unchanged,
        failed=roster.failed + len(tally.failures),
        failures=(*roster.failures, *tally.failures)[:MOST_FAILURES],
    )
    if done < roster.parts:
        return replace(counted, due=(Due(APPLY, now),))
    return replace(counted, standing="done", due=())


def apply_row(
    network: str,
    placed: Placed,
    known: Person | None,
    organizations: Mapping[str, str],
    fields_read: Sequence[str],
    stated: Stated,
) -> tuple[Person, tuple[Fact, ...]]:
    """Return the person a row asks for and what to announce; a row applied before announces nothing.

    Args:
        known: the person as they are, or None for somebody new.
        organizations: folded name -> id.
        fields_read: what the file has columns for; everything else stays as it is.
        stated: what a reporting line that is new is marked with.

    Raises:
        PersonForgotten: whoever sends the roster does not bring them back.
    """
    said = placed.said
    if known is not None and is_forgotten(known):
        raise PersonForgotten("this person asked to be forgotten")
    before = known or Person(placed.person_id, network, said.name, said.email, email_key(said.email))
    read = {name: getattr(said, name) for name in READ_AS_IS if name in fields_read}
    wanted = replace(
        before,
        display_name=said.name,
        email=said.email,
        email_key=email_key(said.email),
        standing="active",
        **read,
    )
    if "organization" in fields_read:
        wanted = replace(wanted, organization_id=organizations.get(name_key(said.organization)))
    if "manager" in fields_read:
        wanted = replace(wanted, managers=placed.manager_ids, lines=_lines(before, placed, stated))
    if said.external_id:
        wanted = replace(wanted, external_id=said.external_id)
    return change_person(known, wanted) if known else add_person(wanted)


def _lines(before: Person, placed: Placed, stated: Stated) -> tuple[Line, ...]:
    """The same managers again are no news, not even of people whose lines were never marked."""
    same = before.managers == placed.manager_ids
    return before.lines if same else stated.lines(placed.manager_ids, before.lines)
