"""The rules over one program's groups: what decides over who may sit with whom, and what is broken."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from services.membership.domain.common_threads import Threads
from services.membership.domain.formation_options import NO_OPTIONS, Options, Pair
from services.membership.domain.formations import Broken
from services.membership.domain.meeting_times import MeetingTimes, common_starts
from services.membership.domain.people import Person
from services.membership.domain.programs import Program
from services.membership.domain.safety import Ancestors, find_breaches

PAIR, TRIO = 2, 3


@dataclass(frozen=True)
class Rules:
    """What groups of one run are judged by. All but the program is by person id.

    `times` holds whoever has hours, leaders too; `ancestors` all above each person, at any depth.
    """

    program: Program
    people: Mapping[str, Person]
    times: Mapping[str, MeetingTimes]
    threads: Mapping[str, Threads]
    ancestors: Ancestors
    options: Options = NO_OPTIONS
    wanted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    together: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def bounds(self) -> tuple[int, int]:
        """Least and greatest size; of pairs one may be a trio, so that nobody is left over."""
        return bounds_of(self.program, self.options)

    def starts(self, person_id: str) -> int:
        """Return the starts that suit somebody; 0 for who has given no hours."""
        times = self.times.get(person_id)
        return times.starts if times else 0

    def common(self, members: Iterable[str]) -> int:
        """Return the starts that suit all of them."""
        return common_starts(self.starts(one) for one in members)


def bounds_of(program: Program, options: Options) -> tuple[int, int]:
    """Return least and greatest size of a group."""
    low, high = options.size_low or program.size_low, options.size_high or program.size_high
    return (low, TRIO) if low == high == PAIR else (low, high)


def is_in_pairs(program: Program, options: Options) -> bool:
    """True where groups are pairs."""
    return (options.size_high or program.size_high) == (options.size_low or program.size_low) == PAIR


def partners(pairs: Iterable[Pair]) -> dict[str, frozenset[str]]:
    """Return for everyone in `pairs` those they are paired with."""
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {person: frozenset(others) for person, others in found.items()}


def broken_in(members: Sequence[str], rules: Rules) -> tuple[Broken, ...]:
    """Return every hard rule that a group of these members breaks; () for a lawful one."""
    starts = {one: rules.starts(one) for one in members}
    breaches = find_breaches([members], rules.ancestors, starts, rules.bounds)
    found = [
        Broken(each.rule, each.people, each.words) for each in breaches if each.rule != "no-common-start"
    ]
    if not rules.common(members):
        found.append(_no_start(members, rules))
    inside = frozenset(members)
    for one in members:
        found += [
            Broken("kept-apart", (one, other), "holds two people who are to be kept apart")
            for other in sorted(rules.apart.get(one, frozenset()) & inside)
            if one < other
        ]
        for other in sorted(rules.together.get(one, frozenset()) - inside):
            words = "is without somebody whom a member is to be kept together with"
            found.append(Broken("kept-together", (one, other), words))
    return tuple(found)


def _no_start(members: Sequence[str], rules: Rules) -> Broken:
    """Name the one whose hours alone stand in the way, where there is one; else everybody."""
    for one in members:
        if rules.common(other for other in members if other != one):
            words = "has no weekly start that suits all; without this one it has"
            return Broken("no-common-start", (one,), words)
    return Broken("no-common-start", tuple(members), "has no weekly start that suits all")
