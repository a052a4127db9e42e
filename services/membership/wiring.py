"""Which store, clock and hasher stands behind which port."""

from services.kit.floor import provided
from services.membership.adapters.accounts import MongoAccounts, MongoThrottles
from services.membership.adapters.identity import MongoClients, MongoNetworks, MongoRoles, MongoSignIns
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


def throttles():
    return provided(MongoThrottles)


def passwords():
    return provided(Argon2Passwords)


def tokens():
    return provided(JwtTokens)
