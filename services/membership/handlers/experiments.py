"""Experiments on a program's practice: begun, compared and decided by staff."""

from services.membership.domain import experiments as rules
from services.membership.domain.engagement_ports import ExperimentPorts
from services.membership.domain.rights import check_staff


def list_experiments(query, ports: ExperimentPorts):
    """Return what was tried in a program, the newest first. Raises: StaffOnly, NotFound."""
    network = check_staff(query.caller)
    return ports.experiments.of_program(network, ports.programs.get(network, query.program_id).id)


def begin_experiment(command, ports: ExperimentPorts):
    """Begin one change.

    Raises:
        StaffOnly, NotFound, ProgramEnded, ExperimentRunning, ChangeNotWithinReason.
    """
    network = check_staff(command.caller)
    program = ports.programs.get(network, command.program_id)
    known = ports.experiments.newest(network, program.id)
    guess = rules.Guess(command.measure, command.direction, command.why)
    today = ports.clock.now().date()
    begun, facts = rules.begin(known, program, command.change, command.to, guess, command.until, today)
    return ports.experiments.add(begun, announcing=facts)


def decide_experiment(command, ports: ExperimentPorts):
    """Record what was found and decided. Raises: StaffOnly, NotFound, NothingRuns."""
    network = check_staff(command.caller)
    program = ports.programs.get(network, command.program_id)
    found = rules.Found(command.before, command.after, command.decision, command.why)
    decided, facts = rules.decide(ports.experiments.newest(network, program.id), found)
    return ports.experiments.save(decided, announcing=facts)
