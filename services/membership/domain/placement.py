"""A formation as a question to the engine, and the engine's answer as groups a person can read."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.membership.domain.formations import Group, Unplaced
from services.membership.domain.group_terms import describe_group, thread_of
from services.membership.domain.meeting_times import MeetingTimes
from services.membership.domain.people import Person
from services.membership.domain.programs import Program
from services.membership.domain.reporting import Lines, above
from services.membership.domain.safety import Ancestors, find_breaches
from services.membership.domain.why_unplaced import why_no_group, why_no_hours


@dataclass(frozen=True)
class Question:
    """What the engine is asked: people in ascending order of id, and everything the hard rules need.

    `times` goes with `people`; `related` are pairs of places in `people` that stand in one reporting line;
    `without_hours` are those no group can hold, with the reason.
    """

    people: tuple[Person, ...]
    times: tuple[MeetingTimes, ...]
    related: tuple[tuple[int, int], ...]
    organizations: tuple[int, ...]
    threads: tuple[int, ...]
    bounds: tuple[int, int]
    ancestors: Ancestors
    without_hours: tuple[Unplaced, ...]

    @property
    def roster_hash(self) -> str:
        """Sixteen characters that follow from the roster and the rules: the same question has the same."""
        parts = [
            (person.id, person.organization_id, times.starts, thread)
            for person, times, thread in zip(self.people, self.times, self.threads, strict=True)
        ]
        return hashlib.sha256(repr((parts, self.related, self.bounds)).encode()).hexdigest()[:16]


class EngineWrongError(Exception):
    """The engine's result breaks a hard rule: our fault, and never carried further."""


def pose_question(people: Sequence[Person], lines: Lines, program: Program) -> Question:
    """Return the question for these enrolled people.

    Args:
        lines: reporting lines of the whole network; people between two members count though not enrolled.
        program: gives size, session length and the day from which the first week counts.
    """
    everyone = sorted(people, key=lambda person: person.id)
    times = [
        MeetingTimes.of(person.weekly_hours, person.zone, program.starts_on, program.session_minutes)
        for person in everyone
    ]
    able = [(person, time) for person, time in zip(everyone, times, strict=True) if time.starts]
    ancestors = above(lines)
    placed = [person for person, _ in able]
    return Question(
        people=tuple(placed),
        times=tuple(time for _, time in able),
        related=_related(placed, ancestors),
        organizations=_labels([person.organization_id for person in placed]),
        threads=_labels([thread_of(person) for person in placed]),
        bounds=(program.size_low, program.size_high),
        ancestors=ancestors,
        without_hours=tuple(
            why_no_hours(person, program.session_minutes)
            for person, time in zip(everyone, times, strict=True)
            if not time.starts
        ),
    )


def read_answer(
    question: Question, groups: Sequence[Sequence[int]], program: Program
) -> tuple[tuple[Group, ...], tuple[Unplaced, ...]]:
    """Return the groups with their explanation, and who is in none with the reason.

    Raises:
        EngineWrongError: a hard rule is broken, somebody is in two groups or unknown.
    """
    named = [[question.people[place].id for place in group] for group in groups]
    times = {person.id: time for person, time in zip(question.people, question.times, strict=True)}
    starts = {person: time.starts for person, time in times.items()}
    breaches = find_breaches(named, question.ancestors, starts, question.bounds)
    if breaches:
        raise EngineWrongError(f"{breaches[0].rule} in group {breaches[0].group}")
    by_id = {person.id: person for person in question.people}
    described = tuple(describe_group([by_id[person] for person in group], times, program) for group in named)
    inside = {person for group in named for person in group}
    left = tuple(
        why_no_group(person, named, starts, question.ancestors, question.bounds[1])
        for person in question.people
        if person.id not in inside
    )
    return described, (*question.without_hours, *left)


def _related(people: Sequence[Person], ancestors: Ancestors) -> tuple[tuple[int, int], ...]:
    place = {person.id: number for number, person in enumerate(people)}
    pairs = {
        (min(number, place[manager]), max(number, place[manager]))
        for number, person in enumerate(people)
        for manager in ancestors.get(person.id, ())
        if manager in place and place[manager] != number
    }
    return tuple(sorted(pairs))


def _labels(values: Sequence[str | None]) -> tuple[int, ...]:
    numbers: Mapping[str, int] = {
        value: number for number, value in enumerate(sorted({value for value in values if value}))
    }
    return tuple(numbers[value] if value else -1 for value in values)
