"""What is left of words in the databases of one service, down to the bytes; sealed ones count as gone."""

from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument

from services.contracts.events.erasures import PersonErasureRequested
from tests.builders.hearing import LONG_AGO, hear, run_due

RAW = CodecOptions(document_class=RawBSONDocument)


def remains(floor, *words):
    """Return (collection, word) of every document of the service that holds any of `words`."""
    found = set()
    for name in (floor.settings.database, floor.settings.keys_database):
        database = floor.client.get_database(name, codec_options=RAW)
        for collection in database.list_collection_names():
            for document in database[collection].find():
                found |= {(collection, word) for word in words if word.encode() in document.raw}
    return found


def an_erasure(person_id="per_ada", network="net_1"):
    """The request by which each service forgets somebody."""
    return PersonErasureRequested(network, person_id.replace("per_", "era_"), person_id, LONG_AGO, "erasing")


def forget_in(house, person_id="per_ada", network="net_1", version=1):
    """Have a service's house hear the request and carry it out; return how the due work ended.

    The house's clock stands long ago meanwhile: what is due goes by the database's own.
    """
    clock, then = house.service.clock, house.service.clock.moment
    clock.moment = LONG_AGO
    try:
        hear(house, "on_person_erasure_requested", an_erasure(person_id, network), version)
        return run_due(house, "forgettings", "on_forgetting_due")
    finally:
        clock.moment = then


def with_new_keys(house):
    """Give a house that others stood in before a key database in which nobody was ever forgotten."""
    floor = house.service.forgettings.floor
    for name in floor.client[floor.settings.keys_database].list_collection_names():
        floor.client[floor.settings.keys_database][name].delete_many({})
    floor.sealing.drop_cached()
    return house


def confirmations(house):
    """The types a house announced about forgetting."""
    documents = house.service.forgettings.documents.find()
    return [entry["routing_key"] for each in documents for entry in each["outbox"]]
