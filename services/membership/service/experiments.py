"""Doors of experiments on a program's practice."""

from typing import Any

from services.kit.ask import ask
from services.membership import wiring_engagements as wiring
from services.membership.domain.engagement_ports import ExperimentPorts
from services.membership.handlers import experiments
from services.membership.messages import experiments as messages


class ExperimentDoors:
    """Other doors provide programs and the clock."""

    experiments = wiring.experiments()
    programs: Any
    clock: Any

    @ask(messages.AboutExperimentsSchema, answer=messages.experiments_answer, write=False)
    def list_experiments(self, query):
        return experiments.list_experiments(query, self._experiment_ports())

    @ask(messages.BeginExperimentSchema, answer=messages.experiment_answer, lane="program_id")
    def begin_experiment(self, command):
        return experiments.begin_experiment(command, self._experiment_ports())

    @ask(messages.DecideExperimentSchema, answer=messages.experiment_answer, lane="program_id")
    def decide_experiment(self, command):
        return experiments.decide_experiment(command, self._experiment_ports())

    def _experiment_ports(self):
        return ExperimentPorts(self.experiments, self.programs, self.clock)
