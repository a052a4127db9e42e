"""A service with a `@due` door, run by a nameko container: what a save makes due is done, a stop is clean."""

import eventlet

eventlet.monkey_patch()

import sys  # noqa: E402
from dataclasses import replace  # noqa: E402
from datetime import UTC, datetime, timedelta  # noqa: E402

from nameko.containers import ServiceContainer  # noqa: E402

from services.kit.context import work  # noqa: E402
from services.kit.doors import container_config  # noqa: E402
from services.kit.due import due  # noqa: E402
from services.kit.floor import floor_of, provided  # noqa: E402
from services.kit.settings import Settings  # noqa: E402
from tests.builders.shelves import NET, Due, Shelves, a_shelf  # noqa: E402

settings = Settings(service="sessions", mongo=sys.argv[1], db_prefix=sys.argv[2])
seen = eventlet.Queue()


class ShelvesService:
    name = "sessions"
    shelves = provided(Shelves)

    @due("shelves", every_seconds=60)
    def on_due(self, aggregate_id, network, kind):
        shelf = self.shelves.get(network, aggregate_id)
        self.shelves.save(replace(shelf, books=(*shelf.books, kind), due=()))
        seen.put((aggregate_id, kind, work().kind, work().fence))


container = ServiceContainer(ShelvesService, container_config(settings))
container.start()
shelves = Shelves(floor_of(settings))
now = datetime.now(UTC)
for number in range(20):
    shelves.add(a_shelf(f"shf_{number}", f"label {number}", due=(Due("close", now),)))
shelves.add(a_shelf("shf_later", "later", due=(Due("close", now + timedelta(hours=1)),)))

with eventlet.Timeout(20):
    done = {seen.get() for _ in range(20)}
container.stop()

assert done == {(f"shf_{number}", "close", "due", 1) for number in range(20)}, done
assert seen.empty()
assert shelves.count(NET, {"books": ["close"]}) == 20
print("done once")
