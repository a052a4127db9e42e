"""Doors of handing over. Other doors provide cohorts, people and the clock."""

from typing import Any

from services.contracts.catalogue import SESSION
from services.kit.ask import ask
from services.kit.listen import listen
from services.membership import wiring_engagements
from services.membership.handlers import ladder
from services.membership.messages import ladder as messages


class LadderDoors:
    """How a cohort comes to lead itself."""

    held = wiring_engagements.held_sessions()
    cohorts: Any
    people: Any
    clock: Any

    @ask(messages.ShowLadderSchema, answer=messages.ladder_answer, write=False)
    def show_ladder(self, query):
        return ladder.show_ladder(query, self.cohorts, self.held)

    @ask(messages.TakeStepSchema, answer=messages.ladder_answer, lane="cohort_id")
    def take_step(self, command):
        return ladder.take_step(command, self.cohorts, self.people, self.held, self.clock)

    @ask(messages.HandOnSchema, answer=messages.ladder_answer, lane="cohort_id")
    def hand_on(self, command):
        return ladder.hand_on(command, self.cohorts, self.people, self.held)

    @listen("sessions", *SESSION, copy=True)
    def on_session(self, fact, heard):  # the name is a queue; see test_queue_names
        self.held.keep(fact, heard.version)
