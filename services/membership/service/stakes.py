"""Doors of stakes: what a program means to those in it."""

from typing import Any

from services.kit.ask import ask
from services.membership import wiring_engagements as wiring
from services.membership.domain.engagement_ports import StakePorts
from services.membership.handlers import stakes
from services.membership.messages import stakes as messages


class StakeDoors:
    """Other doors provide programs and enrollments."""

    stakes = wiring.stakes()
    programs: Any
    enrollments: Any

    @ask(messages.AboutStakeSchema, answer=messages.stake_answer, write=False)
    def show_stake(self, query):
        return stakes.show_stake(query, self._stake_ports())

    @ask(messages.SayStakeSchema, answer=messages.stake_answer)
    def say_stake(self, command):
        return stakes.say_stake(command, self._stake_ports())

    @ask(messages.AboutStakeSchema, answer=messages.importance_answer, write=False)
    def show_importance(self, query):
        return stakes.show_importance(query, self._stake_ports())

    def _stake_ports(self):
        return StakePorts(self.stakes, self.programs, self.enrollments)
