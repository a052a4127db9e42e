"""What scheduling keeps of one person: told to them, and forgotten. Slots and timetables name nobody."""

from services.contracts.events.erasures import PersonErasureRequested
from services.contracts.events.scheduling import PersonErasedByScheduling
from services.kit.clock import Clock
from services.kit.exporting import Exported, ExportMine, Kind, export, one, whose
from services.kit.forgetting import Forgetful, Forgetting, ask_to_forget, forget
from services.scheduling.domain.hours import Hours
from services.scheduling.domain.ports import Cohorts, People, Slots
from services.scheduling.domain.slot import Slot


def begin_forgetting(fact: PersonErasureRequested, forgettings: Forgetful, clock: Clock) -> None:
    """Note whom to forget; hearing it again has it done and told again."""
    ask_to_forget(fact.erasure_id, fact.network, fact.person_id, forgettings, clock)


def forget_person(
    id: str, network: str, forgettings: Forgetful, cohorts: Cohorts, people: People, clock: Clock
) -> None:
    """Let go of a person's hours, zone and seats."""

    def let_go_of_hours(network: str, person_id: str) -> None:
        people.forget(network, person_id, clock.now())

    forget(id, network, forgettings, (let_go_of_hours, cohorts.unseat), _told, clock)


def export_mine(query: ExportMine, slots: Slots, cohorts: Cohorts, people: People) -> Exported:
    """Return one page of what is kept about the caller: when they can meet, and the times of their sessions.

    Raises:
        NotTheirOwn, OwnFactorNeeded: as `whose`.
    """
    network, person_id = whose(query.caller)
    mine = [cohort.id for cohort in cohorts.of_people(network, [person_id])]
    hours = people.hours_of(network, [person_id]).get(person_id)
    kinds = (
        Kind("hours", one(hours), lambda held: [_hours(*held)]),
        Kind("session_time", lambda limit, after: slots.page_of(network, mine, limit, after), _times),
    )
    return export(kinds, query.limit, query.after)


def _hours(zone: str, hours: tuple[Hours, ...]) -> dict[str, object]:
    weekly = [{"day": h.day, "from_minute": h.from_minute, "to_minute": h.to_minute} for h in hours]
    return {"zone": zone, "weekly_hours": weekly}


def _times(slot: Slot) -> list[dict[str, object]]:
    names = ("cohort_id", "program_id", "number", "of", "wall_start", "zone", "place", "sequence", "standing")
    times = {"starts_at": slot.starts_at, "ends_at": slot.ends_at}
    return [{"session_id": slot.id} | {name: getattr(slot, name) for name in names} | times]


def _told(done: Forgetting) -> PersonErasedByScheduling:
    return PersonErasedByScheduling(done.network, done.id, done.author, done.standing)
