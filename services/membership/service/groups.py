"""Doors of self-formed groups. The doors of enrollment provide what they share."""

from typing import Any

from services.kit.ask import ask
from services.kit.due import due
from services.membership import wiring_engagements
from services.membership.handlers import groups
from services.membership.messages import groups as messages
from services.membership.messages.identity import NothingSchema


class GroupDoors:
    """Groups that people form by themselves."""

    groups = wiring_engagements.groups()
    _enrollment_ports: Any

    @ask(messages.FoundGroupSchema, answer=messages.group_answer)
    def found_group(self, command):
        return groups.found_group(command, self.groups, self._enrollment_ports())

    @ask(NothingSchema, answer=messages.groups_answer, write=False)
    def list_groups(self, query):
        return groups.list_groups(query, self.groups)

    @ask(messages.AboutGroupSchema, answer=messages.group_answer, write=False)
    def show_group(self, query):
        return groups.show_group(query, self.groups, self._enrollment_ports())

    @ask(messages.InviteToGroupSchema, answer=messages.group_answer, lane="group_id")
    def invite_to_group(self, command):
        return groups.invite_to_group(command, self.groups, self._enrollment_ports())

    @ask(messages.AboutGroupSchema, answer=messages.group_answer, lane="group_id")
    def join_group(self, command):
        return groups.join_group(command, self.groups, self._enrollment_ports())

    @ask(messages.AboutGroupSchema, answer=messages.group_answer, lane="group_id")
    def leave_group(self, command):
        return groups.leave_group(command, self.groups, self._enrollment_ports())

    @ask(messages.AboutGroupSchema, answer=messages.group_answer, lane="group_id")
    def form_group(self, command):
        return groups.form_group(command, self.groups, self._enrollment_ports())

    @due("groups")
    def on_group_due(self, aggregate_id, network, kind):
        groups.go_on_forming(aggregate_id, network, self.groups, self._enrollment_ports())
