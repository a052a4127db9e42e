"""What scheduling does about what it hears."""

from services.contracts.events.cohorts import CohortState, without_names
from services.contracts.events.membership import PersonState
from services.kit.clock import Clock
from services.kit.forgetting import Forgetful
from services.scheduling.domain.cohort import cohort_heard
from services.scheduling.domain.hours import Hours
from services.scheduling.domain.ports import Cohorts, People, Timetables
from services.scheduling.domain.timetable import begin_timetable, timetable_id


def keep_hours(fact: PersonState, version: int, people: People, forgettings: Forgetful, clock: Clock) -> None:
    """Copy when and where a person can meet; of who is gone or forgotten, nothing."""
    if fact.standing != "active" or forgettings.among(fact.network, [fact.person_id]):
        people.bury(fact.network, fact.person_id, version, clock.now())
        return
    hours = tuple(Hours(block.day, block.from_minute, block.to_minute) for block in fact.weekly_hours)
    people.keep(fact.network, fact.person_id, version, fact.zone, hours)


def follow_cohort(
    fact: CohortState,
    version: int,
    cohorts: Cohorts,
    timetables: Timetables,
    forgettings: Forgetful,
    clock: Clock,
) -> None:
    """Copy the cohort; begin its timetable when it has none. Who joins or leaves keeps the dates."""
    everyone = (entry.person_id for entry in (*fact.roster, *fact.facilitators))
    cohort = cohort_heard(without_names(fact, forgettings.among(fact.network, everyone)))
    cohorts.keep(cohort, version)
    known = timetables.find_one(cohort.network, {"_id": timetable_id(cohort.id)})
    if known is None and cohort.standing == "formed" and cohort.members:
        timetables.add(begin_timetable(cohort, clock.now()))
