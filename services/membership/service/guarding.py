"""Doors through which membership hears itself, so that no change of lines, rosters or roles is missed."""

from typing import Any

from services.contracts.catalogue import PERSON, ROLE, ROSTERS
from services.kit.due import due
from services.kit.listen import listen
from services.membership import wiring
from services.membership.handlers import guarding, profiles


class GuardingDoors:
    """Cohorts, people, profiles and roles are those of the other doors."""

    guardings = wiring.guardings()
    role_holders = wiring.role_holders()
    clock: Any
    cohorts: Any
    people: Any
    profiles: Any

    @listen("membership", *PERSON, copy=True)
    def on_lines(self, fact, heard):
        guarding.look_soon(fact.network, self.guardings, self.clock)
        profiles.rename_in_directory(fact, self.profiles)

    @listen("membership", *ROSTERS)
    def on_roster(self, fact, heard):
        guarding.look_soon(fact.network, self.guardings, self.clock)

    @listen("membership", *ROLE)
    def on_role(self, fact, heard):
        guarding.look_soon(fact.network, self.guardings, self.clock)

    @due("guardings", at_once=1)
    def on_guarding_due(self, aggregate_id, network, kind):
        ports = (self.guardings, self.cohorts, self.people, self.role_holders)
        guarding.look(network, *ports, self.clock)
