"""A found split worked on by hand: people are moved and locked, and what each move would do is told before.

A move may break a rule; it is then said so, and the commit refuses. A locked person is moved by nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from services.kit.errors import Conflict, NotFound
from services.membership.domain.formations import Broken, Formation, Group, Term, Unplaced, check_found
from services.membership.domain.group_rules import Rules
from services.membership.domain.group_terms import judge

BY_HAND, SIZE = "by-hand", "size"
MOST_WEIGHED = 400  # groups whose hours fit that are weighed for one person
MOST_SWAPS = 12  # groups in which a swap is looked for


class NobodyLikeThat(NotFound):
    """The person is not in this formation."""

    code = "not-in-formation"


class NoSuchGroup(NotFound):
    code = "no-such-group"


class PersonLocked(Conflict):
    code = "person-locked"


class LastOfGroup(Conflict):
    code = "last-of-group"


@dataclass(frozen=True)
class Place:
    """What putting one person into a group would do.

    Args:
        number: of the group, from 1. points: by how much all groups together become better.
        broken: hard rules the change would break, none for a lawful one.
        swap: who would go where the person was; None: nobody.
        size, after: members and points of the group afterwards.
    """

    number: int
    points: int
    broken: tuple[Broken, ...]
    swap: str | None
    size: int
    after: int


def check_known(formation: Formation, person_id: str) -> None:
    """Raises: NobodyLikeThat: the formation neither placed the person nor left them over."""
    if not formation.knows(person_id):
        raise NobodyLikeThat("nobody by that id is in this formation")


def group_at(formation: Formation, number: int) -> Group:
    """Return the group of a number from 1. Raises: NoSuchGroup."""
    if not 1 <= number <= len(formation.groups):
        raise NoSuchGroup(f"this formation has groups 1 to {len(formation.groups)}")
    return formation.groups[number - 1]


def move(
    formation: Formation, person_id: str, number: int | None, rules: Rules, swap: str | None = None
) -> Formation:
    """Return the formation with one person in another group, or (None) in none; in place already: as it was.

    Args:
        swap: who of that group goes where the person was.

    Raises:
        NotFoundYet, NobodyLikeThat, NoSuchGroup. PersonLocked: one of them stays where they are.
        LastOfGroup: nobody would be left in the group.
    """
    check_found(formation)
    check_known(formation, person_id)
    here = formation.number_of(person_id)
    if number is not None and swap is not None and swap not in group_at(formation, number).members:
        raise NobodyLikeThat("who is to go in exchange is not in that group")
    if number == here:
        return formation
    leaving = {person_id} | ({swap} if swap else set())
    _check_free(formation, leaving)
    groups = list(formation.groups)
    if here is not None:
        members = _without(groups[here - 1].members, person_id, swap)
        if not members:
            raise LastOfGroup(f"group {here} would have no member; leave it to a new run to give it up")
        groups[here - 1] = _judged(groups[here - 1], members, rules)
    if number is not None:
        there = group_at(formation, number)
        groups[number - 1] = _judged(there, _without(there.members, swap, person_id), rules)
    left = _left_over(formation, person_id, number, swap if here is None else None)
    placed = formation.people - len(left)
    moved = formation.moved + 1
    return replace(formation, groups=tuple(groups), unplaced=left, placed=placed, moved=moved)


def lock(formation: Formation, people: Iterable[str], is_locked: bool) -> Formation:
    """Return the formation in which these stay where they are, or may be moved again.

    Raises:
        NotFoundYet. NobodyLikeThat: somebody is in no group of it.
    """
    check_found(formation)
    named = set(people)
    for one in named:
        if formation.number_of(one) is None:
            raise NobodyLikeThat("only who is in a group can be locked there")
    locked = set(formation.locked) | named if is_locked else set(formation.locked) - named
    return replace(formation, locked=tuple(sorted(locked)))


def why_here(formation: Formation, person_id: str, rules: Rules) -> tuple[Term, ...]:
    """Return term by term what the group of somebody gains by them; () for who is in none, or alone."""
    number = formation.number_of(person_id)
    members = formation.groups[number - 1].members if number else ()
    if len(members) < 2:
        return ()
    without = {term.name: term.points for term in judge(_without(members, person_id), rules).terms}
    return tuple(
        replace(term, points=term.points - without.get(term.name, 0)) for term in judge(members, rules).terms
    )


def places_for(
    formation: Formation, person_id: str, rules: Rules, numbers: Sequence[int], swaps: bool = False
) -> list[Place]:
    """Return what putting somebody into each of these groups would do, lawful ones first, the best first.

    Args:
        numbers: of groups, from 1; the person's own is left out.
        swaps: where a size would be broken, look for the member whose leaving does most good.
    """
    scale = _Scale(formation, person_id, rules)
    here = formation.number_of(person_id)
    found = [scale.weigh(number) for number in numbers if number != here]
    if swaps:
        sized = [each for each in found if any(one.rule == SIZE for one in each.broken)][:MOST_SWAPS]
        better = {each.number: scale.best_swap(each) for each in sized}
        found = [better.get(each.number, each) for each in found]
    return sorted(found, key=lambda each: (len(each.broken), -each.points, each.number))


def fitting(formation: Formation, starts: int) -> list[int]:
    """Return the numbers of the groups that can meet when somebody has `starts`, smaller ones first."""
    found = [n for n, group in enumerate(formation.groups, 1) if group.common & starts]
    found.sort(key=lambda number: (len(formation.groups[number - 1].members), number))
    return found[:MOST_WEIGHED]


class _Scale:
    """Weighs places for one person; what their own group loses by them is weighed once."""

    def __init__(self, formation: Formation, person_id: str, rules: Rules) -> None:
        here = formation.number_of(person_id)
        self._formation, self._person, self._rules = formation, person_id, rules
        self._mine = formation.groups[here - 1].members if here else ()
        self._old = judge(self._mine, rules) if self._mine else None
        self._lost = self._change_at_home(None)

    def weigh(self, number: int, swap: str | None = None) -> Place:
        there = group_at(self._formation, number)
        after = judge(_without(there.members, swap, self._person), self._rules)
        points, broken = self._change_at_home(swap) if swap else self._lost
        gain = points + after.points - there.points
        return Place(number, gain, after.broken + broken, swap, len(after.members), after.points)

    def best_swap(self, place: Place) -> Place:
        """Return the place, with whoever's leaving is best for it, where anybody's is."""
        members = self._formation.groups[place.number - 1].members
        tried = [self.weigh(place.number, one) for one in members if one not in self._formation.locked]
        return min([*tried, place], key=lambda each: (len(each.broken), -each.points, each.swap or ""))

    def _change_at_home(self, come: str | None) -> tuple[int, tuple[Broken, ...]]:
        """What the person's group gains in points, and breaks anew, when they leave and `come` comes."""
        if self._old is None:
            return 0, ()
        left = _without(self._mine, self._person, come)
        if not left:
            return -self._old.points, ()
        new = judge(left, self._rules)
        anew = tuple(each for each in new.broken if each not in self._old.broken)
        return new.points - self._old.points, anew


def _judged(group: Group, members: Sequence[str], rules: Rules) -> Group:
    return judge(members, rules, group.facilitators)


def _without(members: Sequence[str], gone: str | None, come: str | None = None) -> tuple[str, ...]:
    kept = [one for one in members if one != gone]
    return tuple(sorted([*kept, come] if come else kept))


def _check_free(formation: Formation, people: Iterable[str]) -> None:
    if not frozenset(people).isdisjoint(formation.locked):
        raise PersonLocked("this person is locked where they are; unlock them first")


def _left_over(
    formation: Formation, person_id: str, number: int | None, swapped: str | None
) -> tuple[Unplaced, ...]:
    kept = [one for one in formation.unplaced if one.person_id != person_id]
    out = swapped if number is not None else person_id
    if out is not None:
        kept.append(Unplaced(out, BY_HAND, "was taken out by hand"))
    return tuple(sorted(kept, key=lambda one: one.person_id))
