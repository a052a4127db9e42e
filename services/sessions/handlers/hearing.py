"""What is heard of cohorts and slots, and what it does to sessions.

The rule (MECHANISMS P1b): write the copy first, then the sessions; whoever creates a session reads the copy
again after the insert and applies what is newer. Every step may be repeated.
"""

from services.contracts.events.cohorts import without_names
from services.kit.errors import NotFound
from services.sessions.domain.planning import follow_circle, follow_slot, plan_session, told_as_planned


def follow_cohort(cohort, heard, cohorts, sessions, forgettings):
    """Hold the cohort's roster and signatures, then bring them into each of its sessions."""
    everyone = (entry.person_id for entry in (*cohort.roster, *cohort.facilitators))
    cohort = without_names(cohort, forgettings.among(cohort.network, everyone))
    cohorts.keep(cohort, heard.version)
    circle = cohorts.circle(cohort.network, cohort.cohort_id)
    for session in sessions.of_cohort(cohort.network, cohort.cohort_id):
        _apply_circle(session, circle, sessions)


def follow_timetable(slot, heard, cohorts, sessions):
    """Create, move or cancel the session of a slot, then read again who belongs to it."""
    session = _apply_slot(slot, heard.version, sessions)
    circle = cohorts.circle(slot.network, slot.cohort_id)
    if circle is not None:
        _apply_circle(session, circle, sessions)


def _apply_slot(slot, version, sessions):
    try:
        session = sessions.get(slot.network, slot.session_id)
    except NotFound:
        planned = plan_session(slot, version)
        session = sessions.add(planned, announcing=told_as_planned(planned))
    after, facts = follow_slot(session, slot, version)
    return session if after is session else sessions.save(after, announcing=facts, repeatable=True)


def _apply_circle(session, circle, sessions):
    after, facts = follow_circle(session, circle)
    if after is not session:
        sessions.save(after, announcing=facts, repeatable=True)
