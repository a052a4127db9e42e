"""Doors of cohorts and agreements."""

from typing import Any

from services.kit.ask import ask
from services.membership import wiring
from services.membership.handlers import cohorts
from services.membership.messages import cohorts as asked
from services.membership.messages import program_answers as answers


class CohortDoors:
    """The groups of peers, and what they sign."""

    people = wiring.people()
    cohorts = wiring.cohorts()
    clock: Any
    skills: Any

    @ask(asked.ListCohortsSchema, answer=answers.cohorts_answer, write=False)
    def list_cohorts(self, query):
        return cohorts.list_cohorts(query, self.cohorts)

    @ask(asked.ListMyCohortsSchema, answer=answers.my_cohorts_answer, write=False)
    def list_my_cohorts(self, query):
        return cohorts.list_my_cohorts(query, self.cohorts)

    @ask(asked.ShowCohortSchema, answer=answers.cohort_answer, write=False)
    def show_cohort(self, query):
        return cohorts.show_cohort(query, self.cohorts)

    @ask(asked.AssignFacilitatorsSchema, answer=answers.cohort_answer, lane="cohort_id")
    def assign_facilitators(self, command):
        return cohorts.assign_facilitators(command, self.cohorts, self.people, self.skills)

    @ask(asked.ShowCohortSchema, answer=answers.agreement_answer, write=False)
    def show_agreement(self, query):
        return cohorts.show_agreement(query, self.cohorts)

    @ask(asked.SignAgreementSchema, answer=answers.signed_answer, lane="cohort_id")
    def sign_agreement(self, command):
        return cohorts.sign_agreement(command, self.cohorts, self.clock)

    @ask(asked.WordGroundRulesSchema, answer=answers.agreement_answer, lane="cohort_id")
    def word_ground_rules(self, command):
        return cohorts.word_ground_rules(command, self.cohorts, self.clock)
