"""Quests: what most of a cohort call impossible, and who did it all the same (R70, R154).

    rating ──most say impossible──> inside ──somebody did──> found ──> closed
       └──else──> reachable            └──nobody──> beyond ──yes──┘

The group is searched first; only where nobody in it has done it are others asked, each in private. A no is no
answer: neither is shown, nor counted. What a member says is theirs; the cohort sees what follows from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.contracts.events.quests import QuestChanged, QuestState
from services.kit.errors import Conflict, Forbidden
from services.membership.domain.cohorts import Cohort, NotOfTheCohort
from services.membership.domain.derived import derived_id

RATING, REACHABLE, INSIDE, BEYOND, FOUND, CLOSED = STAGES = (
    *("rating", "reachable", "inside", "beyond", "found", "closed"),
)
WITHIN_REACH, HARD, IMPOSSIBLE, NOT_OURS = REACHES = ("within_reach", "hard", "impossible", "not_ours")
OVER = (REACHABLE, CLOSED)
LEAST = 3  # answers behind anything that is told of them
PATIENCE = timedelta(days=7)  # for those who have not answered
SAID_WHEN = {  # what a member may say, and in which stages
    "reach": (RATING,),
    "has_done": (INSIDE,),
    "hope_before": (RATING, INSIDE, BEYOND, FOUND),
    "hope_after": (FOUND,),
}


@dataclass(frozen=True)
class View:
    """What one member says in private; None where they have not. Hope counts from 1 to 5."""

    reach: str | None = None
    has_done: bool | None = None
    hope_before: int | None = None
    hope_after: int | None = None


@dataclass(frozen=True)
class Ask:
    """That somebody outside was asked to tell how they did it, and what they answered in private."""

    person_id: str
    asked_at: datetime
    answer: bool | None = None


@dataclass(frozen=True)
class Quest:
    """One goal of a cohort. `question`: what those outside are asked, in words meant for them."""

    id: str
    network: str
    cohort_id: str
    number: int
    goal: str
    begun_by: str
    stage: str
    stage_until: datetime
    views: Mapping[str, View]
    question: str = ""
    worded_by: str = ""
    asks: tuple[Ask, ...] = ()
    revision: int = 0

    @property
    def tellers(self) -> tuple[str, ...]:
        """Who says that they did it, in the cohort first."""
        inside = [person_id for person_id, view in self.views.items() if view.has_done]
        return (*inside, *(one.person_id for one in self.asks if one.answer))

    def view_of(self, person_id: str | None) -> View:
        return self.views.get(person_id or "", View())

    def answered(self, name: str) -> int:
        """How many members have said `name`."""
        return sum(getattr(view, name) is not None for view in self.views.values())


class QuestOpen(Conflict):
    """One goal at a time."""

    code = "quest-open"


class NoQuest(Conflict):
    code = "no-quest"


class NotNow(Conflict):
    """The quest is at another stage."""

    code = "quest-at-another-stage"


class AnswersMissing(Conflict):
    """Those who have not answered have time left."""

    code = "answers-missing"


class MembersOnly(Forbidden):
    """Members say how they see it; who facilitates does not."""

    code = "members-only"


Changed = tuple[Quest, tuple[QuestState, ...]]


def check_of_cohort(cohort: Cohort, person_id: str) -> None:
    """Refuse everybody but members and facilitators. Raises: NotOfTheCohort."""
    if not (cohort.has_member(person_id) or cohort.has_facilitator(person_id)):
        raise NotOfTheCohort("there is no such cohort")


def check_says(cohort: Cohort, person_id: str) -> None:
    """Refuse who facilitates: members say how they see it. Raises: MembersOnly."""
    if not cohort.has_member(person_id):
        raise MembersOnly("members say how they see it")


def begin(known: Quest | None, cohort: Cohort, goal: str, person_id: str, now: datetime) -> Changed:
    """Put a goal to a cohort.

    Args:
        known: its newest quest, or None.

    Raises:
        QuestOpen: that one is not over.
    """
    if known is not None and known.stage not in OVER:
        raise QuestOpen("this cohort has a goal under way; close it first")
    number = known.number + 1 if known else 1
    quest = Quest(
        id=derived_id("que", cohort.id, str(number)),
        network=cohort.network,
        cohort_id=cohort.id,
        number=number,
        goal=" ".join(goal.split()),
        begun_by=person_id,
        stage=RATING,
        stage_until=now + PATIENCE,
        views={},
    )
    return told_change(quest)


def say(quest: Quest, person_id: str, said: Mapping[str, object]) -> Quest:
    """Return the quest with what a member says in private; nothing of it is announced.

    Raises:
        NotNow: it is not asked at this stage.
    """
    for name in said:
        if quest.stage not in SAID_WHEN[name]:
            raise NotNow("this is not asked at the present stage")
    view = replace(quest.view_of(person_id), **said)  # type: ignore[arg-type]
    return replace(quest, views={**quest.views, person_id: view})


def go_on(quest: Quest, members: frozenset[str], now: datetime) -> Changed:
    """Take a quest to its next stage.

    Raises:
        AnswersMissing: not everybody answered, and there is time left; or fewer than LEAST did.
        NotNow: there is no next stage but to ask others (`ask_beyond`) or to close it.
    """
    if quest.stage == RATING:
        check_heard(quest, "reach", members, now)
        impossible = sum(quest.view_of(one).reach == IMPOSSIBLE for one in members)
        return told_change(at_stage(quest, INSIDE if 2 * impossible > len(members) else REACHABLE, now))
    if quest.stage == INSIDE:
        check_heard(quest, "has_done", members, now)
    if quest.stage in (INSIDE, BEYOND) and quest.tellers:
        return told_change(at_stage(quest, FOUND, now))
    raise NotNow("nobody is found yet who did it; ask others, or close it")


def close(quest: Quest, now: datetime) -> Changed:
    """End a quest; ending it twice changes nothing."""
    return (quest, ()) if quest.stage in OVER else told_change(at_stage(quest, CLOSED, now))


def hope(quest: Quest) -> tuple[float, float] | None:
    """Return the mean hope (before, after) of those who said both, once it is closed and LEAST did.

    In halves from 1.5 to 4.5, so that nobody's answer can be told where all gave the same.
    """
    both = [(view.hope_before, view.hope_after) for view in quest.views.values()]
    said = [(before, after) for before, after in both if before is not None and after is not None]
    if quest.stage != CLOSED or len(said) < LEAST:
        return None
    before, after = (round(2 * sum(each) / len(said)) / 2 for each in zip(*said, strict=True))
    return min(max(before, 1.5), 4.5), min(max(after, 1.5), 4.5)


def forget_in_quest(quest: Quest, person_id: str) -> Changed:
    """Return the quest without the person: what they said and were asked is gone."""
    after = replace(
        quest,
        begun_by="" if quest.begun_by == person_id else quest.begun_by,
        goal="" if quest.begun_by == person_id else quest.goal,
        worded_by="" if quest.worded_by == person_id else quest.worded_by,
        question="" if quest.worded_by == person_id else quest.question,
        views={one: view for one, view in quest.views.items() if one != person_id},
        asks=tuple(one for one in quest.asks if one.person_id != person_id),
    )
    return (quest, ()) if after == quest else told_change(after)


def told_quest(quest: Quest) -> QuestState:
    """Return the fact that says how a quest stands."""
    asked = tuple(one.person_id for one in quest.asks)
    return QuestChanged(quest.network, quest.id, quest.cohort_id, quest.stage, asked)


def check_heard(quest: Quest, name: str, members: frozenset[str], now: datetime) -> None:
    """Refuse to go on over those who have not answered. Raises: AnswersMissing."""
    answered = sum(getattr(quest.view_of(one), name) is not None for one in members)
    if answered == len(members) and members:
        return
    if answered < LEAST or now < quest.stage_until:
        raise AnswersMissing("not everybody has answered, and there is time left")


def at_stage(quest: Quest, stage: str, now: datetime) -> Quest:
    """Return the quest at a stage that has just begun."""
    return replace(quest, stage=stage, stage_until=now + PATIENCE)


def told_change(quest: Quest) -> Changed:
    """Return the quest with the fact that it changed."""
    return quest, (told_quest(quest),)
