"""Who leads the groups of a formation: neutral always, with a common hour where one can be had, load even."""

from collections.abc import Sequence
from dataclasses import replace

from services.membership.domain.facilitation import LED_BY_MEMBERS, Candidate
from services.membership.domain.formations import Group
from services.membership.domain.group_rules import Rules
from services.membership.domain.group_terms import judge
from services.membership.domain.meeting_times import MeetingTimes
from services.membership.domain.safety import is_neutral

LEADERS = {"pair": 2}  # of a cohort; one otherwise


def with_leaders(
    groups: Sequence[Group],
    candidates: Sequence[Candidate],
    rules: Rules,
    skilled: frozenset[str] = frozenset(),
) -> tuple[Group, ...]:
    """Return the groups, each with who leads it: nobody where nobody is neutral.

    Groups that few could lead are seen to first; then whoever leads most hands over, as long as that makes
    the load more even. Where members lead, the one of longest experience begins.

    Args:
        candidates: everyone who holds the role, with what they lead already.
        skilled: those of them with recorded remote skill, who go before where members live in several zones.
    """
    if rules.program.facilitation in LED_BY_MEMBERS:
        return tuple(_led(group, [_first_of(group, rules)], rules) for group in groups)
    known = {one.person.id: MeetingTimes(*[one.starts] * 3) for one in candidates}
    rules = replace(rules, times={**known, **rules.times})
    desk = _Desk(groups, candidates, rules, skilled)
    for _ in range(LEADERS.get(rules.program.facilitation, 1)):
        desk.assign()
    desk.even_out()
    return tuple(_led(group, leaders, rules) for group, leaders in zip(groups, desk.leaders, strict=True))


class _Desk:
    """Who could lead which group, who does, and how much each leads."""

    def __init__(
        self,
        groups: Sequence[Group],
        candidates: Sequence[Candidate],
        rules: Rules,
        skilled: frozenset[str],
    ) -> None:
        self.load = {one.person.id: one.load for one in candidates}
        self.leaders: list[list[str]] = [[] for _ in groups]
        self._able = [_able(group, candidates, rules, skilled) for group in groups]

    def assign(self) -> None:
        """Give each group one more leader, who has least to do of those that can."""
        for number in sorted(range(len(self._able)), key=lambda each: (len(self._able[each]), each)):
            free = [one for one in self._able[number] if one not in self.leaders[number]]
            if free:
                chosen = min(free, key=lambda one: (self.load[one], one))
                self.leaders[number].append(chosen)
                self.load[chosen] += 1

    def even_out(self) -> None:
        """Hand groups over, directly or through others, from who leads two more to who leads fewer."""
        while self._hand_over():
            pass

    def _hand_over(self) -> bool:
        least = min(self.load.values(), default=0)
        overloaded = [one for one in self.load if self.load[one] > least + 1]
        for most in sorted(overloaded, key=lambda one: (-self.load[one], one)):
            came_by: dict[str, tuple[str, int]] = {}
            waiting = [most]
            for one in waiting:
                for number, other in self._takers(one):
                    if other not in came_by and other != most:
                        came_by[other] = (one, number)
                        waiting.append(other)
                        if self.load[other] + 1 < self.load[most]:
                            self._follow(other, most, came_by)
                            return True
        return False

    def _takers(self, one: str) -> list[tuple[int, str]]:
        """Return (group that `one` leads, who could lead it in their place)."""
        return [
            (number, other)
            for number, leaders in enumerate(self.leaders)
            if one in leaders
            for other in self._able[number]
            if other not in leaders
        ]

    def _follow(self, last: str, first: str, came_by: dict[str, tuple[str, int]]) -> None:
        self.load[last] += 1
        self.load[first] -= 1
        while last != first:
            giver, number = came_by[last]
            self.leaders[number] = [last if one == giver else one for one in self.leaders[number]]
            last = giver


def _able(group: Group, candidates: Sequence[Candidate], rules: Rules, skilled: frozenset[str]) -> list[str]:
    """Return who is neutral to all members; of them those with a common hour, where there are any.

    Of a group that can hardly meet in one room those who can lead it remotely, where there are any.
    """
    neutral = [
        one
        for one in candidates
        if one.person.id not in group.members and is_neutral(one.person.id, group.members, rules.ancestors)
    ]
    free = [one for one in neutral if not one.starts or one.starts & group.common]
    able = [one.person.id for one in free or neutral]
    if len({rules.people[one].zone for one in group.members}) == 1:
        return able
    return [one for one in able if one in skilled] or able


def _first_of(group: Group, rules: Rules) -> str:
    return min(group.members, key=lambda one: (-(rules.people[one].years or 0), one))


def _led(group: Group, leaders: Sequence[str], rules: Rules) -> Group:
    judged = judge(group.members, rules, leaders)
    return replace(judged, facilitators=tuple(leaders))
