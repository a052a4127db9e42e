"""Doors of organizations' identity providers: kept, tested, and signed in by."""

from typing import Any

from services.kit.ask import ask
from services.membership import wiring
from services.membership.handlers import arrivals, connections, identities
from services.membership.handlers.reception import Reception
from services.membership.messages import connection_answers as answers
from services.membership.messages import connections as asked
from services.membership.messages.identity import NothingSchema
from services.membership.messages.identity_answers import tokens_answer


class ConnectionDoors:
    """Coming by an organization's own provider. What answers with a token keeps no record of its request."""

    connections = wiring.connections()
    identities = wiring.identities()
    attempts = wiring.attempts()
    logout_hints = wiring.logout_hints()
    providers = wiring.providers()
    addresses = wiring.addresses()
    accounts: Any
    clock: Any
    networks: Any
    organizations: Any
    people: Any
    roles: Any
    sign_ins: Any
    throttles: Any
    tokens: Any

    @ask(asked.AddConnectionSchema, answer=answers.connection_answer)
    def add_connection(self, command):
        return connections.add_connection(
            command, self.connections, self.organizations, self.roles, self.providers, self.clock
        )

    @ask(asked.ListConnectionsSchema, answer=answers.connections_answer, write=False)
    def list_connections(self, query):
        return connections.list_connections(query, self.connections, self.roles, self.clock)

    @ask(asked.NameConnectionSchema, answer=answers.connection_answer, write=False)
    def show_connection(self, query):
        return connections.show_connection(query, self.connections, self.roles, self.clock)

    @ask(asked.ChangeConnectionSchema, answer=answers.connection_answer, lane="connection_id")
    def change_connection(self, command):
        return connections.change_connection(
            command, self.connections, self.roles, self.providers, self.clock
        )

    @ask(asked.NameConnectionSchema, answer=answers.tested_answer, write=False)
    def test_connection(self, command):
        return connections.test_connection(
            command, self.connections, self.roles, self.providers, self.throttles, self.clock
        )

    @ask(asked.FindConnectionsSchema, answer=answers.found_answer, write=False)
    def find_connections(self, query):
        return arrivals.find_connections(query, self._reception())

    @ask(asked.BeginArrivalSchema, answer=answers.begun_answer, write=False)
    def begin_connection_sign_in(self, command):
        return arrivals.begin_sign_in(command, self._reception())

    @ask(asked.FinishArrivalSchema, answer=tokens_answer, write=False)
    def finish_connection_sign_in(self, command):
        return arrivals.finish_sign_in(command, self._reception())

    @ask(NothingSchema, answer=answers.sign_out_answer, write=False)
    def show_provider_sign_out(self, question):
        return arrivals.provider_sign_out(question.caller, self._reception())

    @ask(asked.BeginArrivalSchema, answer=answers.begun_answer, write=False)
    def begin_linking(self, command):
        return identities.begin_linking(command, self._reception())

    @ask(asked.FinishArrivalSchema, answer=answers.identity_answer, write=False)
    def finish_linking(self, command):
        return identities.finish_linking(command, self._reception())

    @ask(NothingSchema, answer=answers.identities_answer, write=False)
    def list_identities(self, question):
        return identities.list_identities(question.caller, self._reception())

    @ask(asked.UnlinkIdentitySchema, answer=answers.identity_answer)
    def unlink_identity(self, command):
        return identities.unlink_identity(command, self._reception())

    def _reception(self):
        return Reception(
            connections=self.connections,
            identities=self.identities,
            attempts=self.attempts,
            hints=self.logout_hints,
            providers=self.providers,
            people=self.people,
            accounts=self.accounts,
            roles=self.roles,
            networks=self.networks,
            sign_ins=self.sign_ins,
            throttles=self.throttles,
            tokens=self.tokens,
            clock=self.clock,
            is_address=self.addresses,
        )
