"""Looking at sessions."""

from services.sessions.domain.access import FACILITATOR, LINK, MEMBER, STAFF, admit, admit_to_cohort
from services.sessions.domain.agenda import form_agenda
from services.sessions.domain.refusals import SessionUnknown
from services.sessions.messages.answers import Listed, Visited


def show_session(command, sessions, guests, clock):
    """Return the session, for anyone who has a face to see it through; to a guest, while the pass is good."""
    caller = command.caller
    faces = (FACILITATOR, MEMBER, STAFF, LINK)
    try:
        return sessions.get(caller.network, command.session_id, lambda found: admit(found, caller, *faces))
    except SessionUnknown:
        guest = caller.person_id if caller.kind == "person" else None
        if not guest or not guests.is_let_in(caller.network, command.session_id, guest, clock.now()):
            raise
        return Visited(sessions.get(caller.network, command.session_id))


def list_sessions(command, sessions, cohorts):
    """Return a page of a cohort's sessions, first to last."""
    caller = command.caller
    admit_to_cohort(cohorts.circle(caller.network, command.cohort_id), caller, FACILITATOR, MEMBER, STAFF)
    page = sessions.page_of_cohort(caller.network, command.cohort_id, command.limit, command.after)
    return Listed(page.items, page.next)


def show_form_agenda(query):
    """Return the agenda of a form's first session and of those that follow. Raises: AgendaUnknown."""
    return form_agenda(query.form)


def next_session(command, sessions, clock):
    """Return the session the caller is in or goes to next, or None."""
    caller = command.caller
    if caller.kind != "person":
        return None
    return sessions.next_of(caller.network, caller.person_id, clock.now())


def list_facilitated(command, sessions):
    """Return a page of the sessions the caller leads, soonest first."""
    caller = command.caller
    if caller.kind != "person":
        return Listed([])
    page = sessions.page_led_by(caller.network, caller.person_id, command.limit, command.after)
    return Listed(page.items, page.next)
