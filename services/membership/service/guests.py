"""Doors of guests. Other doors provide cohorts, people and the clock."""

from typing import Any

from services.contracts.catalogue import SLOT
from services.kit.ask import ask
from services.kit.due import due
from services.kit.listen import listen
from services.membership import wiring_engagements
from services.membership.domain.guest_ports import GuestPorts
from services.membership.handlers import guests
from services.membership.messages import guests as messages


class GuestDoors:
    """Who may come to one session beside the cohort."""

    guests = wiring_engagements.guests()
    slots = wiring_engagements.slots()
    cohorts: Any
    people: Any
    clock: Any

    @ask(messages.InviteGuestSchema, answer=messages.guest_answer)
    def invite_guest(self, command):
        return guests.invite_guest(command, self._guest_ports())

    @ask(messages.AboutGuestSchema, answer=messages.guest_answer, write=False)
    def show_guest(self, query):
        return guests.show_guest(query, self._guest_ports())

    @ask(messages.ListGuestsSchema, answer=messages.guests_answer, write=False)
    def list_guests(self, query):
        return guests.list_guests(query, self._guest_ports())

    @ask(messages.ListMyGuestsSchema, answer=messages.guests_answer, write=False)
    def list_my_guests(self, query):
        return guests.list_my_guests(query, self._guest_ports())

    @ask(messages.AnswerGuestSchema, answer=messages.guest_answer, lane="invitation_id")
    def answer_guest(self, command):
        return guests.answer_guest(command, self._guest_ports())

    @ask(messages.AboutGuestSchema, answer=messages.guest_answer, lane="invitation_id")
    def pledge_as_guest(self, command):
        return guests.pledge_as_guest(command, self._guest_ports())

    @ask(messages.AboutGuestSchema, answer=messages.guest_answer, lane="invitation_id")
    def withdraw_guest(self, command):
        return guests.withdraw_guest(command, self._guest_ports())

    @listen("scheduling", *SLOT)
    def on_slot(self, fact, heard):  # the name is a queue; see test_queue_names
        guests.follow_slot(fact, heard.version, self._guest_ports())

    @due("guests")
    def on_guest_due(self, aggregate_id, network, kind):
        guests.decide_guest(aggregate_id, network, self._guest_ports())

    def _guest_ports(self):
        return GuestPorts(self.guests, self.slots, self.cohorts, self.people, self.clock)
