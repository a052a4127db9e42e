"""Membership's second process: works off what takes long, so that nobody waits for it at the door.

It takes no asks. Any number of them may run; each formation and each import is worked on by one at a time.
What it announces lies in the documents it writes, and membership's relay sends it: a process that computes
for seconds would keep the broker waiting, and two relays of one outbox tell everything twice.
"""

from services.kit.due import due
from services.kit.health import Health
from services.membership import wiring, wiring_engagements
from services.membership.domain import formations as formation_rules
from services.membership.domain import imports as import_rules
from services.membership.domain.enrollment_ports import EnrollmentPorts
from services.membership.handlers import committing, imports, placing, searching

LEASE_SECONDS = 60  # longer than the longest stretch that computes without giving way
LOOKS_EVERY = 0.5  # seconds


class FormationWorker:
    """Searches and commits formations, weighs who joins late, checks and applies imports."""

    name = "membership"

    health = Health()
    clock = wiring.clock()
    accounts = wiring.accounts()
    organizations = wiring.organizations()
    people = wiring.people()
    imports = wiring.imports()
    import_parts = wiring.import_parts()
    programs = wiring.programs()
    enrollments = wiring.enrollments()
    formations = wiring.formations()
    cohorts = wiring.cohorts()
    role_holders = wiring.role_holders()
    placements = wiring_engagements.placements()
    launches = wiring.launches()
    intakes = wiring_engagements.intakes()
    shared_threads = wiring.shared_threads()
    skills = wiring_engagements.remote_skills()
    engine = wiring.engine()
    addresses = wiring.addresses()
    apart = wiring.apart()
    together = wiring.together()

    @due("imports", lease_seconds=LEASE_SECONDS, at_once=1, every_seconds=LOOKS_EVERY)
    def on_import_due(self, aggregate_id, network, kind):
        stores = (self.imports, self.import_parts, self.people, self.organizations)
        if kind == import_rules.CHECK:
            imports.check_import(aggregate_id, network, *stores, self.apart, self.addresses, self.clock)
        else:
            imports.apply_import(aggregate_id, network, *stores, self.accounts, self.together, self.clock)

    @due("placements", lease_seconds=LEASE_SECONDS, at_once=1, every_seconds=LOOKS_EVERY)
    def on_placement_due(self, aggregate_id, network, kind):
        stores = (self.programs, self.launches, self.intakes, self.enrollments, self.people, self.cohorts)
        ports = EnrollmentPorts(*stores, self.clock)
        placing.weigh(aggregate_id, network, self.placements, self.shared_threads, self.engine, ports)

    @due("formations", lease_seconds=LEASE_SECONDS, at_once=1, every_seconds=LOOKS_EVERY)
    def on_formation_due(self, aggregate_id, network, kind):
        stores = (self.formations, self.programs)
        if kind == formation_rules.SEARCH:
            sources = (self.enrollments, self.people, self.shared_threads)
            led_by = (self.cohorts, self.role_holders, self.skills)
            searching.search_formation(
                aggregate_id, network, *stores, *sources, *led_by, self.engine, self.clock
            )
        else:
            ports = (self.cohorts, self.enrollments, self.people, self.role_holders, self.together)
            committing.form_committed(aggregate_id, network, *stores, *ports, self.clock)
