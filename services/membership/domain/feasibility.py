"""Why no group can be made of a roster, or not as asked: each conflict proven, the smallest first.

What only leaves somebody over is no conflict: the formation says of each why they are in no group.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

from services.membership.domain.formation_options import sets_together
from services.membership.domain.formations import Broken
from services.membership.domain.meeting_times import first_start
from services.membership.domain.placement import Question
from services.membership.domain.reporting import in_one_line
from services.membership.domain.safety import Ancestors

MOST_NAMED = 20  # people of one conflict
MOST_COMPARED = 500  # people among whom the widest part of their lines is looked for exactly


def find_conflicts(question: Question) -> tuple[Broken, ...]:
    """Return what stands in the way of a lawful formation, the smallest conflict first; () for nothing."""
    found = [*_hours(question), *_kept_together(question), *_locked(question)]
    if not found:
        found += [*_lines(question), *_one_start(question)]
    ordered = sorted(found, key=lambda each: (len(each.people), each.people))
    return tuple(Broken(each.rule, each.people[:MOST_NAMED], each.words) for each in ordered)


def most_at_once(masks: Iterable[int]) -> tuple[int, int]:
    """Return (start, how many can come at it): of the starts that suit most, the first. (0, 0) for none."""
    digits: list[int] = []  # binary digits of how many can come, each a mask of starts
    for mask in masks:
        place, carry = 0, mask
        while carry:
            if place == len(digits):
                digits.append(0)
            digits[place], carry = digits[place] ^ carry, digits[place] & carry
            place += 1
    left, most = -1, 0
    for place in reversed(range(len(digits))):
        if left & digits[place]:
            left, most = left & digits[place], most + (1 << place)
    return ((left & -left).bit_length() - 1, most) if digits else (0, 0)


def widest(people: Sequence[str], ancestors: Ancestors) -> int | None:
    """Return how many people there are at most of whom none is above another; None: too many to tell.

    It is everybody less the most that can be chained, each to somebody above them
    (Dilworth 1950, by a matching as in Fulkerson 1956).
    """
    if len(people) > MOST_COMPARED:
        return None
    inside = frozenset(people)
    above = {one: sorted(ancestors.get(one, frozenset()) & inside - {one}) for one in people}
    below_of: dict[str, str] = {}

    def chained(one: str, seen: set[str]) -> bool:
        for boss in above[one]:
            if boss not in seen:
                seen.add(boss)
                if boss not in below_of or chained(below_of[boss], seen):
                    below_of[boss] = one
                    return True
        return False

    return len(people) - sum(chained(one, set()) for one in people)


def _hours(question: Question) -> Iterable[Broken]:
    able, low = len(question.people), question.bounds[0]
    if able < low:
        minutes = question.rules.program.session_minutes
        people = tuple(one.person_id for one in question.without_hours)
        words = f"{able} people have {minutes} free minutes in their weekly hours; a cohort needs {low}"
        yield Broken("nobody-available" if not able else "too-few-available", people, words)


def _lines(question: Question) -> Iterable[Broken]:
    low, people = question.bounds[0], [person.id for person in question.people]
    bosses = {boss for one in people for boss in question.rules.ancestors.get(one, ())}
    if sum(one not in bosses for one in people) >= low:
        return
    width = widest(people, question.rules.ancestors)
    if width is not None and width < low:
        words = (
            f"of {len(people)} people only {width} stand in no common reporting line; a cohort needs {low}"
        )
        yield Broken("reporting-line", tuple(people), words)


def _one_start(question: Question) -> Iterable[Broken]:
    start, most = most_at_once(times.starts for times in question.times)
    if most < question.bounds[0]:
        program = question.rules.program
        moment = first_start(1 << start, program.starts_on) if most else None
        when = f"{moment:%a %H:%M} UTC" if moment else "any time"
        can = tuple(
            person.id
            for person, times in zip(question.people, question.times, strict=True)
            if times.starts >> start & 1
        )
        words = f"at the best start, {when}, {most} people can come; a cohort needs {question.bounds[0]}"
        yield Broken("no-common-start", can, words)


def _kept_together(question: Question) -> Iterable[Broken]:
    rules, known = question.rules, {person.id for person in question.people}
    for members in sets_together(rules.options.together):
        here = [one for one in members if one in known]
        for one, other in combinations(here, 2):
            if in_one_line(one, other, rules.ancestors):
                words = "are to be kept together and stand in one reporting line"
                yield Broken("kept-together", (one, other), words)
        if len(here) > 1 and not rules.common(here):
            yield Broken("kept-together", tuple(here), "are to be kept together and share no weekly start")


def _locked(question: Question) -> Iterable[Broken]:
    people, rules = question.people, question.rules
    locked, related = set(question.locked), set(question.related)
    group_of: dict[str, int] = {}
    for number, group in enumerate(question.former or ()):
        held = [one for one in group if one in locked]
        ids = tuple(people[one].id for one in held)
        group_of |= dict.fromkeys(ids, number)
        for one, other in combinations(held, 2):
            if (min(one, other), max(one, other)) in related:
                words = "are locked in one cohort, and stand in one reporting line or are to be kept apart"
                yield Broken("locks-contradict", (people[one].id, people[other].id), words)
        if held and not rules.common(ids):
            yield Broken("locks-contradict", ids, "are locked in one cohort and share no weekly start")
        if len(held) > question.bounds[1]:
            words = f"are locked in one cohort, which holds {question.bounds[1]}"
            yield Broken("locks-contradict", ids, words)
    for pair in rules.options.together:
        if len({group_of[one] for one in pair if one in group_of}) > 1:
            words = "are to be kept together and locked in two cohorts"
            yield Broken("locks-contradict", pair, words)
