"""Why a group is a good one, in points and words: what a person reads who asks "why am I here?"."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from services.membership.domain.formations import Group, Term
from services.membership.domain.group_rules import Rules, broken_in
from services.membership.domain.hours import is_zone
from services.membership.domain.meeting_times import count_starts, first_start
from services.membership.domain.people import Person

WANTED_PAIR, MOST_WANTED, MOST_SPREAD = 10, 40, 30  # points


def judge(members: Sequence[str], rules: Rules, leaders: Sequence[str] = ()) -> Group:
    """Return a group with its first start, its terms and what it breaks; a term counts people, never names.

    Args:
        leaders: who is to lead it; a start that suits them, too, goes before.
    """
    people = [rules.people[one] for one in members]
    common = rules.common(members)
    with_leaders = common
    for one in leaders:
        with_leaders &= rules.starts(one) or common
    start = _best_start(members, with_leaders or common, rules)
    terms = (
        _organizations(people),
        _thread(members, rules),
        _choice(count_starts(common)),
        _hours(people, start),
        *_wanted(members, rules),
        *_spread(people, rules),
    )
    return Group(
        members=tuple(members),
        starts_at=start,
        terms=tuple(_weighted(term, rules) for term in terms),
        facilitators=tuple(leaders),
        broken=broken_in(members, rules),
        common=common,
    )


def _weighted(term: Term, rules: Rules) -> Term:
    percent = rules.options.weight(term.name)
    return Term(term.name, term.points * percent // 100, term.most * percent // 100, term.words)


def _best_start(members: Sequence[str], common: int, rules: Rules) -> datetime | None:
    office = waking = common
    for one in members:
        times = rules.times.get(one)
        office &= times.office if times else 0
        waking &= times.waking if times else 0
    return first_start(office or waking or common, rules.program.starts_on)


def _organizations(members: Sequence[Person]) -> Term:
    counts = Counter(person.organization_id for person in members if person.organization_id)
    same = sum(count * (count - 1) // 2 for count in counts.values())
    pairs = max(1, len(members) * (len(members) - 1) // 2)
    words = f"{len(counts)} organizations meet among {len(members)} members"
    return Term("organizations", 100 - 100 * same // pairs, 100, words)


def _thread(members: Sequence[str], rules: Rules) -> Term:
    counts = Counter(label for one in members for label in rules.threads.get(one, {}))
    if not counts:
        return Term("thread", 0, 50, "nothing is known that they share")
    label, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = min(rules.threads[one][label] for one in members if label in rules.threads.get(one, {}))
    return Term("thread", 50 * most // len(members), 50, f"{most} of {len(members)} share: {shown}")


def _wanted(members: Sequence[str], rules: Rules) -> tuple[Term, ...]:
    inside = frozenset(members)
    asked = sum(len(rules.wanted.get(one, ())) for one in members)
    within = sum(len(rules.wanted.get(one, frozenset()) & inside) for one in members) // 2
    if not asked:
        return ()
    pairs = asked - within  # who wants whom inside was counted from both sides
    words = f"{within} of {pairs} wished-for pairs with somebody here meet"
    points, most = (min(MOST_WANTED, WANTED_PAIR * each) for each in (within, pairs))
    return (Term("wanted", points, most, words),)


def _spread(people: Sequence[Person], rules: Rules) -> tuple[Term, ...]:
    if not rules.options.weight("spread"):
        return ()
    years = [person.years for person in people if person.years is not None]
    between = max(years) - min(years) if years else 0
    words = f"{between} years of experience lie between the most and the least"
    return (Term("spread", max(0, MOST_SPREAD - between), MOST_SPREAD, words),)


def _choice(starts: int) -> Term:
    words = f"{starts} quarter hours a week at which all can begin"
    return Term("choice", min(30, 30 * starts // 8), 30, words)


def _hours(members: Sequence[Person], start: datetime | None) -> Term:
    if start is None:
        return Term("hours", 0, 60, "no common start")
    locals_ = sorted(start.astimezone(_clock(person.zone)).strftime("%H:%M") for person in members)
    worst = 0 if locals_[0] < "07:00" or locals_[-1] >= "21:00" else 30
    points = 60 if locals_[0] >= "08:00" and locals_[-1] < "17:30" else worst
    words = f"the first start is between {locals_[0]} and {locals_[-1]} on the members' clocks"
    return Term("hours", points, 60, words)


@cache
def _clock(zone: str) -> ZoneInfo:
    return ZoneInfo(zone if is_zone(zone) else "UTC")
