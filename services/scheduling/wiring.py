"""Which store and clock stands behind which port."""

from services.kit.floor import provided
from services.kit.forgettings import Forgettings
from services.scheduling.adapters.copies import CohortCopies, PersonCopies
from services.scheduling.adapters.store import MongoSlots, MongoTimetables


def timetables():
    return provided(MongoTimetables)


def slots():
    return provided(MongoSlots)


def cohorts():
    return provided(CohortCopies)


def people():
    return provided(PersonCopies)


def forgettings():
    return provided(Forgettings)


def clock():
    return provided(lambda floor: floor.clock)
