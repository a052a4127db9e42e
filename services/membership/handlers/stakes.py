"""What a program means to its participants: theirs to say, and a band of it for staff."""

from dataclasses import dataclass

from services.membership.domain import stakes as rules
from services.membership.domain.directory import OwnFactorNeeded
from services.membership.domain.engagement_ports import StakePorts
from services.membership.domain.rights import check_signed_in, check_staff


@dataclass(frozen=True)
class Rated:
    """How important the thread of a program is to those in it; `reopen`: cohorts to whom it is not."""

    program_id: str
    moments: tuple[rules.Importance, ...]
    reopen: tuple[str, ...]


def show_stake(query, ports: StakePorts):
    """Return what the caller said of a program. Raises: SignedInOnly, NothingAtStake, OwnFactorNeeded."""
    network, person_id, _ = _own(query, ports)
    return ports.stakes.of_person_in(network, query.program_id, person_id)


def say_stake(command, ports: StakePorts):
    """Say what is at stake, or what one wants to learn. Raises: as `show_stake`; NotMidwayYet."""
    network, person_id, enrollment = _own(command, ports)
    stake = ports.stakes.of_person_in(network, command.program_id, person_id)
    after, facts = rules.say_stake(stake, enrollment, command.said)
    if after is stake:
        return stake
    return (ports.stakes.save if stake.revision else ports.stakes.add)(after, announcing=facts)


def show_importance(query, ports: StakePorts):
    """Return how important a program's thread is to those in it. Raises: StaffOnly, NotFound."""
    network = check_staff(query.caller)
    program = ports.programs.get(network, query.program_id)
    said = ports.stakes.of_program(network, program.id)
    moments = tuple(
        rules.importance_of(moment, [one.importance[moment] for one in said if moment in one.importance])
        for moment in rules.MOMENTS
    )
    placed = ports.enrollments.by_people(network, program.id, [one.person_id for one in said])
    cohort_of = {
        one.person_id: one.cohort_id
        for one in placed.values()
        if one.standing == "placed" and one.cohort_id is not None
    }
    return Rated(program.id, moments, rules.low_cohorts(said, cohort_of))


def _own(asked, ports):
    network, person_id = check_signed_in(asked.caller)
    enrollment = rules.check_takes_part(ports.enrollments.of_person_in(network, asked.program_id, person_id))
    if not asked.caller.text_open:
        raise OwnFactorNeeded("Prove by your own factor that it is you; then this opens.")
    return network, person_id, enrollment
