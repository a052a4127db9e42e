"""Doors of networks, sign-ins and roles."""

from typing import Any

from services.kit.ask import ask
from services.kit.due import due
from services.membership import wiring
from services.membership.handlers import me, networks, roles, sign_ins
from services.membership.messages import identity as asked
from services.membership.messages import identity_answers as answers


class IdentityDoors:
    """Who signs in, and as whom. Stores of people and organizations are those of `PeopleDoors`.

    What answers with a token is `write=False`: it keeps no record of its request, so no token is ever kept.
    """

    clock = wiring.clock()
    networks = wiring.networks()
    accounts = wiring.accounts()
    sign_ins = wiring.sign_ins()
    roles = wiring.roles()
    throttles = wiring.throttles()
    passwords = wiring.passwords()
    tokens = wiring.tokens()
    factors: Any
    people: Any
    organizations: Any

    @ask(asked.CreateNetworkSchema, answer=answers.begun_answer, operator=True)
    def create_network(self, command):
        return networks.create_network(command, self.networks, self._appointing(), self.tokens, self.clock)

    @due("networks")
    def on_network_due(self, aggregate_id, network, kind):
        networks.appoint_admin(aggregate_id, clock=self.clock, **self._appointing())

    @ask(asked.NothingSchema, answer=answers.shown_network_answer, write=False)
    def show_network(self, question):
        return networks.show_network(question.caller, self.networks)

    @ask(asked.ChangeNetworkSchema, answer=answers.shown_network_answer)
    def change_network(self, command):
        return networks.change_network(command, self.networks, self.roles, self.clock)

    @ask(asked.StartSignInSchema, answer=answers.nothing_answer, write=False)
    def start_sign_in(self, command):
        sign_ins.start_sign_in(command, self.accounts, self.sign_ins, self.throttles, self.tokens, self.clock)

    @ask(asked.FinishSignInSchema, answer=answers.tokens_answer, write=False)
    def finish_sign_in(self, command):
        return sign_ins.finish_sign_in(
            command,
            self.accounts,
            self.sign_ins,
            self.people,
            self.roles,
            self.networks,
            self.tokens,
            self.clock,
        )

    @ask(asked.PasswordSignInSchema, answer=answers.tokens_answer, write=False)
    def password_sign_in(self, command):
        ports = (self.accounts, self.factors, self.sign_ins, self.people, self.roles, self.networks)
        return sign_ins.password_sign_in(
            command, *ports, self.throttles, self.passwords, self.tokens, self.clock
        )

    @ask(asked.RefreshTokensSchema, answer=answers.tokens_answer, write=False)
    def refresh_tokens(self, command):
        return sign_ins.refresh_tokens(
            command, self.sign_ins, self.people, self.roles, self.networks, self.tokens, self.clock
        )

    @ask(asked.NothingSchema, answer=answers.nothing_answer, write=False)
    def sign_out(self, command):
        sign_ins.sign_out(command.caller, self.sign_ins, self.clock)

    @ask(asked.NothingSchema, answer=answers.me_answer, write=False)
    def show_me(self, question):
        ports = (self.people, self.networks, self.roles, self.accounts, self.factors, self.clock)
        return me.show_me(question.caller, *ports)

    @ask(asked.GrantRoleSchema, answer=answers.role_answer)
    def grant_role(self, command):
        return roles.grant_role(command, self.roles, self.people, self.clock)

    @ask(asked.ListRolesSchema, answer=answers.roles_answer, write=False)
    def list_roles(self, query):
        return roles.list_roles(query, self.roles, self.people, self.clock)

    @ask(asked.RevokeRoleSchema, answer=answers.role_answer)
    def revoke_role(self, command):
        return roles.revoke_role(command, self.roles, self.clock)

    def _appointing(self):
        return {
            "networks": self.networks,
            "people": self.people,
            "accounts": self.accounts,
            "roles": self.roles,
            "sign_ins": self.sign_ins,
        }
