"""A formation as a question to the engine, and the engine's answer as groups a person can read."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from services.contracts.events.membership import WeeklyHours
from services.membership.domain.common_threads import Shared, Threads, threads_of
from services.membership.domain.formation_options import NO_OPTIONS, WEIGHTS, Options, Pair
from services.membership.domain.formations import Group, Unplaced
from services.membership.domain.group_rules import Rules, broken_in, is_in_pairs, partners
from services.membership.domain.group_terms import judge
from services.membership.domain.hours import is_zone
from services.membership.domain.meeting_times import MeetingTimes
from services.membership.domain.people import Person
from services.membership.domain.programs import Program
from services.membership.domain.reporting import Lines, above
from services.membership.domain.why_unplaced import why_no_group, why_no_hours

NO_TIMES = MeetingTimes(0, 0, 0)


@dataclass(frozen=True)
class Former:
    """Groups to go on from, by person id, and who of them stays where they are."""

    groups: tuple[tuple[str, ...], ...] = ()
    locked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """What the engine is asked: people in ascending order of id, and everything the hard rules need.

    `times`, `organizations` and `threads` go with `people`; pairs, `former` and `locked` are places in
    `people`: `related` must not meet, `together` must, `wanted` would like to. `former` None: from the
    beginning. `group_count` None: as many as the sizes allow. `weights` go with WEIGHTS, in percent.
    `without_hours` are those no group can hold, with the reason.
    """

    people: tuple[Person, ...]
    times: tuple[MeetingTimes, ...]
    related: tuple[tuple[int, int], ...]
    organizations: tuple[int, ...]
    threads: tuple[tuple[int, ...], ...]
    bounds: tuple[int, int]
    rules: Rules
    without_hours: tuple[Unplaced, ...]
    wanted: tuple[tuple[int, int], ...] = ()
    together: tuple[tuple[int, int], ...] = ()
    former: tuple[tuple[int, ...], ...] | None = None
    locked: tuple[int, ...] = ()
    group_count: int | None = None
    weights: tuple[int, int, int, int, int, int] = (100, 100, 100, 100, 100, 0)

    @property
    def roster_hash(self) -> str:
        """Sixteen characters that follow from the roster and the rules: the same question has the same."""
        parts = [
            (person.id, person.organization_id, person.years, times.starts, threads)
            for person, times, threads in zip(self.people, self.times, self.threads, strict=True)
        ]
        asked = (self.related, self.wanted, self.together, self.former, self.locked, self.weights)
        spelled = repr((parts, self.bounds, asked, self.rules.options.most_moved))
        return hashlib.sha256(spelled.encode()).hexdigest()[:16]


class EngineWrongError(Exception):
    """The engine's result breaks a hard rule: our fault, and never carried further."""


def rules_for(
    people: Iterable[Person],
    ancestors: Mapping[str, frozenset[str]],
    program: Program,
    options: Options = NO_OPTIONS,
    shared: Mapping[str, Shared] | None = None,
) -> Rules:
    """Return what groups of these people are judged by.

    Args:
        shared: what those who saved a profile show of themselves.
    """
    known = {person.id: person for person in people}
    threads: Mapping[str, Threads] = {
        one: threads_of(person, (shared or {}).get(one)) for one, person in known.items()
    }
    times = {one: _times(person, program) for one, person in known.items()}
    pairs = {name: partners(getattr(options, name)) for name in ("wanted", "apart", "together")}
    return Rules(program, known, times, threads, ancestors, options, **pairs)


def pose_question(
    people: Sequence[Person],
    lines: Lines,
    program: Program,
    options: Options = NO_OPTIONS,
    shared: Mapping[str, Shared] | None = None,
    former: Former | None = None,
) -> Question:
    """Return the question for these enrolled people.

    Args:
        lines: reporting lines of the whole network; people between two members count though not enrolled.
        program: gives size, session length and the day from which the first week counts.
    """
    everyone = sorted(people, key=lambda person: person.id)
    rules = rules_for(everyone, above(lines), program, options, shared)
    placed = [person for person in everyone if rules.starts(person.id)]
    place = {person.id: number for number, person in enumerate(placed)}
    threads = _numbered([sorted(rules.threads[person.id]) for person in placed])
    related = {*_related(placed, rules.ancestors), *_places(options.apart, place)}
    begun = former and tuple(
        found for group in former.groups if (found := tuple(place[one] for one in group if one in place))
    )
    return Question(
        people=tuple(placed),
        times=tuple(rules.times[person.id] for person in placed),
        related=tuple(sorted(related)),
        organizations=_labels([person.organization_id for person in placed]),
        threads=threads,
        bounds=rules.bounds,
        rules=rules,
        without_hours=tuple(
            why_no_hours(person, program.session_minutes)
            for person in everyone
            if not rules.starts(person.id)
        ),
        wanted=_places(options.wanted, place),
        together=_places(options.together, place),
        former=begun or None,
        locked=tuple(place[one] for one in former.locked if one in place) if former else (),
        group_count=len(placed) // 2 if is_in_pairs(program, options) else None,
        weights=_weights(options),
    )


def read_answer(
    question: Question, groups: Sequence[Sequence[int]], program: Program
) -> tuple[tuple[Group, ...], tuple[Unplaced, ...]]:
    """Return the groups with their explanation, and who is in none with the reason.

    Raises:
        EngineWrongError: a hard rule is broken, or somebody is in two groups.
    """
    named = _as_they_stood(question, [[question.people[place].id for place in group] for group in groups])
    rules = question.rules
    for number, group in enumerate(named):
        if broken := broken_in(group, rules):
            raise EngineWrongError(f"{broken[0].rule} in group {number}")
    inside = {person for group in named for person in group}
    if len(inside) != sum(map(len, named)):
        raise EngineWrongError("somebody is in two groups")
    starts = {person.id: rules.starts(person.id) for person in question.people}
    left = tuple(
        why_no_group(person, named, starts, rules.ancestors, question.bounds[1])
        for person in question.people
        if person.id not in inside
    )
    return tuple(judge(group, rules) for group in named), (*question.without_hours, *left)


def _as_they_stood(question: Question, groups: list[list[str]]) -> list[list[str]]:
    """Return groups that were gone on from in the order they had, so that a cohort keeps its number."""
    if question.former is None:
        return groups
    was = {question.people[one].id: n for n, group in enumerate(question.former) for one in group}
    mostly = {}
    for group in groups:
        numbers = [was[one] for one in group if one in was]
        mostly[tuple(group)] = (
            min(set(numbers), key=lambda n: (-numbers.count(n), n)) if numbers else len(was)
        )
    return sorted(groups, key=lambda group: (mostly[tuple(group)], group))


def _weights(options: Options) -> tuple[int, int, int, int, int, int]:
    organizations, thread, wanted, choice, hours, spread = (options.weight(name) for name in WEIGHTS)
    return organizations, thread, wanted, choice, hours, spread


def _times(person: Person, program: Program) -> MeetingTimes:
    if not is_zone(person.zone):
        return NO_TIMES
    return _times_of(person.weekly_hours, person.zone, program.starts_on, program.session_minutes)


@lru_cache(maxsize=20_000)
def _times_of(hours: tuple[WeeklyHours, ...], zone: str, first_day: date, minutes: int) -> MeetingTimes:
    """Many have the same hours in the same zone, and each day's offset has to be looked up for them."""
    return MeetingTimes.of(hours, zone, first_day, minutes)


def _related(people: Sequence[Person], ancestors: Mapping[str, frozenset[str]]) -> set[tuple[int, int]]:
    place = {person.id: number for number, person in enumerate(people)}
    return {
        (min(number, place[manager]), max(number, place[manager]))
        for number, person in enumerate(people)
        for manager in ancestors.get(person.id, ())
        if manager in place and place[manager] != number
    }


def _places(pairs: Iterable[Pair], place: Mapping[str, int]) -> tuple[tuple[int, int], ...]:
    found = [(place[one], place[other]) for one, other in pairs if one in place and other in place]
    return tuple(sorted((min(pair), max(pair)) for pair in found))


def _labels(values: Sequence[str | None]) -> tuple[int, ...]:
    return tuple(
        labels[0] if labels else -1 for labels in _numbered([[each] if each else [] for each in values])
    )


def _numbered(values: Sequence[Sequence[str]]) -> tuple[tuple[int, ...], ...]:
    names = sorted({value for each in values for value in each})
    numbers = {name: number for number, name in enumerate(names)}
    return tuple(tuple(numbers[value] for value in each) for each in values)
