"""Doors of a person's own data: exported, forgotten. Other doors provide people, accounts and sign-ins."""

from typing import Any

from services.kit.ask import ask
from services.kit.due import due
from services.kit.exporting import ExportMineSchema, exported_answer
from services.kit.listen import listen
from services.membership import wiring, wiring_engagements
from services.membership.domain.erasure_ports import ErasurePorts
from services.membership.handlers import erasing, erasures, exporting
from services.membership.messages import erasures as messages


class ErasureDoors:
    """How a person is forgotten by all five services, and how far that is."""

    erasures = wiring.erasures()
    ledger = wiring.ledger()
    traces = wiring.traces()
    factors = wiring.own_factors()
    role_holders = wiring.role_holders()
    enrollments = wiring.enrollments()
    cohorts = wiring.cohorts()
    engagements = wiring_engagements.engagements()
    launches: Any
    groups: Any
    guests: Any
    people: Any
    accounts: Any
    sign_ins: Any
    roles: Any
    clock: Any

    @ask(messages.AboutErasureSchema, answer=messages.ErasureSchema)
    def ask_erasure(self, command):
        return erasures.ask_erasure(command, self._erasure_ports())

    @ask(messages.AboutErasureSchema, answer=messages.ErasureSchema)
    def cancel_erasure(self, command):
        return erasures.cancel_erasure(command, self._erasure_ports())

    @ask(messages.ShowErasureSchema, answer=messages.ErasureSchema, write=False)
    def show_erasure(self, query):
        return erasures.show_erasure(query, self._erasure_ports())

    @ask(messages.ListErasuresSchema, answer=messages.ErasurePageSchema, write=False)
    def list_erasures(self, query):
        return erasures.list_erasures(query, self._erasure_ports())

    @ask(ExportMineSchema, answer=exported_answer, write=False)
    def export_mine(self, query):
        return exporting.export_mine(query, self.people, self.accounts, self.traces, self.engagements)

    @due("erasures")
    def on_erasure_due(self, aggregate_id, network, kind):
        erasing.go_on(aggregate_id, network, kind, self._erasure_ports())

    @listen("scheduling", "person_erased_by_scheduling")
    def on_person_erased_by_scheduling(self, fact, heard):
        erasing.confirm(fact, "scheduling", self._erasure_ports())

    @listen("sessions", "person_erased_by_sessions")
    def on_person_erased_by_sessions(self, fact, heard):
        erasing.confirm(fact, "sessions", self._erasure_ports())

    @listen("feedback", "person_erased_by_feedback")
    def on_person_erased_by_feedback(self, fact, heard):
        erasing.confirm(fact, "feedback", self._erasure_ports())

    @listen("notifications", "person_erased_by_notifications")
    def on_person_erased_by_notifications(self, fact, heard):
        erasing.confirm(fact, "notifications", self._erasure_ports())

    def _erasure_ports(self):
        return ErasurePorts(
            erasures=self.erasures,
            ledger=self.ledger,
            traces=self.traces,
            people=self.people,
            accounts=self.accounts,
            factors=self.factors,
            sign_ins=self.sign_ins,
            roles=self.roles,
            role_holders=self.role_holders,
            enrollments=self.enrollments,
            cohorts=self.cohorts,
            launches=self.launches,
            groups=self.groups,
            guests=self.guests,
            engagements=self.engagements,
            clock=self.clock,
        )
