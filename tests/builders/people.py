"""Rosters, programs and callers for the tests of membership's people half; its worker run by hand."""

from datetime import date

from services.contracts.caller import Caller
from services.contracts.events.membership import WeeklyHours
from services.kit.due import Runner
from services.kit.floor import Provided, prepare
from services.membership.domain.people import Person, email_key
from services.membership.domain.programs import Program
from services.membership.service.worker import FormationWorker

NET = "net_1"
MONDAY = date(2027, 2, 1)
OFFICE_HOURS = tuple(WeeklyHours(day, 9 * 60, 17 * 60) for day in range(5))
HEADER = "Name,Email,Organization,Manager,Zone,Title,Function,Level,Years,Weekly hours,Language,ID"


def staff(network=NET, role="program_staff"):
    return Caller(
        kind="person",
        network=network,
        person_id="per_staff",
        account_id="acc_1",
        roles=frozenset({role, "member"}),
    )


def signed_in(person_id, network=NET, *roles, organization_id=None):
    return Caller(
        kind="person",
        network=network,
        person_id=person_id,
        organization_id=organization_id,
        roles=frozenset({"member", *roles}),
    )


def partner(organization_id, *scopes, network=NET):
    return Caller(
        kind="client",
        network=network,
        client_id="cli_1",
        organization_id=organization_id,
        scopes=frozenset(scopes),
    )


def somebody(id, **fields):
    given = {
        "display_name": id.removeprefix("per_").title(),
        "email": f"{id.removeprefix('per_')}@example.org",
        "weekly_hours": OFFICE_HOURS,
    } | fields
    return Person(id=id, network=NET, email_key=email_key(given["email"]), **given)


def a_program(**fields):
    given = {
        "display_name": "Harbor",
        "outcome": "problem_solving",
        "form": "action_learning",
        "size_low": 5,
        "size_high": 8,
        "session_count": 8,
        "session_minutes": 90,
        "weeks_between": 3,
        "facilitation": "outside",
        "starts_on": MONDAY,
    } | fields
    return Program(id="prg_1", network=NET, **given)


def a_row(name, **cells):
    """One line of a roster under HEADER."""
    given = {
        "email": f"{name.partition(' ')[0].lower()}@example.org",
        "organization": "Northwind",
        "manager": "",
        "zone": "Europe/Paris",
        "title": "",
        "function": "Finance",
        "level": "",
        "years": "7",
        "hours": "Mo-Fr 09:00-17:00",
        "language": "en",
        "id": "",
    } | cells
    return ",".join([name, *given.values()])


def a_roster(*rows):
    return "\n".join([HEADER, *rows]) + "\n"


class Works:
    """Works off by hand what the processes would: the service's own due work and the worker's.

    `stores` of the service and of the worker stand on the same floor, as in the two real processes.
    """

    def __init__(self, house, floor):
        self._service = house.service
        self._worker = FormationWorker()
        for name in dir(FormationWorker):
            provider = getattr(FormationWorker, name)
            if isinstance(provider, Provided) and name != "engine":
                value = provider.make(floor)
                prepare(value)
                setattr(self._worker, name, value)
        self._worker.engine = FormationWorker.engine.make(floor)
        self.worker = self._worker

    def all(self):
        """Carry out everything that is due, until nothing is."""
        while sum(runner.run_all() for runner in self.runners()):
            pass

    def runners(self):
        return [
            Runner(self._service.processes, self._service.on_process_due),
            Runner(self._worker.imports, self._worker.on_import_due),
            Runner(self._worker.formations, self._worker.on_formation_due),
        ]
