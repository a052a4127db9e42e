"""Who stands beside a program: its advisory committee, its champions, the recipients of its results.

R62, R63, R136. A seat is of one program, and ends by itself where it says until when. It opens figures over
many and what advisers say to one another and to staff, never anything of a cohort.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from services.contracts.caller import Caller
from services.contracts.events.seats import AdviceGiven, AdviceState, SeatEntry, SeatingState, SeatsChanged
from services.kit.errors import Conflict, Forbidden, Invalid
from services.membership.domain.derived import derived_id
from services.membership.domain.programs import Program
from services.membership.domain.rights import check_signed_in, is_staff

ADVISER, CHAMPION, RECIPIENT = SEATS = ("adviser", "champion", "recipient")
ABOUT = ("topic", "issue", "challenge", "goal", "opportunity", "interest")
OUTWARD = ("committee", "quality_circle")  # forms whose results are meant for others
MOST_OF_A_KIND = 30
LEAST = 3  # people behind any figure
HEARING = (ADVISER, CHAMPION)  # seats from which one hears how the program does


@dataclass(frozen=True)
class Seat:
    """One person's seat; `until` is compared when read, None: it has no end."""

    person_id: str
    kind: str
    since: datetime
    until: datetime | None = None

    def holds(self, now: datetime) -> bool:
        return self.until is None or now < self.until


@dataclass(frozen=True)
class Seating:
    """All seats beside one program."""

    id: str
    network: str
    program_id: str
    seats: tuple[Seat, ...] = ()
    revision: int = 0

    def held_by(self, person_id: str | None, now: datetime, *kinds: str) -> bool:
        """True for who holds a seat of one of `kinds` at this moment."""
        return any(one.person_id == person_id and one.kind in kinds and one.holds(now) for one in self.seats)


@dataclass(frozen=True)
class Advice:
    """What an adviser says to the program's staff and the other advisers, in their own words."""

    id: str
    network: str
    program_id: str
    person_id: str
    about: str
    words: str
    given_at: datetime
    revision: int = 0


class SeatEndsInThePast(Invalid):
    code = "seat-ends-in-the-past"


class TooManySeats(Conflict):
    code = "too-many-seats"


class NoResultsForOthers(Conflict):
    """Only committees and quality circles have results for others."""

    code = "no-results-for-others"


class NotBesideThisProgram(Forbidden):
    """Neither staff nor on the program's advisory committee."""

    code = "not-beside-this-program"


def seating_id(program_id: str) -> str:
    """Return the id of a program's seating: it has one."""
    return derived_id("sea", program_id)


def give_seat(
    seating: Seating, program: Program, wanted: Seat, now: datetime
) -> tuple[Seating, tuple[SeatingState, ...]]:
    """Give somebody a seat, or another end to the one they have; the same again changes nothing.

    Raises:
        SeatEndsInThePast. TooManySeats: of this kind. NoResultsForOthers: a recipient for another form.
    """
    if wanted.until is not None and wanted.until <= now:
        detail = "lies in the past"
        raise SeatEndsInThePast(f"the end {detail}", errors=[{"pointer": "/until", "detail": detail}])
    if wanted.kind == RECIPIENT and program.form not in OUTWARD:
        raise NoResultsForOthers("only committees and quality circles have results that others receive")
    known = _seat_of(seating, wanted.person_id, wanted.kind)
    if known is not None and known.until == wanted.until:
        return seating, ()
    rest = tuple(one for one in seating.seats if one is not known)
    if sum(one.kind == wanted.kind for one in rest) >= MOST_OF_A_KIND:
        raise TooManySeats(f"a program has at most {MOST_OF_A_KIND} seats of a kind")
    given = wanted if known is None else replace(known, until=wanted.until)
    return _changed(replace(seating, seats=(*rest, given)))


def take_seat(seating: Seating, person_id: str, kind: str) -> tuple[Seating, tuple[SeatingState, ...]]:
    """Take a seat back; where there is none, nothing changes."""
    known = _seat_of(seating, person_id, kind)
    if known is None:
        return seating, ()
    return _changed(replace(seating, seats=tuple(one for one in seating.seats if one is not known)))


def forget_seats(seating: Seating, person_id: str) -> tuple[Seating, tuple[SeatingState, ...]]:
    """Return the seating without the person."""
    rest = tuple(one for one in seating.seats if one.person_id != person_id)
    return (seating, ()) if rest == seating.seats else _changed(replace(seating, seats=rest))


def check_hears(caller: Caller, seating: Seating, now: datetime) -> tuple[str, str]:
    """Return (network, person id) of who may hear how the program does.

    Raises:
        SignedInOnly. NotBesideThisProgram: neither staff, nor an adviser or champion of it, nor an adviser
            of the whole network.
    """
    network, person_id = check_signed_in(caller)
    is_adviser = caller.has_role("advisory_committee") or seating.held_by(person_id, now, *HEARING)
    if not (is_staff(caller) or is_adviser):
        raise NotBesideThisProgram("only staff and who advises this program hear how it does")
    return network, person_id


def at_least(number: int) -> int | None:
    """Return a number of people, None where it is above nobody and below LEAST."""
    return number if number == 0 or number >= LEAST else None


def give_advice(advice: Advice) -> tuple[Advice, tuple[AdviceState, ...]]:
    """Return the advice as it is kept, and the fact that there is some."""
    kept = replace(advice, words=" ".join(advice.words.split()))
    return kept, (told_advice(kept),)


def told_seating(seating: Seating) -> SeatingState:
    """Return the fact that says who has a seat."""
    entries = tuple(SeatEntry(one.person_id, one.kind, one.until) for one in seating.seats)
    return SeatsChanged(seating.network, seating.id, seating.program_id, entries)


def told_advice(advice: Advice) -> AdviceState:
    """Return the fact that says that advice was given."""
    return AdviceGiven(advice.network, advice.id, advice.program_id, advice.about)


def _seat_of(seating: Seating, person_id: str, kind: str) -> Seat | None:
    return next((one for one in seating.seats if (one.person_id, one.kind) == (person_id, kind)), None)


def _changed(seating: Seating) -> tuple[Seating, tuple[SeatingState, ...]]:
    return seating, (told_seating(seating),)
