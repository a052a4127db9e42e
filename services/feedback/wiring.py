"""Which store and clock stands behind which port."""

from services.feedback.adapters.answers import MongoAnswers
from services.feedback.adapters.copies import MongoCohorts, MongoPrograms, MongoSessions
from services.feedback.adapters.ledgers import MongoLedgers
from services.feedback.adapters.store import MongoParticipations, MongoQuestionnaires
from services.kit.floor import provided
from services.kit.forgettings import Forgettings


def questionnaires():
    return provided(MongoQuestionnaires)


def participations():
    return provided(MongoParticipations)


def answers():
    return provided(MongoAnswers)


def ledgers():
    return provided(MongoLedgers)


def cohorts():
    return provided(MongoCohorts)


def programs():
    return provided(MongoPrograms)


def sessions():
    return provided(MongoSessions)


def forgettings():
    return provided(Forgettings)


def sealing():
    return provided(lambda floor: floor.sealing)


def clock():
    return provided(lambda floor: floor.clock)
