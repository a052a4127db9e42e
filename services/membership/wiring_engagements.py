"""Wiring, continued: the stores of what people take on or say beside being members."""

from services.kit.floor import provided
from services.membership.adapters.dedications import MongoDedications
from services.membership.adapters.engagements import MongoEngagements
from services.membership.adapters.experiments import MongoExperiments
from services.membership.adapters.form_names import MongoFormNames
from services.membership.adapters.groups import MongoGroups
from services.membership.adapters.guests import MongoGuests, SlotCopies
from services.membership.adapters.held_sessions import SessionCopies
from services.membership.adapters.intakes import MongoIntakes
from services.membership.adapters.placements import MongoPlacements
from services.membership.adapters.quests import MongoQuests
from services.membership.adapters.remote_skills import MongoRemoteSkills
from services.membership.adapters.seats import MongoAdvices, MongoSeatings
from services.membership.adapters.stakes import MongoStakes
from services.membership.adapters.swaps import MongoSwaps


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


def intakes():
    return provided(MongoIntakes)


def groups():
    return provided(MongoGroups)


def placements():
    return provided(MongoPlacements)


def guests():
    return provided(MongoGuests)


def slots():
    """Copies of scheduling's slots."""
    return provided(SlotCopies)


def held_sessions():
    """Copies of sessions that are over."""
    return provided(SessionCopies)


def remote_skills():
    return provided(MongoRemoteSkills)


def swaps():
    return provided(MongoSwaps)


def engagements():
    return provided(MongoEngagements)
