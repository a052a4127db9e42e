"""Doors of mutual dedication."""

from typing import Any

from services.kit.ask import ask
from services.membership import wiring_engagements as wiring
from services.membership.domain.engagement_ports import DedicationPorts
from services.membership.handlers import dedications
from services.membership.messages import dedications as messages


class DedicationDoors:
    """Other doors provide cohorts and people."""

    dedications = wiring.dedications()
    cohorts: Any
    people: Any

    @ask(messages.AboutDedicationSchema, answer=messages.dedication_answer, write=False)
    def show_dedication(self, query):
        return dedications.show_dedication(query, self._dedication_ports())

    @ask(messages.AnswerDedicationSchema, answer=messages.dedication_answer, lane="cohort_id")
    def answer_dedication(self, command):
        return dedications.answer_dedication(command, self._dedication_ports())

    @ask(messages.PlacesWantedSchema, answer=messages.places_answer, write=False)
    def list_places_wanted(self, query):
        return dedications.list_places_wanted(query, self._dedication_ports())

    def _dedication_ports(self):
        return DedicationPorts(self.dedications, self.cohorts, self.people)
