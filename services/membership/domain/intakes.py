"""A program's intake: who may come in by themselves, what it asks of them, how many seats there are.

Where seats are limited this one document says who has one, to whom one is offered until when, and who waits,
in order; enrollments follow it. Without a limit it holds nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from services.contracts.events.enrollments import IntakeChanged
from services.kit.due_entry import Due
from services.kit.errors import Conflict, Invalid
from services.membership.domain.derived import derived_id
from services.membership.domain.questions import QUESTIONS, Question, check_questions

CLOSED, APPLY, OPEN = "closed", "apply", "open"
MODES = (CLOSED, APPLY, OPEN)
REQUIRED, INVITED, WAIVED = "required", "invited", "waived"
PLEDGES = (REQUIRED, INVITED, WAIVED)
NEUTRAL_TITLE = "Professional development program"
MOST_SEATS, MOST_WAITING = 5_000, 5_000
LAPSE, TELL = "lapse", "tell"
LATE = timedelta(minutes=10)  # work that runs later than this was held up by us, not by the person


@dataclass(frozen=True)
class Offer:
    """A seat kept for one person until a moment."""

    person_id: str
    until: datetime


@dataclass(frozen=True)
class Intake:
    """How people come into one program.

    `mode`: "closed" (staff enroll), "apply" (staff decide), "open" (who applies is in). `closes_on`: the
    last day to apply, None for no end. `seats`: None for no limit. `pledge`: whether a supervisor's support
    is required, invited or waived. `neutral_title`: what a supervisor reads instead of the program's name.
    `practice_hours`: of practice in all, None for an hour a week. `seated`, `offers`, `waiting`: see above;
    `untold`: people whose enrollment does not follow yet.
    """

    id: str
    network: str
    program_id: str
    mode: str = CLOSED
    closes_on: date | None = None
    seats: int | None = None
    offer_hours: int = 48
    pledge: str = INVITED
    neutral_title: str = NEUTRAL_TITLE
    practice_hours: int | None = None
    questions: tuple[Question, ...] = QUESTIONS
    seated: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    waiting: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    revision: int = 0
    due: tuple[Due, ...] = ()

    @property
    def free(self) -> int:
        """How many seats nobody has or is offered; meaningless without a limit."""
        return (self.seats or 0) - len(self.seated) - len(self.offers)

    def is_open(self, today: date) -> bool:
        """True when people may apply by themselves today."""
        return self.mode != CLOSED and (self.closes_on is None or today <= self.closes_on)

    def place_of(self, person_id: str) -> int | None:
        """Return somebody's place among those who wait, from 1; None for who does not."""
        return self.waiting.index(person_id) + 1 if person_id in self.waiting else None

    def offer_of(self, person_id: str) -> Offer | None:
        """Return the seat offered to somebody."""
        return next((one for one in self.offers if one.person_id == person_id), None)


class NotOpenForApplications(Conflict):
    """Staff enroll people, or the last day to apply is over."""

    code = "applications-closed"


class WaitlistFull(Conflict):
    code = "waitlist-full"


class ClosesInThePast(Invalid):
    code = "closes-in-the-past"


def intake_id(program_id: str) -> str:
    """Return the id of a program's intake: it has one."""
    return derived_id("itk", program_id)


def not_configured(network: str, program_id: str) -> Intake:
    """Return the intake of a program for which staff have set nothing: closed, no limit of seats."""
    return Intake(intake_id(program_id), network, program_id)


def configure(
    intake: Intake, wishes: Mapping[str, Any], holders: Iterable[str], now: datetime
) -> tuple[Intake, tuple[IntakeChanged, ...]]:
    """Set what is named in `wishes`; more seats are offered at once to who waits, fewer take nobody's seat.

    Args:
        wishes: fields of `Intake` from `mode` to `questions`.
        holders: who is enrolled already, in case seats are counted from now on.

    Raises:
        ClosesInThePast: the last day to apply is over already. QuestionsNotAskable.
    """
    wished = replace(intake, **wishes)
    check_questions(wished.questions)
    if "closes_on" in wishes and wished.closes_on is not None and wished.closes_on < now.date():
        pointer = {"pointer": "/closes_on", "detail": "this day is over"}
        raise ClosesInThePast("the last day to apply is over already", errors=[pointer])
    if intake.seats is None and wished.seats is not None:
        wished = replace(wished, seated=tuple(dict.fromkeys((*wished.seated, *holders))))
    if wished.seats is None:
        wished = _without_limit(wished)
    after = _offered(wished, now)
    return (intake, ()) if after == intake else (after, (told_intake(after),))


def check_open(intake: Intake, today: date) -> None:
    """Refuse an application that nobody asked for.

    Raises:
        NotOpenForApplications: staff enroll people, or the last day is over. WaitlistFull: too many wait.
    """
    if not intake.is_open(today):
        raise NotOpenForApplications("this program takes no applications now")
    if len(intake.waiting) >= MOST_WAITING:
        raise WaitlistFull(f"{MOST_WAITING} people wait for this program already")


def seat(intake: Intake, person_id: str, now: datetime, *, promised: bool = False) -> tuple[Intake, str]:
    """Give somebody a seat, or a place among those who wait; again changes nothing.

    Args:
        promised: they took an offer in time; the seat is theirs whatever became of the offer since.

    Returns:
        (intake, "enrolled" or "waitlisted").
    """
    if intake.seats is None or person_id in intake.seated:
        return intake, "enrolled"
    has_offer = intake.offer_of(person_id) is not None
    if promised or has_offer or (intake.free > 0 and not intake.waiting):
        after = replace(_without(intake, person_id), seated=(*intake.seated, person_id))
        return _offered(after, now), "enrolled"
    if person_id in intake.waiting:
        return intake, "waitlisted"
    return replace(intake, waiting=(*intake.waiting, person_id)), "waitlisted"


def leave(intake: Intake, person_id: str, now: datetime) -> Intake:
    """Free whatever somebody has: a seat, an offer or a place; what becomes free is offered to the next."""
    after = _without(intake, person_id)
    return intake if after == intake else _offered(after, now)


def lapse(intake: Intake, taken: Iterable[str], now: datetime) -> Intake:
    """End the offers whose time is over, and offer their seats to the next.

    An offer that this comes late for is extended by as much as we were late, once it is told.

    Args:
        taken: people who took theirs in time, though the intake does not show it yet; they keep it.
    """
    over = [one for one in intake.offers if one.until <= now and one.person_id not in set(taken)]
    extended = tuple(Offer(one.person_id, now + (now - one.until)) for one in over if now - one.until > LATE)
    late = {one.person_id for one in extended}
    lapsed = {one.person_id for one in over} - late
    kept = tuple(one for one in intake.offers if one.person_id not in lapsed | late)
    told = (*intake.untold, *(one.person_id for one in over))
    return _offered(replace(intake, offers=(*kept, *extended), untold=tuple(dict.fromkeys(told))), now)


def told(intake: Intake, people: Iterable[str], now: datetime) -> Intake:
    """Note that these people's enrollments follow."""
    done = set(people)
    return _offered(replace(intake, untold=tuple(one for one in intake.untold if one not in done)), now)


def told_intake(intake: Intake) -> IntakeChanged:
    """Return the fact that says how people may come into the program now."""
    return IntakeChanged(
        network=intake.network,
        intake_id=intake.id,
        program_id=intake.program_id,
        mode=intake.mode,
        closes_on=intake.closes_on.isoformat() if intake.closes_on else None,
        seats=intake.seats,
        pledge=intake.pledge,
    )


def _without(intake: Intake, person_id: str) -> Intake:
    return replace(
        intake,
        seated=tuple(one for one in intake.seated if one != person_id),
        offers=tuple(one for one in intake.offers if one.person_id != person_id),
        waiting=tuple(one for one in intake.waiting if one != person_id),
    )


def _without_limit(intake: Intake) -> Intake:
    """Nobody waits where there is room for all: each of them is told of an offer that is as good as taken."""
    everyone = (*(one.person_id for one in intake.offers), *intake.waiting)
    return replace(
        intake, seated=(), offers=(), waiting=(), untold=tuple(dict.fromkeys((*intake.untold, *everyone)))
    )


def _offered(intake: Intake, now: datetime) -> Intake:
    """Offer what is free to who waits longest, and say what is due."""
    if intake.seats is not None:
        room = max(0, intake.free)
        until = now + timedelta(hours=intake.offer_hours)
        next_ones, rest = intake.waiting[:room], intake.waiting[room:]
        offers = (*intake.offers, *(Offer(one, until) for one in next_ones))
        untold = tuple(dict.fromkeys((*intake.untold, *next_ones)))
        intake = replace(intake, offers=offers, waiting=rest, untold=untold)
    due = [Due(TELL, now)] if intake.untold else []
    if intake.offers:
        due.append(Due(LAPSE, min(one.until for one in intake.offers)))
    return replace(intake, due=tuple(due))
