"""Rings the bell for feedback; decides nothing."""

from services.contracts.catalogue import COHORT, PROGRAM, SESSION
from services.feedback import wiring
from services.feedback.handlers import forgetting, giving, hearing, reading, reports
from services.feedback.messages import answers as shown
from services.feedback.messages import commands as asked
from services.kit.ask import ask
from services.kit.due import due
from services.kit.exporting import ExportMineSchema, exported_answer
from services.kit.listen import listen


class FeedbackService:
    """What was it worth?"""

    name = "feedback"
    questionnaires = wiring.questionnaires()
    participations = wiring.participations()
    answers = wiring.answers()
    ledgers = wiring.ledgers()
    cohorts = wiring.cohorts()
    programs = wiring.programs()
    sessions = wiring.sessions()
    forgettings = wiring.forgettings()
    sealing = wiring.sealing()
    clock = wiring.clock()

    @ask(asked.ListQuestionnairesSchema, answer=shown.questionnaires_answer, write=False)
    def list_questionnaires(self, query):
        return reading.list_questionnaires(
            query, self.questionnaires, self.participations, self.cohorts, self.clock
        )

    @ask(asked.AboutQuestionnaireSchema, answer=shown.seen_answer, write=False)
    def show_questionnaire(self, query):
        return reading.show_questionnaire(
            query, self.questionnaires, self.participations, self.answers, self.cohorts, self.clock
        )

    @ask(asked.GiveFeedbackSchema, answer=shown.given_answer)
    def give_feedback(self, command):
        return giving.give_feedback(command, self.participations, self.answers, self.clock)

    @ask(asked.AboutQuestionnaireSchema, answer=shown.given_answer)
    def withdraw_feedback(self, command):
        return giving.withdraw_feedback(command, self.participations, self.answers, self.clock)

    @ask(asked.AboutQuestionnaireSchema, answer=shown.kept_answer, lane="questionnaire_id")
    def close_questionnaire(self, command):
        return giving.close_questionnaire(command, self.questionnaires, self.cohorts, self.clock)

    @ask(asked.PublishReportSchema, answer=shown.filed_answer, lane="program_id")
    def publish_report(self, command):
        return reports.publish_report(
            command,
            self.ledgers,
            self.questionnaires,
            self.participations,
            self.answers,
            self.sessions,
            self.cohorts,
            self.programs,
            self.clock,
        )

    @ask(asked.ShowReportSchema, answer=shown.report_answer, write=False)
    def show_report(self, query):
        return reports.show_report(query, self.ledgers, self.programs)

    @ask(asked.ListReportsSchema, answer=shown.reports_answer, write=False)
    def list_reports(self, query):
        return reports.list_reports(query, self.ledgers, self.programs)

    @due("questionnaires")
    def on_questionnaire_due(self, aggregate_id, network, kind):
        giving.follow_up(
            aggregate_id,
            network,
            kind,
            self.questionnaires,
            self.participations,
            self.answers,
            self.clock,
        )

    @listen("membership", *COHORT, copy=True)
    def on_cohort(self, fact, heard):  # the name is a queue; see test_queue_names
        hearing.keep_cohort(fact, heard, self.cohorts, self.forgettings)

    @listen("membership", *PROGRAM, copy=True)
    def on_program(self, fact, heard):
        hearing.keep_program(fact, heard, self.programs, self.ledgers)

    @listen("sessions", *SESSION)
    def on_session(self, fact, heard):
        hearing.ask_after_session(
            fact,
            heard,
            self.sessions,
            self.questionnaires,
            self.participations,
            self.forgettings,
            self.clock,
        )

    @listen("membership", "person_erasure_requested")
    def on_person_erasure_requested(self, fact, heard):
        forgetting.begin_forgetting(fact, self.forgettings, self.clock)

    @due("forgettings")
    def on_forgetting_due(self, aggregate_id, network, kind):
        forgetting.forget_person(
            aggregate_id,
            network,
            self.forgettings,
            self.sealing,
            self.participations,
            self.answers,
            self.cohorts,
            self.clock,
        )

    @ask(ExportMineSchema, answer=exported_answer, write=False)
    def export_mine(self, query):
        return forgetting.export_mine(query, self.participations, self.answers)
