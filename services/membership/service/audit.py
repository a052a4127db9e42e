"""Doors of the audit trail. Each source has a queue of its own; what they tell is the same."""

from typing import Any

from services.kit.ask import ask
from services.kit.due import due
from services.kit.listen import listen
from services.membership import wiring
from services.membership.handlers import audit
from services.membership.messages import audit as asked


class AuditDoors:
    """Who did what, and who read whom. People and roles are those of the other doors."""

    audit_entries = wiring.audit_entries()
    audit_chains = wiring.audit_chains()
    clock: Any
    people: Any
    roles: Any

    @listen("membership", "audit_noted")
    def on_membership_noted(self, fact, heard):
        self._take(fact, heard)

    @listen("scheduling", "audit_noted")
    def on_scheduling_noted(self, fact, heard):
        self._take(fact, heard)

    @listen("sessions", "audit_noted")
    def on_sessions_noted(self, fact, heard):
        self._take(fact, heard)

    @listen("feedback", "audit_noted")
    def on_feedback_noted(self, fact, heard):
        self._take(fact, heard)

    @listen("notifications", "audit_noted")
    def on_notifications_noted(self, fact, heard):
        self._take(fact, heard)

    @due("audit_chains", at_once=1)
    def on_audit_due(self, aggregate_id, network, kind):
        audit.lengthen_chain(aggregate_id, self.audit_entries, self.audit_chains, self.clock)

    @ask(write=False)
    def note_refusals(self, question):
        """Leave the caller's name in the trail of their network, because a gateway refused them too often."""
        return {}

    @ask(asked.ListAuditSchema, answer=asked.audit_answer, write=False)
    def list_audit(self, query):
        return audit.list_audit(query, self.audit_entries, self.people, self.roles, self.clock)

    @ask(asked.ExportAuditSchema, answer=asked.exported_answer, write=False)
    def export_audit(self, query):
        return audit.list_audit(query, self.audit_entries, self.people, self.roles, self.clock)

    @ask(asked.VerifyAuditSchema, answer=asked.verdict_answer, write=False, operator=True)
    def verify_audit(self, query):
        return audit.verify_audit(query, self.audit_entries, self.audit_chains)

    @ask(write=False, operator=True)
    def list_audit_chains(self, question):
        return {"data": self.audit_chains.networks()}

    def _take(self, fact, heard):
        audit.take_note(fact, heard.source, self.audit_entries, self.audit_chains, self.clock)
