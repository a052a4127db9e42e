"""Which store, clock and hasher stands behind which port."""

from eventlet import tpool

from services.kit.floor import provided
from services.kit.processes import Processes
from services.membership.adapters.accounts import MongoAccounts, MongoThrottles
from services.membership.adapters.addresses import is_address
from services.membership.adapters.assertions import ClientAssertions
from services.membership.adapters.clients import MongoClients
from services.membership.adapters.cohorts import MongoCohorts, MongoRoleHolders
from services.membership.adapters.formations import MongoFormations
from services.membership.adapters.identity import MongoNetworks, MongoRoles, MongoSignIns
from services.membership.adapters.imports import MongoImportParts, MongoImports
from services.membership.adapters.people import MongoOrganizations, MongoPeople
from services.membership.adapters.programs import MongoEnrollments, MongoPrograms
from services.membership.adapters.side_by_side import side_by_side
from services.membership.adapters.tokens import Argon2Passwords, JwtTokens


def clock():
    return provided(lambda floor: floor.clock)


def networks():
    return provided(MongoNetworks)


def accounts():
    return provided(MongoAccounts)


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


def tokens():
    return provided(JwtTokens)


def organizations():
    return provided(MongoOrganizations)


def people():
    return provided(MongoPeople)


def imports():
    return provided(MongoImports)


def import_parts():
    return provided(MongoImportParts)


def programs():
    return provided(MongoPrograms)


def enrollments():
    return provided(MongoEnrollments)


def processes():
    return provided(Processes)


def formations():
    return provided(MongoFormations)


def cohorts():
    return provided(MongoCohorts)


def role_holders():
    return provided(MongoRoleHolders)


def apart():
    """Calls a function in another thread and waits for it, while the loop goes on."""
    return provided(lambda floor: tpool.execute)


def together():
    """Calls a function for many items side by side."""
    return provided(lambda floor: side_by_side)


def addresses():
    return provided(lambda floor: is_address)


def engine():
    """The formation engine; imported here, so that only the worker loads numpy and numba."""
    return provided(_engine)


def _engine(floor):
    from services.membership.adapters.engine import FormationEngine  # noqa: PLC0415

    return FormationEngine()
