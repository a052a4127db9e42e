"""Questionnaires, cohorts' contributions and facts for tests of feedback."""

from datetime import UTC, datetime, timedelta

from services.contracts.events.cohorts import CohortFormed, RosterEntry
from services.contracts.events.membership import ProgramDesigned
from services.contracts.events.sessions import Attended, SessionClosed
from services.feedback.domain.questionnaire import Questionnaire, ask_person
from services.feedback.domain.questions import counted
from services.feedback.domain.release import Group
from services.feedback.domain.reports import Leaf, Ledger

NETWORK = "net_1"
PROGRAM = "prg_1"
NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)
COHORTS = {
    "coh_a": [f"per_a{number}" for number in range(6)],
    "coh_b": [f"per_b{number}" for number in range(6)],
    "coh_c": [f"per_c{number}" for number in range(4)],
}
ANSWERS = {"p_1": 5, "p_3": 4, "p_8_sure": 2, "progress": 3, "p_5": "The questions"}


def people(*names):
    return tuple(f"per_{name}" for name in names)


def a_questionnaire(asked=("per_ada", "per_bo", "per_cy"), **fields):
    given = {
        "id": "qst_1",
        "network": NETWORK,
        "program_id": PROGRAM,
        "cohort_id": "coh_1",
        "session_id": "ses_1",
        "number": 1,
        "opened_on": "2027-01-12",
        "closes_at": NOON + timedelta(days=5),
    }
    return Questionnaire(asked=asked, **given | fields)


def a_part(person_id="per_ada", **fields):
    part, _ = ask_person("par_1", a_questionnaire(**fields), person_id)
    return part


def a_group(key, *values, who=None):
    """A cohort whose people, named after it, each answered once; `values` are their answers."""
    named = who or tuple(f"{key}-{number}" for number in range(len(values)))
    return Group(key, tuple((f"{key}:{n}", person) for n, person in enumerate(named)), values)


def a_leaf(cohort_id, *values, people_of=None):
    """What a cohort contributes: each member gives one value to every question, and was there."""
    members = people_of or tuple(f"per_{cohort_id}{number}" for number in range(len(values)))
    answered = tuple((f"par_{person}", person, value) for person, value in zip(members, values, strict=True))
    return Leaf(
        cohort_id=cohort_id,
        display_name=cohort_id.title(),
        answers={question.key: answered for question in counted()},
        attended=tuple((f"ses_{cohort_id}:{person}", person, 1) for person in members),
    )


def a_ledger(**fields):
    return Ledger(**{"id": "led_1", "network": NETWORK, "program_id": PROGRAM} | fields)


def a_program_designed(**fields):
    given = {
        "network": NETWORK,
        "program_id": PROGRAM,
        "display_name": "Supervisors who coach",
        "outcome": "coaching_culture",
        "form": "peer_coaching",
        "size_low": 3,
        "size_high": 6,
        "session_count": 8,
        "session_minutes": 90,
        "weeks_between": 2,
        "facilitation": "pair",
        "starts_on": "2027-01-11",
        "standing": "running",
    }
    return ProgramDesigned(**given | fields)


def a_cohort(cohort_id, members, facilitator="per_fay", **fields):
    given = {
        "network": NETWORK,
        "cohort_id": cohort_id,
        "program_id": PROGRAM,
        "display_name": f"Cohort {cohort_id}",
        "form": "peer_coaching",
        "roster": tuple(RosterEntry(person, person, None, "UTC") for person in members),
        "facilitators": (RosterEntry(facilitator, facilitator, None, "UTC"),),
        "session_count": 8,
        "session_minutes": 90,
        "weeks_between": 2,
        "starts_on": "2027-01-11",
        "agreement_version": "1.0",
        "signed_by": tuple(members),
        "standing": "formed",
    }
    return CohortFormed(**given | fields)


def a_session_closed(session_id, cohort_id, members, cls=SessionClosed, **fields):
    given = {
        "network": NETWORK,
        "session_id": session_id,
        "cohort_id": cohort_id,
        "program_id": PROGRAM,
        "number": 1,
        "of": 8,
        "starts_at": NOON,
        "ends_at": NOON + timedelta(minutes=90),
        "standing": "closed",
        "invited": tuple(members),
        "facilitators": ("per_fay",),
        "rsvps": (),
        "attendance": tuple(Attended(person, "present") for person in members),
        "commitments": (),
        "capsule_published_at": None,
    }
    return cls(**given | fields)
