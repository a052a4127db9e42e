"""Many people told at once: `python -m tests.benchmarks.filling PEOPLE`, as notifications."""

import eventlet

eventlet.monkey_patch()

import json  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from datetime import UTC, datetime, timedelta  # noqa: E402

from services.contracts.events.scheduling import SessionScheduled  # noqa: E402
from services.kit.clock import WallClock  # noqa: E402
from services.kit.documents import BASE_INDEXES  # noqa: E402
from services.kit.floor import Floor  # noqa: E402
from services.kit.ids import new_id  # noqa: E402
from services.kit.mongo import create_indexes  # noqa: E402
from services.kit.settings import Settings  # noqa: E402
from services.notifications.adapters.copies import MongoWorld  # noqa: E402
from services.notifications.adapters.store import BATCH, MongoNotices  # noqa: E402
from services.notifications.handlers.hearing import tell_slot  # noqa: E402

NETWORK = "net_bench"


def told(floor: Floor, people: int) -> float:
    """Return notices a second that one announcement to `people` becomes, from the fact to the last notice."""
    world, notices, cohort = MongoWorld(floor), MongoNotices(floor), new_id("coh")
    names = [f"per_{number:026d}" for number in range(people)]
    world._cohorts.put(NETWORK, cohort, 1, {"people": names, "left": []})
    fact = _slot(cohort)
    began = time.monotonic()
    tell_slot(fact, 1, world, notices, WallClock())
    took = time.monotonic() - began
    found = notices.documents.count_documents({"network": NETWORK})
    if found != people:
        raise SystemExit(f"{found} notices for {people} people")
    return people / took


def ceiling(floor: Floor, people: int) -> float:
    """Return documents a second the database takes: the same, made beforehand, under the same indexes."""
    documents = floor.database["bench_notices"]
    documents.drop()
    create_indexes(documents, (*BASE_INDEXES, *MongoNotices.indexes))
    source = MongoNotices(floor).documents.find({"network": NETWORK}).limit(people)
    ready = list(source)
    began = time.monotonic()
    for start in range(0, people, BATCH):
        documents.insert_many(ready[start : start + BATCH], ordered=False)
    took = time.monotonic() - began
    documents.drop()
    return people / took


def _slot(cohort: str) -> SessionScheduled:
    starts_at = datetime.now(UTC) + timedelta(hours=20)  # nobody is reminded of what they were just told
    return SessionScheduled(
        network=NETWORK,
        session_id=new_id("ses"),
        cohort_id=cohort,
        program_id="prg_bench",
        number=1,
        of=1,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        wall_start="2027-01-12T15:00",
        zone="Europe/Berlin",
        place="",
        sequence=0,
        standing="scheduled",
    )


def main(people: int) -> dict[str, float]:
    floor = Floor(Settings.load("notifications", ("CT_MONGO",)))
    notices = MongoNotices(floor).documents
    notices.delete_many({"network": NETWORK})
    try:
        return {"ours": told(floor, people), "ceiling": ceiling(floor, people)}
    finally:
        notices.delete_many({"network": NETWORK})


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
