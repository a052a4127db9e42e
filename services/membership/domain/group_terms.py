"""Why a group is a good one, in points and words: what a person reads who asks "why am I here?"."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from services.membership.domain.formations import Group, Term
from services.membership.domain.meeting_times import MeetingTimes, common_starts, count_starts, first_start
from services.membership.domain.people import Person
from services.membership.domain.programs import Program

BANDS = ((3, "up to 2 years"), (6, "3 to 5 years"), (11, "6 to 10 years"), (21, "11 to 20 years"))


def thread_of(person: Person) -> str | None:
    """Return what a person could have in common with peers: their function, else their band of experience."""
    if person.function:
        return " ".join(person.function.split()).casefold()
    if person.years is None:
        return None
    return next((words for below, words in BANDS if person.years < below), "more than 20 years")


def describe_group(members: Sequence[Person], times: Mapping[str, MeetingTimes], program: Program) -> Group:
    """Return a group with its first start and its terms; who is meant by a term is counted, never named."""
    common = common_starts(times[person.id].starts for person in members)
    start = _best_start(members, times, program)
    return Group(
        members=tuple(person.id for person in members),
        starts_at=start,
        terms=(
            _organizations(members),
            _thread(members),
            _choice(count_starts(common)),
            _hours(members, start),
        ),
    )


def _best_start(
    members: Sequence[Person], times: Mapping[str, MeetingTimes], program: Program
) -> datetime | None:
    for masks in (
        [times[person.id].office for person in members],
        [times[person.id].waking for person in members],
        [times[person.id].starts for person in members],
    ):
        common = common_starts(masks)
        if common:
            return first_start(common, program.starts_on)
    return None


def _organizations(members: Sequence[Person]) -> Term:
    counts = Counter(person.organization_id for person in members if person.organization_id)
    same = sum(count * (count - 1) // 2 for count in counts.values())
    pairs = max(1, len(members) * (len(members) - 1) // 2)
    words = f"{len(counts)} organizations meet among {len(members)} members"
    return Term("organizations", 100 - 100 * same // pairs, 100, words)


def _thread(members: Sequence[Person]) -> Term:
    counts = Counter(thread for person in members if (thread := thread_of(person)))
    if not counts:
        return Term("thread", 0, 50, "nothing is known that they share")
    thread, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return Term("thread", 50 * most // len(members), 50, f"{most} of {len(members)} share: {thread}")


def _choice(starts: int) -> Term:
    words = f"{starts} quarter hours a week at which all can begin"
    return Term("choice", min(30, 30 * starts // 8), 30, words)


def _hours(members: Sequence[Person], start: datetime | None) -> Term:
    if start is None:
        return Term("hours", 0, 60, "no common start")
    locals_ = sorted(start.astimezone(ZoneInfo(person.zone)).strftime("%H:%M") for person in members)
    worst = 0 if locals_[0] < "07:00" or locals_[-1] >= "21:00" else 30
    points = 60 if locals_[0] >= "08:00" and locals_[-1] < "17:30" else worst
    words = f"the first start is between {locals_[0]} and {locals_[-1]} on the members' clocks"
    return Term("hours", points, 60, words)
