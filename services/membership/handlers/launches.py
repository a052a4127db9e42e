"""Launches of programs: purpose, stakeholders, their word, buy-in, and the guide through them."""

from dataclasses import dataclass, replace

from services.kit.clock import Clock
from services.kit.errors import NotFound
from services.membership.domain import launches as rules
from services.membership.domain.launch_guide import Found, Step, guide
from services.membership.domain.people_ports import Launches, People, Programs, RoleHolders
from services.membership.domain.rights import StaffOnly, check_signed_in, check_staff, is_staff


@dataclass(frozen=True)
class Guided:
    """A launch with its steps as they stand."""

    launch: rules.Launch
    steps: tuple[Step, ...]


def show_launch(
    query, launches: Launches, programs: Programs, people: People, role_holders: RoleHolders, clock: Clock
):
    """Return the launch of a program, with its guide, to staff and to who speaks for a group.

    Raises:
        SignedInOnly, NotFound. StaffOnly: neither staff nor a speaker.
    """
    network, person_id = check_signed_in(query.caller)
    launch = launches.of_program(network, query.program_id)
    if not is_staff(query.caller) and not launch.has_speaker(person_id):
        raise StaffOnly("only the network's staff, and who speaks for a group of stakeholders, read this")
    program = programs.get(network, query.program_id)
    holders = role_holders.holders(network, ("facilitator",), clock.now())
    found = Found(people=len(people.active_ids(network, None)), facilitators=len(set(holders)))
    return Guided(launch, guide(program, launch, found))


def state_purpose(command, launches: Launches, programs: Programs):
    """Word the purpose of a program. Raises: StaffOnly, NotFound."""
    launch = _launch(command, launches, programs)
    return _save(launches, launch, *rules.state_purpose(launch, command.purpose))


def name_stakeholder(command, launches: Launches, programs: Programs, people: People):
    """Record a group, its goals and who speaks for it. Raises: StaffOnly, NotFound (also of a person)."""
    launch = _launch(command, launches, programs)
    _check_known(launch.network, command.speaker_id, people)
    names = ("group", "goals", "expectation", "speaker_id")
    wished = rules.Stakeholder(**{name: getattr(command, name) for name in names})
    goals = tuple(dict.fromkeys(wished.goals))
    return _save(launches, launch, *rules.name_stakeholder(launch, replace(wished, goals=goals)))


def drop_stakeholder(command, launches: Launches, programs: Programs):
    """Take a group off the stakeholders. Raises: StaffOnly, NotFound."""
    launch = _launch(command, launches, programs)
    return _save(launches, launch, *rules.drop_stakeholder(launch, command.group))


def verify_purpose(command, launches: Launches, programs: Programs, clock: Clock):
    """Record that a group has verified the purpose: by its speaker, or by staff where nobody speaks for it.

    Raises:
        SignedInOnly, GroupNotNamed, NotTheirsToVerify, PurposeSuperseded.
        NotFound: no such program, or the caller is neither staff nor speaks for any group of it.
    """
    network, person_id = check_signed_in(command.caller)
    launch, staff = launches.of_program(network, command.program_id), is_staff(command.caller)
    if not staff and not launch.has_speaker(person_id):
        raise NotFound("there is no such program")  # as the store says it
    programs.get(network, command.program_id)
    verified = rules.verify_purpose(launch, command.group, command.version, person_id, staff, clock.now())
    return _save(launches, launch, *verified)


def record_buy_in(command, launches: Launches, programs: Programs, people: People):
    """Record what somebody senior said when asked. Raises: StaffOnly, NotFound, TooManyBuyIns."""
    launch = _launch(command, launches, programs)
    _check_known(launch.network, command.person_id, people)
    names = ("office", "stance", "said_on", "note", "person_id")
    said = rules.BuyIn(**{name: getattr(command, name) for name in names})
    return _save(launches, launch, *rules.record_buy_in(launch, said))


def _launch(command, launches, programs):
    network = check_staff(command.caller)
    return launches.of_program(network, programs.get(network, command.program_id).id)


def _check_known(network, person_id, people):
    if person_id is None:
        return
    found = people.by_ids(network, [person_id]).get(person_id)
    if found is None or found.standing != "active":
        raise NotFound("there is no such person")


def _save(launches, before, after, facts):
    if after is before:
        return before
    return (launches.save if before.revision else launches.add)(after, announcing=facts)
