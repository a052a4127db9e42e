"""Rings the bell for membership; decides nothing. Each file of this room holds the doors of one area."""

from services.membership.service.accounts import AccountDoors
from services.membership.service.audit import AuditDoors
from services.membership.service.clients import ClientDoors
from services.membership.service.cohorts import CohortDoors
from services.membership.service.connections import ConnectionDoors
from services.membership.service.dedications import DedicationDoors
from services.membership.service.designs import DesignDoors
from services.membership.service.enrollments import EnrollmentDoors
from services.membership.service.erasures import ErasureDoors
from services.membership.service.experiments import ExperimentDoors
from services.membership.service.formations import FormationDoors
from services.membership.service.groups import GroupDoors
from services.membership.service.guarding import GuardingDoors
from services.membership.service.guests import GuestDoors
from services.membership.service.identity import IdentityDoors
from services.membership.service.ladder import LadderDoors
from services.membership.service.launches import LaunchDoors
from services.membership.service.lines import LineDoors
from services.membership.service.live import LiveDoors
from services.membership.service.operators import OperatorDoors
from services.membership.service.own_factors import OwnFactorDoors
from services.membership.service.people import PeopleDoors
from services.membership.service.profiles import ProfileDoors
from services.membership.service.programs import ProgramDoors
from services.membership.service.quests import QuestDoors
from services.membership.service.remote_skills import RemoteSkillDoors
from services.membership.service.safety import SafetyDoors
from services.membership.service.seats import SeatDoors
from services.membership.service.signing import SigningDoors
from services.membership.service.stakes import StakeDoors


class MembershipService(
    IdentityDoors,
    AccountDoors,
    OwnFactorDoors,
    ClientDoors,
    SigningDoors,
    ConnectionDoors,
    LiveDoors,
    AuditDoors,
    OperatorDoors,
    GuardingDoors,
    PeopleDoors,
    ProfileDoors,
    LineDoors,
    DesignDoors,
    LaunchDoors,
    SeatDoors,
    QuestDoors,
    StakeDoors,
    ExperimentDoors,
    DedicationDoors,
    ProgramDoors,
    EnrollmentDoors,
    GroupDoors,
    FormationDoors,
    CohortDoors,
    SafetyDoors,
    GuestDoors,
    LadderDoors,
    RemoteSkillDoors,
    ErasureDoors,
):
    """Who belongs to what, and may?"""

    name = "membership"
