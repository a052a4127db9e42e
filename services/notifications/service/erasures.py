"""Doors of a person's own data: exported, forgotten."""

from services.contracts.catalogue import ERASURE
from services.kit.ask import ask
from services.kit.due import due
from services.kit.exporting import ExportMineSchema, exported_answer
from services.kit.listen import listen
from services.notifications import wiring
from services.notifications.handlers import forgetting


class ErasureDoors:
    """What is kept of one person here."""

    forgettings = wiring.forgettings()
    sealing = wiring.sealing()
    notices = wiring.notices()
    preferences = wiring.preferences()
    deliveries = wiring.deliveries()
    world = wiring.world()
    clock = wiring.clock()

    @listen("membership", *ERASURE)
    def on_person_erasure_asked(self, fact, heard):  # these names are queues; see test_queue_names
        forgetting.tell_erasure(fact, heard.type, heard.version, self.notices, self.clock)

    @listen("membership", "person_erasure_requested")
    def on_person_erasure_requested(self, fact, heard):
        forgetting.begin_forgetting(fact, self.forgettings, self.clock)

    @due("forgettings")
    def on_forgetting_due(self, aggregate_id, network, kind):
        ports = (self.world, self.notices, self.preferences, self.deliveries)
        forgetting.forget_person(aggregate_id, network, self.forgettings, self.sealing, *ports, self.clock)

    @ask(ExportMineSchema, answer=exported_answer, write=False)
    def export_mine(self, query):
        return forgetting.export_mine(query, self.notices, self.preferences, self.clock)
