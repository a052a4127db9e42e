"""Doors of operators: of the command line (`operator=True`), and of systems with a token of their own."""

from typing import Any

from services.kit.ask import ask
from services.membership import wiring
from services.membership.handlers import networks, operators
from services.membership.messages import operators as asked


class OperatorDoors:
    """Networks from outside. What makes one is what makes it from the command line."""

    networks = wiring.networks()
    clients: Any
    tokens: Any
    clock: Any
    _appointing: Any

    @ask(asked.RegisterOperatorSchema, answer=asked.operator_answer, operator=True)
    def register_operator(self, command):
        return operators.register_operator(command, self.clients, self.tokens, self.clock)

    @ask(asked.SetOperatorStandingSchema, answer=asked.operator_answer, operator=True)
    def set_operator_standing(self, command):
        return operators.set_operator_standing(command, self.clients, self.clock)

    @ask(answer=asked.operators_answer, operator=True, write=False)
    def list_operators(self, question):
        return operators.list_operators(self.clients)

    @ask(asked.BeginNetworkSchema, answer=asked.opened_network_answer)
    def begin_network(self, command):
        operators.check_operator(command.caller)
        return networks.create_network(command, self.networks, self._appointing(), self.tokens, self.clock)

    @ask(asked.ListNetworksSchema, answer=asked.operated_networks_answer, write=False)
    def list_networks(self, query):
        return operators.list_networks(query, self.networks)

    @ask(asked.NameNetworkSchema, answer=asked.operated_network_answer, write=False)
    def show_any_network(self, query):
        return operators.show_any_network(query, self.networks)

    @ask(asked.SetNetworkStandingSchema, answer=asked.operated_network_answer, lane="network_id")
    def set_network_standing(self, command):
        return operators.set_network_standing(command, self.networks)
