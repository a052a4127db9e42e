"""Doors of status safety: cohorts on hold, what would resolve it, and swaps. Other doors provide the rest."""

from typing import Any

from services.kit.ask import ask
from services.kit.due import due
from services.membership import wiring_engagements
from services.membership.handlers import resolving, swapping
from services.membership.messages import safety as messages


class SafetyDoors:
    """Who sits with whom, as staff put it right."""

    swaps = wiring_engagements.swaps()
    cohorts: Any
    programs: Any
    enrollments: Any
    people: Any
    role_holders: Any
    clock: Any

    @ask(messages.ListConflictsSchema, answer=messages.conflicts_answer, write=False)
    def list_conflicts(self, query):
        return resolving.list_conflicts(query, self.cohorts)

    @ask(messages.ShowConflictsSchema, answer=messages.conflict_answer, write=False)
    def show_conflicts(self, query):
        ports = (self.cohorts, self.programs, self.people, self.role_holders)
        return resolving.show_conflicts(query, *ports, self.clock)

    @ask(messages.BeginSwapSchema, answer=messages.swap_answer)
    def begin_swap(self, command):
        return swapping.begin_swap(command, self._swap_ports())

    @ask(messages.ShowSwapSchema, answer=messages.swap_answer, write=False)
    def show_swap(self, query):
        return swapping.show_swap(query, self.swaps)

    @due("swaps")
    def on_swap_due(self, aggregate_id, network, kind):
        swapping.go_on_swap(aggregate_id, network, kind, self._swap_ports())

    def _swap_ports(self):
        stores = (self.swaps, self.cohorts, self.programs, self.enrollments, self.people)
        return swapping.SwapPorts(*stores, self.clock)
