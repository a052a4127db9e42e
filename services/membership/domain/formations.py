"""Formations: a proposed split of a program's enrolled people into cohorts, from asking for it to its
commit.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from services.kit.due_entry import Due
from services.kit.errors import Conflict
from services.membership.domain.formation_options import NO_OPTIONS, Options

SEARCH = "search"
COMMIT = "commit"
MOVES = 100_000
MOST_MOVES = 20_000_000
MOST_ATTEMPTS = 3  # beginnings of one search; who dies of it that often is not helped by another
MOST_PEOPLE = 60_000
DIED, WRONG = "worker-died", "engine-wrong"


@dataclass(frozen=True)
class Term:
    """One term of a group's score: `points` of `most`, and what they mean in words."""

    name: str
    points: int
    most: int
    words: str


@dataclass(frozen=True)
class Broken:
    """One hard rule that a group breaks, for staff: a slug, whom it is about, and a sentence."""

    rule: str
    people: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Group:
    """One proposed cohort. `starts_at` is the best common start in the first week (UTC).

    `broken`: what only a move by hand can leave; `common`: the starts that suit all, as meeting_times.py has
    them; `facilitators`: who is to lead it, none where nobody is neutral.
    """

    members: tuple[str, ...]
    starts_at: datetime | None
    terms: tuple[Term, ...]
    facilitators: tuple[str, ...] = ()
    broken: tuple[Broken, ...] = ()
    common: int = 0

    @property
    def points(self) -> int:
        return sum(term.points for term in self.terms)


@dataclass(frozen=True)
class Unplaced:
    """Somebody in no group, and why: a slug and a sentence for staff."""

    person_id: str
    code: str
    words: str


@dataclass(frozen=True)
class Formation:
    """A split being searched, found, and committed.

    `standing`: "searching", "found", "cancelled", "refused" (`conflicts` say why no group can be made),
    "failed" (`reason`: DIED or WRONG), "committing", "committed". `tried` of `planned` moves and `placed` of
    `people` tell the progress. `roster_hash` follows from roster and rules: same hash, seed and moves, same
    groups, until somebody is moved by hand (`moved`). `locked` stay where they are. `attempts`: how often a
    worker began. `notes` say what commit could not do (a cohort without a neutral facilitator).
    """

    id: str
    network: str
    program_id: str
    seed: int
    moves: int
    starts_on: date
    asked_by: str | None = None
    standing: str = "searching"
    tried: int = 0
    planned: int = 0
    placed: int = 0
    people: int = 0
    groups: tuple[Group, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    roster_hash: str = ""
    formed: int = 0
    notes: tuple[str, ...] = ()
    is_cancel_wanted: bool = False
    options: Options = NO_OPTIONS
    locked: tuple[str, ...] = ()
    moved: int = 0
    conflicts: tuple[Broken, ...] = ()
    reason: str = ""
    attempts: int = 0
    due: tuple[Due, ...] = ()
    revision: int = 0

    def number_of(self, person_id: str) -> int | None:
        """Return the number of somebody's group, from 1; None: they are in none."""
        return next((n for n, group in enumerate(self.groups, 1) if person_id in group.members), None)

    def knows(self, person_id: str) -> bool:
        """True for everybody it placed or left over."""
        is_left = any(one.person_id == person_id for one in self.unplaced)
        return is_left or self.number_of(person_id) is not None


class TooFewPeople(Conflict):
    code = "too-few-people"


class TooManyPeople(Conflict):
    code = "too-many-people"


class NotFoundYet(Conflict):
    """Only a found split can be committed, changed by hand, or gone on from."""

    code = "formation-not-ready"


class FormationOutdated(Conflict):
    """Since the search somebody left, moved or got another manager: form again."""

    code = "formation-outdated"


def begin(formation: Formation, enrolled: int, size_low: int, now: datetime) -> Formation:
    """Return a formation whose search is due now.

    Raises:
        TooFewPeople: not even one group could be filled. TooManyPeople: beyond MOST_PEOPLE.
    """
    check_not_too_many(enrolled)
    if enrolled < size_low:
        raise TooFewPeople(f"{enrolled} people are enrolled and free; a cohort needs at least {size_low}")
    return replace(formation, people=enrolled, planned=formation.moves, due=(Due(SEARCH, now),))


def check_not_too_many(enrolled: int) -> None:
    """Raises: TooManyPeople: beyond MOST_PEOPLE."""
    if enrolled > MOST_PEOPLE:
        words = f"{enrolled} people are enrolled and free; one formation splits {MOST_PEOPLE} at most"
        raise TooManyPeople(f"{words}: make a program for each part")


def finish(
    formation: Formation, groups: tuple[Group, ...], unplaced: tuple[Unplaced, ...], roster_hash: str
) -> Formation:
    """Return the formation with what was found; nothing is due any more."""
    placed = sum(len(group.members) for group in groups)
    return replace(
        formation,
        standing="found",
        groups=groups,
        unplaced=unplaced,
        roster_hash=roster_hash,
        tried=formation.planned,
        placed=placed,
        people=placed + len(unplaced),
        due=(),
    )


def refuse(formation: Formation, conflicts: tuple[Broken, ...]) -> Formation:
    """Return a formation for which no group can be made, with what stands in the way, the smallest first."""
    return replace(formation, standing="refused", conflicts=conflicts, due=())


def fail(formation: Formation, reason: str) -> Formation:
    """Return a formation whose search was given up for `reason`, a slug."""
    return replace(formation, standing="failed", reason=reason, due=())


def check_found(formation: Formation) -> None:
    """Raises: NotFoundYet: it is not a split that is found and not committed."""
    if formation.standing != "found":
        raise NotFoundYet(f"this formation is {formation.standing}; only one that is found can be changed")


def cancel(formation: Formation) -> Formation:
    """Return the formation with the wish that its search end; one that is found stays as it is."""
    return replace(formation, is_cancel_wanted=True) if formation.standing == "searching" else formation


def end_cancelled(formation: Formation) -> Formation:
    """Return a formation whose search was ended."""
    return replace(formation, standing="cancelled", due=())


def commit(formation: Formation, now: datetime) -> Formation:
    """Return the formation with its commit due; committing twice changes nothing.

    Raises:
        NotFoundYet: it is being searched, was cancelled, or holds no group.
    """
    if formation.standing in ("committing", "committed"):
        return formation
    if formation.standing != "found" or not formation.groups:
        raise NotFoundYet(f"this formation is {formation.standing} with {len(formation.groups)} groups")
    return replace(formation, standing="committing", due=(Due(COMMIT, now),))


def note_formed(formation: Formation, formed: int, notes: tuple[str, ...], now: datetime) -> Formation:
    """Return the formation after `formed` of its cohorts exist; the last one ends the commit."""
    if formed < len(formation.groups):
        return replace(formation, formed=formed, notes=notes, due=(Due(COMMIT, now),))
    return replace(formation, formed=formed, notes=notes, standing="committed", due=())
