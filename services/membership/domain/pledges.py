"""A supervisor's pledge: what is asked of them, nothing of the content (R66); how a member wins them (R155).

Asked by the member, answered by a signed link without an account. Its words name the program by its neutral
title. Where a member does not want their supervisor to know, it is waived with staff's consent, and nothing
is sent.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.kit.errors import Conflict, Forbidden, NotFound

VERSION = "1.0"
NONE, ASKED, SIGNED, TALK, WITHDRAWN = "none", "asked", "signed", "talk", "withdrawn"
WAIVER_WISHED, WAIVED = "waiver_wished", "waived"
ANSWERS = {"support": SIGNED, "talk": TALK, "withdraw": WITHDRAWN}
SETTLED = (SIGNED, WAIVED)
MOST_ROUNDS = 5
WILL = (
    "keep these times free of other duties",
    "protect {name} from catching up at night",
    "offer chances to try new behavior",
    "ask “what would help you use this?” and not “what was said?”",
)
KNOWS = (
    "I know that I will see neither attendance nor topics, answers or results, that {name} decides what to"
    " tell me, and that taking part is no ground for appraisal, good or bad. I may withdraw my support by"
    " telling the program staff, who will talk to both of us."
)
TIP = "Five minutes are enough: ask “what would help you use this?”, and leave what to tell to them."


@dataclass(frozen=True)
class Pledge:
    """How a supervisor's support stands.

    `standing`: "none", "asked", "signed", "talk" (they want to talk to the program first), "withdrawn",
    "waiver_wished" or "waived". `round` counts how often it was asked; only the newest link answers.
    """

    standing: str = NONE
    supervisor_id: str | None = None
    round: int = 0
    asked_at: datetime | None = None
    answered_at: datetime | None = None

    @property
    def is_settled(self) -> bool:
        """True when support is pledged, or none is needed."""
        return self.standing in SETTLED


NOT_ASKED = Pledge()


@dataclass(frozen=True)
class Asked:
    """What is asked of a supervisor, as they read it: the neutral title; hours of practice in all."""

    name: str
    title: str
    sessions: int
    minutes: int
    from_day: date
    to_day: date
    hours: int


class NoSupervisor(Conflict):
    """Nobody the person reports to is known here; staff can waive the pledge."""

    code = "no-supervisor-known"


class NotTheirSupervisor(NotFound):
    """The person named is nobody this person reports to."""

    code = "not-their-supervisor"


class PledgeWaived(Conflict):
    """The program wants no pledge, or staff have waived this one: nothing is sent."""

    code = "pledge-waived"


class PledgeSettled(Conflict):
    """It is signed already."""

    code = "pledge-settled"


class AskedTooOften(Conflict):
    code = "asked-too-often"


class NoLongerAsked(Conflict):
    """A newer request, or a waiver, took the place of the one this link is of."""

    code = "no-longer-asked"


class PledgeMissing(Conflict):
    """The program wants a supervisor's pledge, and it is neither signed nor waived."""

    code = "pledge-missing"


class NotTheirsToAnswer(Forbidden):
    code = "not-theirs-to-answer"


def ask_pledge(pledge: Pledge, supervisor_id: str, now: datetime) -> Pledge:
    """Ask a supervisor, once more or another one than before.

    Raises:
        PledgeWaived, PledgeSettled. AskedTooOften: MOST_ROUNDS times already.
    """
    if pledge.standing == WAIVED:
        raise PledgeWaived("the pledge is waived; nothing is sent")
    if pledge.standing == SIGNED and pledge.supervisor_id == supervisor_id:
        raise PledgeSettled("they have pledged their support already")
    if pledge.round >= MOST_ROUNDS:
        raise AskedTooOften(f"asked {MOST_ROUNDS} times; talk to the program's staff")
    return Pledge(ASKED, supervisor_id, pledge.round + 1, now)


def answer_pledge(pledge: Pledge, asked: int, answer: str, now: datetime) -> Pledge:
    """Answer as the supervisor; the same answer again changes nothing, another one counts from now on.

    Args:
        asked: of which round the link is; `answer`: a key of ANSWERS.

    Raises:
        NoLongerAsked: another request or a waiver took its place; or there is no support to withdraw.
    """
    standing = ANSWERS[answer]
    if asked != pledge.round or pledge.standing not in (ASKED, SIGNED, TALK, WITHDRAWN):
        raise NoLongerAsked("this is no longer asked of you")
    if standing == WITHDRAWN and pledge.standing in (ASKED, TALK):
        raise NoLongerAsked("there is no support to withdraw yet")
    if standing == pledge.standing:
        return pledge
    return replace(pledge, standing=standing, answered_at=now)


def wish_waiver(pledge: Pledge) -> Pledge:
    """Wish that the supervisor is not asked; nothing is sent as long as it stands.

    Raises:
        PledgeSettled: they were asked already, or it is waived.
    """
    if pledge.standing == WAIVER_WISHED:
        return pledge
    if pledge.standing != NONE:
        raise PledgeSettled("the supervisor was asked already, or the pledge is waived")
    return replace(pledge, standing=WAIVER_WISHED)


def waive(pledge: Pledge) -> Pledge:
    """Waive it, as staff; a link that was sent before answers nothing any more."""
    return Pledge(WAIVED, round=pledge.round)


def without(pledge: Pledge, person_id: str) -> Pledge:
    """Return the pledge without a supervisor who is forgotten; what they said stays said."""
    return replace(pledge, supervisor_id=None) if pledge.supervisor_id == person_id else pledge


def last_day(starts_on: date, session_count: int, weeks_between: int) -> date:
    """Return the day of the last session, when each comes so many weeks after the one before."""
    return starts_on + timedelta(weeks=(session_count - 1) * weeks_between)


def words_of(asked: Asked) -> dict[str, object]:
    """Return the pledge in the words a supervisor reads (CONTENT 3.3)."""
    request = (
        f"{asked.name} asks for your support to take part in {asked.title}: {asked.sessions} meetings of"
        f" {asked.minutes} minutes between {asked.from_day.isoformat()} and {asked.to_day.isoformat()}, and"
        f" about {asked.hours} hours of practice in their own work."
    )
    will = [one.replace("{name}", asked.name) for one in WILL]
    return {"request": request, "will": will, "knows": KNOWS.replace("{name}", asked.name), "tip": TIP}


def draft_for(asked: Asked) -> dict[str, str]:
    """Return a letter the member can edit and send to their supervisor themselves (R155)."""
    text = (
        f"I would like to take part in {asked.title}.\n\n"
        "What it is good for: I work on real questions from my own job with peers from elsewhere, and try new"
        " ways of doing things between the meetings.\n\n"
        f"What it takes: {asked.sessions} meetings of {asked.minutes} minutes between"
        f" {asked.from_day.isoformat()} and {asked.to_day.isoformat()}, and about {asked.hours} hours of"
        " practice in my own work in all.\n\n"
        "What would help me: that these times stay free, and now and then a chance to try something new."
        " What is said there stays there; what I take from it I will gladly tell you.\n\n"
        "Can I count on your support?"
    )
    return {"subject": f"Your support for {asked.title}", "text": text}
