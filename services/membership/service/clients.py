"""Doors of partner systems: for who registers them, and for themselves."""

from typing import Any

from services.kit.ask import ask
from services.membership import wiring
from services.membership.handlers import client_tokens, clients
from services.membership.messages import client_answers as answers
from services.membership.messages import clients as asked
from services.membership.messages.identity_answers import nothing_answer


class ClientDoors:
    """Stores of roles and organizations, throttles, tokens and clock are those of the other doors.

    What answers with a token is `write=False`: it keeps no record of its request, so no token is ever kept.
    """

    clients = wiring.clients()
    assertions = wiring.assertions()
    clock: Any
    networks: Any
    organizations: Any
    roles: Any
    throttles: Any
    tokens: Any

    @ask(asked.RegisterClientSchema, answer=answers.with_secret_answer)
    def register_client(self, command):
        ports = (self.clients, self.organizations, self.roles, self.tokens, self.assertions)
        return clients.register_client(command, *ports, self.clock)

    @ask(asked.ListClientsSchema, answer=answers.clients_answer, write=False)
    def list_clients(self, query):
        return clients.list_clients(query, self.clients, self.roles, self.clock)

    @ask(asked.NameClientSchema, answer=answers.client_answer, write=False)
    def show_client(self, query):
        return clients.show_client(query, self.clients, self.roles, self.clock)

    @ask(asked.ChangeClientSchema, answer=answers.client_answer)
    def change_client(self, command):
        return clients.change_client(command, self.clients, self.roles, self.assertions, self.clock)

    @ask(asked.NameClientSchema, answer=answers.with_secret_answer)
    def add_client_secret(self, command):
        return clients.add_client_secret(command, self.clients, self.roles, self.tokens, self.clock)

    @ask(asked.RetireClientSecretSchema, answer=answers.client_answer)
    def retire_client_secret(self, command):
        return clients.retire_client_secret(command, self.clients, self.roles, self.clock)

    @ask(asked.SetClientStandingSchema, answer=answers.client_answer)
    def set_client_standing(self, command):
        return clients.set_client_standing(command, self.clients, self.roles, self.clock)

    @ask(asked.AskClientTokenSchema, answer=answers.client_token_answer, write=False)
    def client_token(self, command):
        return client_tokens.client_token(command, self.networks, *self._proving())

    @ask(asked.AskAboutTokenSchema, answer=answers.introspected_answer, write=False)
    def introspect_token(self, command):
        return client_tokens.introspect_token(command, *self._proving())

    @ask(asked.AskAboutTokenSchema, answer=nothing_answer, write=False)
    def revoke_token(self, command):
        client_tokens.revoke_token(command, *self._proving())

    def _proving(self):
        return self.clients, self.throttles, self.assertions, self.tokens, self.clock
