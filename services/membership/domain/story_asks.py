"""Asking outside a cohort who did what it calls impossible: whom, how often, and their private answer (R154).

Asked is who shows the network by the words looked for what they offer or have done, stands in no reporting
line with anybody of the cohort, and was not asked too often. The cohort never learns whom.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from services.kit.errors import Conflict, NotFound
from services.membership.domain.people import Person
from services.membership.domain.quests import (
    BEYOND,
    INSIDE,
    OVER,
    AnswersMissing,
    Ask,
    Changed,
    NotNow,
    Quest,
    at_stage,
    check_heard,
    told_change,
)
from services.membership.domain.reporting import in_one_line

AT_ONCE, AT_MOST, WITHIN = 5, 2, timedelta(days=90)  # asked at once; one person within a quarter of a year


class NotAsked(NotFound):
    code = "not-found"


class NobodyToAsk(Conflict):
    """Nobody outside shows by those words that they could tell, or all of them were asked enough."""

    code = "nobody-to-ask"


def check_may_ask(quest: Quest, members: frozenset[str], now: datetime) -> None:
    """Refuse to ask outside as long as the group itself is not searched, or those asked have time left.

    Raises:
        AnswersMissing, NotNow.
    """
    if quest.stage not in (INSIDE, BEYOND) or quest.tellers:
        raise NotNow("others are asked where nobody in the group has done it")
    if quest.stage == INSIDE:
        check_heard(quest, "has_done", members, now)
    elif now < quest.stage_until:
        raise AnswersMissing("those who were asked have time to answer")


def ask_beyond(
    quest: Quest, question: str, person_id: str, chosen: tuple[str, ...], now: datetime
) -> Changed:
    """Ask people outside, each in private.

    Raises:
        NobodyToAsk: `chosen` is empty.
    """
    if not chosen:
        raise NobodyToAsk("nobody outside is found by these words who may be asked")
    asks = (*quest.asks, *(Ask(one, now) for one in chosen))
    asking = replace(quest, question=" ".join(question.split()), worded_by=person_id, asks=asks)
    return told_change(at_stage(asking, BEYOND, now))


def answer_ask(quest: Quest, person_id: str, yes: bool) -> Quest:
    """Return the quest with a private answer; until it is closed another one may be given.

    Raises:
        NotAsked: they were not, or it is over.
    """
    if quest.stage in OVER or all(one.person_id != person_id for one in quest.asks):
        raise NotAsked("there is no such request")
    asks = tuple(replace(one, answer=yes) if one.person_id == person_id else one for one in quest.asks)
    return replace(quest, asks=asks)


def choose(
    quest: Quest,
    found: Iterable[Person],
    group: frozenset[str],
    ancestors: Mapping[str, frozenset[str]],
    times_asked: Mapping[str, int],
) -> tuple[str, ...]:
    """Return whom to ask, those asked least first.

    Args:
        found: people who show by the words looked for that they could tell, in the order of the directory.
        group: members and facilitators of the cohort.
        ancestors: for each of both all those above them, at any depth.
        times_asked: how often each was asked within WITHIN, by any cohort.
    """
    known = group | {one.person_id for one in quest.asks}
    may = [
        person.id
        for person in found
        if person.standing == "active"
        and person.id not in known
        and times_asked.get(person.id, 0) < AT_MOST
        and not any(in_one_line(person.id, one, ancestors) for one in group)
    ]
    return tuple(sorted(may, key=lambda one: times_asked.get(one, 0))[:AT_ONCE])
