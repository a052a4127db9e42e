"""Wiring, continued: the stores of what people take on or say beside being members."""

from services.kit.floor import provided
from services.membership.adapters.dedications import MongoDedications
from services.membership.adapters.engagements import MongoEngagements
from services.membership.adapters.experiments import MongoExperiments
from services.membership.adapters.form_names import MongoFormNames
from services.membership.adapters.quests import MongoQuests
from services.membership.adapters.seats import MongoAdvices, MongoSeatings
from services.membership.adapters.stakes import MongoStakes


def seatings():
    return provided(MongoSeatings)


def advices():
    return provided(MongoAdvices)


def quests():
    return provided(MongoQuests)


def stakes():
    return provided(MongoStakes)


def experiments():
    return provided(MongoExperiments)


def dedications():
    return provided(MongoDedications)


def form_names():
    return provided(MongoFormNames)


def engagements():
    return provided(MongoEngagements)
