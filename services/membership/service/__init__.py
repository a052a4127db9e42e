"""Rings the bell for membership; decides nothing. Each file of this room holds the doors of one area."""

from services.membership.service.clients import ClientDoors
from services.membership.service.cohorts import CohortDoors
from services.membership.service.identity import IdentityDoors
from services.membership.service.people import PeopleDoors
from services.membership.service.programs import ProgramDoors


class MembershipService(IdentityDoors, ClientDoors, PeopleDoors, ProgramDoors, CohortDoors):
    """Who belongs to what, and may?"""

    name = "membership"
