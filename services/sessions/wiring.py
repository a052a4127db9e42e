"""Which store and clock stands behind which port."""

from services.kit.floor import provided
from services.sessions.adapters.copies import MongoCohorts
from services.sessions.adapters.store import MongoSessions


def sessions():
    return provided(MongoSessions)


def cohorts():
    return provided(MongoCohorts)


def clock():
    return provided(lambda floor: floor.clock)
