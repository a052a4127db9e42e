"""Doors of enrollment: how people come into a program, wait for a seat, pause and leave."""

from typing import Any

from services.kit.ask import ask
from services.kit.due import due
from services.membership import wiring_engagements
from services.membership.domain.enrollment_ports import EnrollmentPorts
from services.membership.handlers import applying, deciding, placing, pledges, seating
from services.membership.messages import enrollment_answers as answers
from services.membership.messages import enrollments as asked
from services.membership.messages.identity import NothingSchema


class EnrollmentDoors:
    """Other doors provide programs, launches, people, cohorts and the clock."""

    intakes = wiring_engagements.intakes()
    placements = wiring_engagements.placements()
    enrollments: Any
    programs: Any
    launches: Any
    people: Any
    cohorts: Any
    clock: Any

    @ask(asked.AboutProgramSchema, answer=answers.intake_answer, write=False)
    def show_intake(self, query):
        return deciding.show_intake(query, self._enrollment_ports())

    @ask(asked.SetIntakeSchema, answer=answers.intake_answer, lane="program_id")
    def set_intake(self, command):
        return deciding.set_intake(command, self._enrollment_ports())

    @ask(asked.ListEnrollmentsSchema, answer=answers.listed_answer, write=False)
    def list_enrollments(self, query):
        return deciding.list_enrollments(query, self._enrollment_ports())

    @ask(asked.AboutEnrollmentSchema, answer=answers.shown_answer, write=False)
    def show_enrollment(self, query):
        return deciding.show_enrollment(query, self._enrollment_ports())

    @ask(asked.DecideEnrollmentSchema, answer=answers.shown_answer, lane="enrollment_id")
    def decide_enrollment(self, command):
        return deciding.decide_enrollment(command, self._enrollment_ports())

    @ask(asked.RemoveEnrollmentSchema, answer=answers.shown_answer, lane="enrollment_id")
    def remove_enrollment(self, command):
        return deciding.remove_enrollment(command, self._enrollment_ports())

    @ask(asked.AboutEnrollmentSchema, answer=answers.shown_answer, lane="enrollment_id")
    def waive_pledge(self, command):
        return deciding.waive_pledge(command, self._enrollment_ports())

    @ask(asked.AboutProgramSchema, answer=answers.turnover_answer, write=False)
    def show_turnover(self, query):
        return deciding.show_turnover(query, self._enrollment_ports())

    @ask(asked.AboutProgramSchema, answer=answers.my_enrollment_answer, write=False)
    def show_my_enrollment(self, query):
        return applying.show_my_enrollment(query, self._enrollment_ports())

    @ask(NothingSchema, answer=answers.my_enrollments_answer, write=False)
    def list_my_enrollments(self, query):
        return applying.list_my_enrollments(query, self._enrollment_ports())

    @ask(asked.ApplyToProgramSchema, answer=answers.my_enrollment_answer)
    def apply_to_program(self, command):
        return applying.apply_to_program(command, self._enrollment_ports())

    @ask(asked.AnswerOfferSchema, answer=answers.my_enrollment_answer)
    def answer_offer(self, command):
        return applying.answer_offer(command, self._enrollment_ports())

    @ask(asked.PauseEnrollmentSchema, answer=answers.my_enrollment_answer)
    def pause_enrollment(self, command):
        return applying.pause_enrollment(command, self._enrollment_ports())

    @ask(asked.AboutProgramSchema, answer=answers.my_enrollment_answer)
    def resume_enrollment(self, command):
        return applying.resume_enrollment(command, self._enrollment_ports())

    @ask(asked.WithdrawEnrollmentSchema, answer=answers.my_enrollment_answer)
    def withdraw_enrollment(self, command):
        return applying.withdraw_enrollment(command, self._enrollment_ports())

    @ask(asked.AskPledgeSchema, answer=answers.my_enrollment_answer)
    def ask_pledge(self, command):
        return pledges.ask_pledge(command, self._enrollment_ports())

    @ask(asked.AboutProgramSchema, answer=answers.my_enrollment_answer)
    def wish_waiver(self, command):
        return pledges.wish_waiver(command, self._enrollment_ports())

    @ask(NothingSchema, answer=answers.pledge_answer, write=False)
    def show_pledge(self, query):
        return pledges.show_pledge(query, self._enrollment_ports())

    @ask(asked.AnswerPledgeSchema, answer=answers.pledge_answer)
    def answer_pledge(self, command):
        return pledges.answer_pledge(command, self._enrollment_ports())

    @ask(asked.AboutEnrollmentSchema, answer=answers.placement_answer)
    def weigh_placement(self, command):
        return placing.weigh_placement(command, self.placements, self._enrollment_ports())

    @ask(asked.ShowPlacementSchema, answer=answers.placement_answer, write=False)
    def show_placement(self, query):
        return placing.show_placement(query, self.placements, self._enrollment_ports())

    @ask(asked.PlaceInCohortSchema, answer=answers.shown_answer, lane="enrollment_id")
    def place_in_cohort(self, command):
        return placing.place_in_cohort(command, self._enrollment_ports())

    @due("enrollments")
    def on_enrollment_due(self, aggregate_id, network, kind):
        seating.go_on_with_enrollment(aggregate_id, network, kind, self._enrollment_ports())

    @due("intakes", at_once=1)
    def on_intake_due(self, aggregate_id, network, kind):
        seating.go_on_with_intake(aggregate_id, network, kind, self._enrollment_ports())

    def _enrollment_ports(self):
        return EnrollmentPorts(
            self.programs,
            self.launches,
            self.intakes,
            self.enrollments,
            self.people,
            self.cohorts,
            self.clock,
        )
