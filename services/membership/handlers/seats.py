"""Seats beside a program: given and taken by staff; what advisers hear, and what they say."""

from dataclasses import dataclass

from services.kit.errors import NotFound
from services.kit.ids import new_id
from services.membership.domain import seats as rules
from services.membership.domain.engagement_ports import SeatPorts
from services.membership.domain.programs import Program
from services.membership.domain.rights import check_signed_in, check_staff
from services.membership.domain.taking_part import TAKING_PART, Turnover, count_turnover


@dataclass(frozen=True)
class Seated:
    """A seating with the names of those who have a seat."""

    seating: rules.Seating
    names: dict[str, str]


@dataclass(frozen=True)
class OwnSeat:
    """One seat of the caller, with the program it is beside."""

    seat: rules.Seat
    program: Program


@dataclass(frozen=True)
class Standing:
    """How a program does, in figures over many; None where fewer than LEAST people stand behind one."""

    program: Program
    people: int | None
    advisers: int
    advisers_taking_part: bool
    turnover: Turnover


def list_seats(query, ports: SeatPorts):
    """Return who has a seat beside a program. Raises: StaffOnly, NotFound."""
    network = check_staff(query.caller)
    program = ports.programs.get(network, query.program_id)
    return _named(ports.seatings.of_program(network, program.id), ports)


def give_seat(command, ports: SeatPorts):
    """Give somebody a seat.

    Raises:
        StaffOnly. NotFound: also of a person. SeatEndsInThePast, TooManySeats, NoResultsForOthers.
    """
    network = check_staff(command.caller)
    program = ports.programs.get(network, command.program_id)
    seating = ports.seatings.of_program(network, program.id)
    person = ports.people.by_ids(network, [command.person_id]).get(command.person_id)
    if person is None or person.standing != "active":
        raise NotFound("there is no such person")
    now = ports.clock.now()
    wanted = rules.Seat(person.id, command.kind, now, command.until)
    return _save(ports, seating, *rules.give_seat(seating, program, wanted, now))


def take_seat(command, ports: SeatPorts):
    """Take a seat back. Raises: StaffOnly, NotFound."""
    network = check_staff(command.caller)
    program = ports.programs.get(network, command.program_id)
    seating = ports.seatings.of_program(network, program.id)
    return _save(ports, seating, *rules.take_seat(seating, command.person_id, command.kind))


def list_my_seats(query, ports: SeatPorts):
    """Return the seats the caller holds at this moment. Raises: SignedInOnly."""
    network, person_id = check_signed_in(query.caller)
    now = ports.clock.now()
    return [
        OwnSeat(seat, ports.programs.get(network, seating.program_id))
        for seating in ports.seatings.of_person(network, person_id)
        for seat in seating.seats
        if seat.person_id == person_id and seat.holds(now)
    ]


def show_standing(query, ports: SeatPorts):
    """Return how a program does. Raises: SignedInOnly, NotBesideThisProgram, NotFound."""
    network, program = heard_program(query, ports)
    now, seating = ports.clock.now(), ports.seatings.of_program(network, program.id)
    advisers = {one.person_id for one in seating.seats if one.kind == rules.ADVISER and one.holds(now)}
    standings = ports.enrollments.standings(network, program.id)
    part = set(ports.enrollments.holders(network, program.id))
    turnover = count_turnover(standings, ports.enrollments.reasons(network, program.id))
    people = rules.at_least(sum(number for (name, _), number in standings.items() if name in TAKING_PART))
    return Standing(program, people, len(advisers), bool(advisers & part), turnover)


def list_advice(query, ports: SeatPorts):
    """Return one page of what advisers said of a program.

    Raises:
        SignedInOnly, NotBesideThisProgram, NotFound.
    """
    network, program = heard_program(query, ports)
    return ports.advices.of_program(network, program.id, query.limit, query.after)


def give_advice(command, ports: SeatPorts):
    """Say something to the program's staff and its advisers.

    Raises:
        SignedInOnly, NotBesideThisProgram, NotFound.
    """
    network, program = heard_program(command, ports)
    said = rules.Advice(
        id=new_id("adv"),
        network=network,
        program_id=program.id,
        person_id=command.caller.person_id,
        about=command.about,
        words=command.words,
        given_at=ports.clock.now(),
    )
    advice, facts = rules.give_advice(said)
    return ports.advices.add(advice, announcing=facts)


def heard_program(asked, ports: SeatPorts) -> tuple[str, Program]:
    """Return (network, program) for who may hear how it does.

    Raises:
        SignedInOnly, NotBesideThisProgram: as `check_hears`, also of a program there is not. NotFound.
    """
    network, _ = check_signed_in(asked.caller)
    seating = ports.seatings.of_program(network, asked.program_id)
    rules.check_hears(asked.caller, seating, ports.clock.now())
    return network, ports.programs.get(network, asked.program_id)


def _named(seating, ports):
    people = ports.people.by_ids(seating.network, [one.person_id for one in seating.seats])
    return Seated(seating, {key: person.display_name for key, person in people.items()})


def _save(ports, before, after, facts):
    if after is before:
        return before
    return (ports.seatings.save if before.revision else ports.seatings.add)(after, announcing=facts)
