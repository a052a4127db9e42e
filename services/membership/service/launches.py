"""Doors of launches: purpose, stakeholders, buy-in, and the guide."""

from typing import Any

from services.kit.ask import ask
from services.membership.handlers import launches
from services.membership.messages import launches as messages


class LaunchDoors:
    """What stands before a program's enrollment. Other doors provide the stores and the clock."""

    launches: Any
    programs: Any
    people: Any
    role_holders: Any
    clock: Any

    @ask(messages.AboutLaunchSchema, answer=messages.guided_answer, write=False)
    def show_launch(self, query):
        return launches.show_launch(
            query, self.launches, self.programs, self.people, self.role_holders, self.clock
        )

    @ask(messages.StatePurposeSchema, answer=messages.launch_answer, lane="program_id")
    def state_purpose(self, command):
        return launches.state_purpose(command, self.launches, self.programs)

    @ask(messages.NameStakeholderSchema, answer=messages.launch_answer, lane="program_id")
    def name_stakeholder(self, command):
        return launches.name_stakeholder(command, self.launches, self.programs, self.people)

    @ask(messages.DropStakeholderSchema, answer=messages.launch_answer, lane="program_id")
    def drop_stakeholder(self, command):
        return launches.drop_stakeholder(command, self.launches, self.programs)

    @ask(messages.VerifyPurposeSchema, answer=messages.launch_answer, lane="program_id")
    def verify_purpose(self, command):
        return launches.verify_purpose(command, self.launches, self.programs, self.clock)

    @ask(messages.RecordBuyInSchema, answer=messages.launch_answer, lane="program_id")
    def record_buy_in(self, command):
        return launches.record_buy_in(command, self.launches, self.programs, self.people)
