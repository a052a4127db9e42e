"""Rings the bell for scheduling; decides nothing."""

from services.contracts.catalogue import COHORT, PERSON
from services.kit.ask import ask
from services.kit.due import due
from services.kit.exporting import ExportMineSchema, exported_answer
from services.kit.listen import listen
from services.scheduling import messages, wiring
from services.scheduling.handlers import forgetting, hearing, planning, slots


class SchedulingService:
    """When and where do we meet?"""

    name = "scheduling"
    timetables = wiring.timetables()
    slots = wiring.slots()
    cohorts = wiring.cohorts()
    people = wiring.people()
    forgettings = wiring.forgettings()
    clock = wiring.clock()

    @ask(messages.ListSessionsSchema, answer=messages.SlotPageSchema, write=False)
    def list_sessions(self, query):
        return slots.list_sessions(query, self.slots, self.cohorts)

    @ask(messages.MySessionsSchema, answer=messages.SlotPageSchema, write=False)
    def my_sessions(self, query):
        return slots.my_sessions(query, self.slots, self.cohorts, self.clock)

    @ask(messages.ShowSlotSchema, answer=messages.SlotSchema, write=False)
    def show_slot(self, query):
        return slots.show_slot(query, self.slots, self.cohorts)

    @ask(messages.RescheduleSessionSchema, answer=messages.SlotSchema, lane="session_id")
    def reschedule_session(self, command):
        return slots.reschedule_session(command, self.slots, self.cohorts, self.clock)

    @ask(messages.SetPlaceSchema, answer=messages.SlotSchema, lane="session_id")
    def set_place(self, command):
        return slots.set_place(command, self.slots, self.cohorts, self.clock)

    @ask(messages.CancelSessionSchema, answer=messages.SlotSchema, lane="session_id")
    def cancel_session(self, command):
        return slots.cancel_session(command, self.slots, self.cohorts, self.clock)

    @listen("membership", *COHORT)
    def on_cohort(self, fact, heard):  # the name is a queue; see test_queue_names
        hearing.follow_cohort(
            fact, heard.version, self.cohorts, self.timetables, self.forgettings, self.clock
        )

    @listen("membership", *PERSON, copy=True)
    def on_person(self, fact, heard):
        hearing.keep_hours(fact, heard.version, self.people, self.forgettings, self.clock)

    @listen("membership", "person_erasure_requested")
    def on_person_erasure_requested(self, fact, heard):
        forgetting.begin_forgetting(fact, self.forgettings, self.clock)

    @due("forgettings")
    def on_forgetting_due(self, aggregate_id, network, kind):
        forgetting.forget_person(
            aggregate_id, network, self.forgettings, self.cohorts, self.people, self.clock
        )

    @ask(ExportMineSchema, answer=exported_answer, write=False)
    def export_mine(self, query):
        return forgetting.export_mine(query, self.slots, self.cohorts, self.people)

    @due("timetables")
    def on_timetable_due(self, aggregate_id, network, kind):
        ports = (self.timetables, self.slots, self.cohorts)
        if kind == "plan":
            planning.plan_timetable(network, aggregate_id, *ports, self.people, self.clock)
        else:
            planning.place_timetable(network, aggregate_id, *ports, self.clock)
