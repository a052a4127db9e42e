"""Which store and clock stands behind which port."""

from services.kit.floor import provided
from services.kit.forgettings import Forgettings
from services.sessions.adapters.copies import MongoCohorts, MongoGuests
from services.sessions.adapters.store import MongoSessions


def sessions():
    return provided(MongoSessions)


def cohorts():
    return provided(MongoCohorts)


def guests():
    return provided(MongoGuests)


def forgettings():
    return provided(Forgettings)


def sealing():
    return provided(lambda floor: floor.sealing)


def clock():
    return provided(lambda floor: floor.clock)
