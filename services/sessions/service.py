"""Rings the bell for sessions; decides nothing."""

from services.contracts.catalogue import COHORT, GUEST, SLOT
from services.kit.ask import ask
from services.kit.due import due
from services.kit.exporting import ExportMineSchema, exported_answer
from services.kit.listen import listen
from services.sessions import wiring
from services.sessions.handlers import capsules, commitments, forgetting, hearing, reading, rsvps, running
from services.sessions.messages import answers
from services.sessions.messages import commands as asked


class SessionsService:
    """Who comes, and what happened?"""

    name = "sessions"
    sessions = wiring.sessions()
    cohorts = wiring.cohorts()
    guests = wiring.guests()
    forgettings = wiring.forgettings()
    sealing = wiring.sealing()
    clock = wiring.clock()

    @ask(asked.AboutSessionSchema, answer=answers.session_answer, write=False)
    def show_session(self, query):
        return reading.show_session(query, self.sessions, self.guests, self.clock)

    @ask(asked.ListSessionsSchema, answer=answers.sessions_answer, write=False)
    def list_sessions(self, query):
        return reading.list_sessions(query, self.sessions, self.cohorts)

    @ask(asked.ShowFormAgendaSchema, answer=answers.form_agenda_answer, write=False)
    def show_form_agenda(self, query):
        return reading.show_form_agenda(query)

    @ask(asked.NextSessionSchema, answer=answers.next_answer, write=False)
    def next_session(self, query):
        return reading.next_session(query, self.sessions, self.clock)

    @ask(asked.ListMineSchema, answer=answers.sessions_answer, write=False)
    def list_facilitated(self, query):
        return reading.list_facilitated(query, self.sessions)

    @ask(asked.RecordRsvpSchema, answer=answers.session_answer, lane="session_id")
    def record_rsvp(self, command):
        return rsvps.record_rsvp(command, self.sessions, self.clock)

    @ask(asked.AboutSessionSchema, answer=answers.session_answer, lane="session_id")
    def open_session(self, command):
        return running.open_session(command, self.sessions, self.clock)

    @ask(asked.AboutSessionSchema, answer=answers.session_answer, lane="session_id")
    def start_topics(self, command):
        return running.start_topics(command, self.sessions, self.clock)

    @ask(asked.RecordAttendanceSchema, answer=answers.session_answer, lane="session_id")
    def record_attendance(self, command):
        return running.record_attendance(command, self.sessions)

    @ask(asked.AboutSessionSchema, answer=answers.session_answer, lane="session_id")
    def close_session(self, command):
        return running.close_session(command, self.sessions, self.clock)

    @ask(asked.MakeCommitmentSchema, answer=answers.made_answer, lane="session_id")
    def make_commitment(self, command):
        return commitments.make_commitment(command, self.sessions, self.clock)

    @ask(asked.ReportCommitmentSchema, answer=answers.made_answer, lane="commitment_id")
    def report_commitment(self, command):
        return commitments.report_commitment(command, self.sessions)

    @ask(asked.ListCommitmentsSchema, answer=answers.commitments_answer, write=False)
    def list_commitments(self, query):
        return commitments.list_commitments(query, self.sessions, self.cohorts)

    @ask(asked.PublishCapsuleSchema, answer=answers.published_answer, lane="session_id")
    def publish_capsule(self, command):
        return capsules.publish_capsule(command, self.sessions, self.clock)

    @ask(asked.AboutSessionSchema, answer=answers.capsule_answer, write=False)
    def show_capsule(self, query):
        return capsules.show_capsule(query, self.sessions)

    @listen("membership", *COHORT)
    def on_cohort(self, fact, heard):  # the name is a queue; see test_queue_names
        hearing.follow_cohort(fact, heard, self.cohorts, self.sessions, self.forgettings)

    @listen("membership", *GUEST, copy=True)
    def on_guest(self, fact, heard):
        self.guests.keep(fact, heard.version)

    @listen("membership", "person_erasure_requested")
    def on_person_erasure_requested(self, fact, heard):
        forgetting.begin_forgetting(fact, self.forgettings, self.clock)

    @due("forgettings")
    def on_forgetting_due(self, aggregate_id, network, kind):
        forgetting.forget_person(
            aggregate_id, network, self.forgettings, self.sealing, self.sessions, self.cohorts, self.clock
        )

    @ask(ExportMineSchema, answer=exported_answer, write=False)
    def export_mine(self, query):
        return forgetting.export_mine(query, self.sessions)

    @listen("scheduling", *SLOT)
    def on_slot(self, fact, heard):
        hearing.follow_timetable(fact, heard, self.cohorts, self.sessions)
