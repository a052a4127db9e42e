"""Which store, clock and hasher stands behind which port."""

from eventlet import tpool

from services.kit.floor import provided
from services.kit.outward import Outward
from services.kit.processes import Processes
from services.membership.adapters.account_moves import Invitings, MongoAddressMoves, MongoInvitations
from services.membership.adapters.accounts import MongoAccounts
from services.membership.adapters.addresses import is_address
from services.membership.adapters.assertions import ClientAssertions
from services.membership.adapters.audit import MongoAuditChains, MongoAuditEntries
from services.membership.adapters.clients import MongoClients
from services.membership.adapters.cohorts import MongoCohorts, MongoRoleHolders
from services.membership.adapters.common_passwords import common_passwords as listed_passwords
from services.membership.adapters.connections import (
    Attempts,
    LogoutHints,
    MongoConnections,
    MongoIdentities,
)
from services.membership.adapters.enrollments import MongoEnrollments
from services.membership.adapters.erasures import MongoErasures, MongoTraces
from services.membership.adapters.factor_secrets import StandardFactorSecrets
from services.membership.adapters.formations import MongoFormations
from services.membership.adapters.guarding import MongoGuardings
from services.membership.adapters.identity import MongoNetworks, MongoRoles, MongoSignIns
from services.membership.adapters.imports import MongoImportParts, MongoImports
from services.membership.adapters.launches import MongoLaunches
from services.membership.adapters.ledger import FileLedger
from services.membership.adapters.own_factors import MongoOwnFactors
from services.membership.adapters.people import MongoOrganizations, MongoPeople
from services.membership.adapters.profiles import MongoProfiles
from services.membership.adapters.programs import MongoPrograms
from services.membership.adapters.providers import Providers
from services.membership.adapters.recent_access import MongoRecentAccess
from services.membership.adapters.shared_threads import MongoSharedThreads
from services.membership.adapters.side_by_side import side_by_side
from services.membership.adapters.throttles import MongoThrottles
from services.membership.adapters.tokens import Argon2Passwords, JwtTokens
from services.membership.handlers.erasing import take_over_ledger


def clock():
    return provided(lambda floor: floor.clock)


def networks():
    return provided(MongoNetworks)


def accounts():
    return provided(MongoAccounts)


def invitations():
    return provided(MongoInvitations)


def invitings():
    return provided(Invitings)


def address_moves():
    return provided(MongoAddressMoves)


def sign_ins():
    return provided(MongoSignIns)


def roles():
    return provided(MongoRoles)


def clients():
    return provided(MongoClients)


def assertions():
    return provided(ClientAssertions)


def throttles():
    return provided(MongoThrottles)


def passwords():
    return provided(Argon2Passwords)


def own_factors():
    return provided(MongoOwnFactors)


def common_passwords():
    return provided(lambda floor: listed_passwords())


def factor_secrets():
    return provided(lambda floor: StandardFactorSecrets())


def tokens():
    return provided(JwtTokens)


def organizations():
    return provided(MongoOrganizations)


def people():
    return provided(MongoPeople)


def profiles():
    return provided(MongoProfiles)


def shared_threads():
    return provided(MongoSharedThreads)


def imports():
    return provided(MongoImports)


def import_parts():
    return provided(MongoImportParts)


def programs():
    return provided(MongoPrograms)


def launches():
    return provided(MongoLaunches)


def enrollments():
    return provided(MongoEnrollments)


def processes():
    return provided(Processes)


def formations():
    return provided(MongoFormations)


def cohorts():
    return provided(MongoCohorts)


def guardings():
    return provided(MongoGuardings)


def audit_entries():
    return provided(MongoAuditEntries)


def audit_chains():
    return provided(MongoAuditChains)


def recent_access():
    return provided(MongoRecentAccess)


def role_holders():
    return provided(MongoRoleHolders)


def connections():
    return provided(MongoConnections)


def identities():
    return provided(MongoIdentities)


def attempts():
    return provided(Attempts)


def logout_hints():
    return provided(LogoutHints)


def providers():
    return provided(_providers)


def erasures():
    return provided(MongoErasures)


def traces():
    return provided(MongoTraces)


def ledger():
    return provided(LedgerOfThisPlace)


def apart():
    return provided(lambda floor: tpool.execute)


def together():
    return provided(lambda floor: side_by_side)


def addresses():
    return provided(lambda floor: is_address)


def engine():
    """The formation engine; imported here, so that only the worker loads numpy and numba."""
    return provided(_engine)


def _engine(floor):
    from services.membership.adapters.engine import FormationEngine  # noqa: PLC0415

    return FormationEngine()


def _providers(floor):
    outward = Outward(floor.settings.outward_allow, connect=3, read=3, total=4, limit=256_000)
    return Providers(outward, floor.settings.public_url)


class LedgerOfThisPlace(FileLedger):
    """The ledger of CT_LEDGER; what it says was begun is taken over whenever membership starts."""

    def __init__(self, floor):
        super().__init__(floor.settings.ledger)
        self._floor = floor

    def prepare(self):
        """Begin again what a restored database does not know of; repeating begins nothing twice."""
        take_over_ledger(MongoErasures(self._floor), MongoAccounts(self._floor), self)
