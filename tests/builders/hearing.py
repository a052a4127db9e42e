"""What a house hears and what becomes due in it, without a broker and without waiting.

hear(house, "on_cohort", a_cohort_formed(), version=1)
run_due(house, "timetables", "on_timetable_due")
"""

from datetime import UTC, datetime

from services.contracts.schemas import wire_name
from services.kit.context import Heard
from services.kit.due import Runner
from services.kit.hear import Spoken, carry_out
from services.kit.ids import derived_id

LONG_AGO = datetime(2024, 1, 8, 12, tzinfo=UTC)  # a Monday that every database's clock has left behind

FAR_OFF = datetime(2199, 1, 1, tzinfo=UTC)


class StandingClock:
    """A clock that stands where it is put."""

    def __init__(self, now=LONG_AGO):
        self.moment = now

    def now(self):
        return self.moment


def hear(house, method, fact, version=1, name=None, event_id=None):
    """Have `house` hear one event as its door would; raises what made it fail."""
    name = name or wire_name(type(fact))
    event_id = event_id or derived_id("evt", name, fact.subject(), str(version))
    heard = Heard(event_id, fact.source, name, fact.subject(), version, fact.network, LONG_AGO)
    use_case = getattr(type(house.service), method).__wrapped__
    fault = []

    def told(*spoken):
        try:
            use_case(house.service, *spoken)
        except Exception as error:
            fault.append(error)
            raise

    verdict = carry_out(told, Spoken(fact, heard, None))
    if verdict.kind != "done":
        raise fault[-1] if fault else AssertionError(verdict)


def run_due(house, store, method, most=1000):
    """Carry out what is due by the house's clock, at most `most` times; return how each ended.

    The database's own clock is years ahead of the house's: what is due only by that one is held back.
    """
    documents = getattr(house.service, store).documents
    runner = Runner(getattr(house.service, store), getattr(house.service, method))
    ends = []
    while len(ends) < most and (lease := _take(runner, documents, house.service.clock.now())) is not None:
        ends.append(runner.run(lease))
    documents.update_many({"lease_until": FAR_OFF}, {"$unset": {"lease_until": ""}})
    return ends


def _take(runner, documents, now):
    documents.update_many({"next_due_at": {"$gt": now}}, {"$set": {"lease_until": FAR_OFF}})
    documents.update_many(
        {"next_due_at": {"$lte": now}, "lease_until": FAR_OFF}, {"$unset": {"lease_until": ""}}
    )
    return runner.take()
