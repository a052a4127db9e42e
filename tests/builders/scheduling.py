"""Cohorts, people and slots for tests; every value a claim depends on stands in the test itself."""

from datetime import UTC, date, datetime, timedelta

from services.contracts.events.cohorts import CohortFormed, RosterEntry
from services.contracts.events.membership import PersonAdded, WeeklyHours
from services.scheduling.domain.hours import Hours, Participant
from services.scheduling.domain.planning import Series
from services.scheduling.domain.slot import Slot
from services.scheduling.domain.walltime import write_wall

NETWORK = "net_1"
NEW_YEAR = datetime(2027, 1, 4, 12, 0, tzinfo=UTC)


def weekdays(from_hour, to_hour, days=range(5)):
    return tuple(Hours(day, int(from_hour * 60), int(to_hour * 60)) for day in days)


def a_member(name="ada", zone="Europe/Stockholm", hours=(), busy=()):
    return Participant(name, zone, tuple(hours), False, tuple(busy))


def a_facilitator(name="fay", zone="Europe/Stockholm", hours=(), busy=()):
    return Participant(name, zone, tuple(hours), True, tuple(busy))


def a_series(count=4, minutes=90, weeks_between=2, starts_on=date(2027, 1, 11)):
    return Series(count, minutes, weeks_between, starts_on)


def a_slot(starts_at=NEW_YEAR + timedelta(days=8), minutes=90, **fields):
    given = {
        "id": "ses_1",
        "network": NETWORK,
        "cohort_id": "coh_1",
        "program_id": "prg_1",
        "number": 1,
        "of": 4,
        "minutes": minutes,
        "zone": "UTC",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=minutes),
        "wall_start": write_wall(starts_at.replace(tzinfo=None)),
    }
    return Slot(**given | fields)


def a_cohort_formed(members=("ada", "bo"), facilitators=("fay",), cls=CohortFormed, **fields):
    given = {
        "network": NETWORK,
        "cohort_id": "coh_1",
        "program_id": "prg_1",
        "display_name": "Harbor",
        "form": "action_learning",
        "roster": tuple(an_entry(name) for name in members),
        "facilitators": tuple(an_entry(name) for name in facilitators),
        "session_count": 4,
        "session_minutes": 90,
        "weeks_between": 2,
        "starts_on": "2027-01-11",
        "agreement_version": "1.0",
        "signed_by": (),
        "standing": "formed",
    }
    return cls(**given | fields)


def an_entry(name, zone="Europe/Stockholm", standing="member"):
    return RosterEntry(f"per_{name}", name.title(), None, zone, standing)


def a_person_fact(name, zone="Europe/Stockholm", hours=((9, 17),), cls=PersonAdded):
    blocks = tuple(WeeklyHours(day, start * 60, end * 60) for day in range(5) for start, end in hours)
    return cls(NETWORK, f"per_{name}", name.title(), None, zone, "en", blocks, "active")
