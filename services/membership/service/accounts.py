"""Doors of accounts: sign-ins of one's own, networks one belongs to, addresses, invitations."""

from typing import Any

from services.kit.ask import ask
from services.kit.due import due
from services.membership import wiring
from services.membership.handlers import address_moves, inviting, joining, my_sign_ins
from services.membership.messages import account_answers as answers
from services.membership.messages import accounts as asked
from services.membership.messages.identity import NothingSchema
from services.membership.messages.identity_answers import nothing_answer, tokens_answer


class AccountDoors:
    """What a person does with their account. What answers with a token keeps no record of its request."""

    invitations = wiring.invitations()
    invitings = wiring.invitings()
    address_moves = wiring.address_moves()
    accounts: Any
    clock: Any
    networks: Any
    people: Any
    roles: Any
    sign_ins: Any
    throttles: Any
    tokens: Any

    @ask(NothingSchema, answer=answers.sign_ins_answer, write=False)
    def list_sign_ins(self, query):
        return my_sign_ins.list_sign_ins(query.caller, self.sign_ins, self.clock)

    @ask(asked.RevokeSignInSchema, answer=nothing_answer, write=False)
    def revoke_sign_in(self, command):
        my_sign_ins.revoke_sign_in(command, self.sign_ins, self.clock)

    @ask(NothingSchema, answer=nothing_answer, write=False)
    def sign_out_everywhere(self, command):
        my_sign_ins.sign_out_everywhere(command.caller, self.sign_ins, self.clock)

    @ask(asked.SwitchNetworkSchema, answer=tokens_answer, write=False)
    def switch_network(self, command):
        ports = (self.accounts, self.sign_ins, self.people, self.roles, self.networks)
        return my_sign_ins.switch_network(command, *ports, self.tokens, self.clock)

    @ask(NothingSchema, answer=answers.places_answer, write=False)
    def list_my_networks(self, query):
        return joining.list_my_networks(
            query.caller, self.accounts, self.networks, self.people, self.sign_ins
        )

    @ask(asked.JoinNetworkSchema, answer=answers.place_answer, write=False)
    def join_network(self, command):
        ports = (self.accounts, self.invitations, self.networks, self.people, self.sign_ins)
        return joining.join_network(command, *ports, self.clock)

    @ask(asked.DeclineNetworkSchema, answer=nothing_answer, write=False)
    def decline_network(self, command):
        joining.decline_network(command, self.accounts, self.sign_ins)

    @ask(asked.InvitePeopleSchema, answer=answers.inviting_answer)
    def invite_people(self, command):
        return inviting.invite_people(command, self.people, self.invitings, self.clock)

    @ask(asked.ShowInvitingSchema, answer=answers.inviting_answer, write=False)
    def show_inviting(self, query):
        return inviting.show_inviting(query, self.invitings)

    @due("invitings")
    def on_inviting_due(self, aggregate_id, network, kind):
        stores = (self.people, self.accounts, self.invitations, self.address_moves, self.throttles)
        inviting.go_on_inviting(aggregate_id, network, self.invitings, inviting.Inviting(*stores), self.clock)

    @ask(asked.KnockSchema, answer=nothing_answer, write=False)
    def knock(self, command):
        ports = (self.invitations, self.accounts, self.sign_ins, self.throttles, self.tokens)
        inviting.knock(command, *ports, self.clock)

    @ask(NothingSchema, answer=answers.addresses_answer, write=False)
    def show_addresses(self, query):
        return address_moves.show_addresses(query.caller, self.accounts, self.address_moves, self.people)

    @ask(asked.MoveAddressSchema, answer=answers.move_answer, write=False)
    def move_address(self, command):
        ports = (self.accounts, self.address_moves, self.sign_ins, self.throttles)
        return address_moves.move_address(command, *ports, self.clock)

    @ask(asked.StopMoveSchema, answer=answers.move_answer, write=False)
    def stop_move(self, command):
        return address_moves.stop_move(command, self.address_moves)

    @ask(NothingSchema, answer=answers.linked_move_answer, write=False)
    def show_linked_move(self, query):
        return address_moves.show_move_of_link(query.caller, self.address_moves)

    @ask(asked.AnswerMoveSchema, answer=answers.linked_move_answer, write=False)
    def answer_move(self, command):
        return address_moves.answer_move(command, self.address_moves, self.clock)

    @due("address_moves")
    def on_address_move_due(self, aggregate_id, network, kind):
        ports = (self.address_moves, self.accounts, self.invitations, self.people, self.sign_ins)
        address_moves.complete_move(aggregate_id, network, *ports, self.clock)
