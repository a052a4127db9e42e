"""What sessions keeps of one person: told to them, and forgotten."""

from services.contracts.events.sessions import PersonErasedBySessions
from services.kit.exporting import Kind, export, whose
from services.kit.forgetting import ask_to_forget, forget
from services.sessions.domain import forgetting
from services.sessions.domain.session import Session


def begin_forgetting(fact, forgettings, clock):
    """Note whom to forget; hearing it again has it done and told again."""
    ask_to_forget(fact.erasure_id, fact.network, fact.person_id, forgettings, clock)


def forget_person(id, network, forgettings, sealing, sessions, cohorts, clock):
    """Destroy the person's keys, then overwrite name, answers and words wherever they stand."""

    def empty_sessions(network, person_id):
        for session in sessions.about(network, person_id):
            after, facts = forgetting.forget_person(session, person_id)
            if facts or any(made.person_id == person_id for made in session.commitments):
                sessions.save(after, announcing=facts)  # sealed words go although they read as none already
        sessions.forget_answers_about(network, person_id)

    forget(id, network, forgettings, (sealing.forget, cohorts.unname, empty_sessions), _told, clock)


def export_mine(query, sessions):
    """Return one page of what is kept about the caller: their part in each session, in their own words.

    Raises:
        NotTheirOwn, OwnFactorNeeded: as `whose`.
    """
    network, person_id = whose(query.caller)

    def page(limit, after):
        return sessions.page_about(network, person_id, limit, after)

    kinds = (
        Kind("session", page, lambda session: [_part_in(session, person_id)]),
        Kind("commitment", page, lambda session: _made_in(session, person_id)),
    )
    return export(kinds, query.limit, query.after)


def _part_in(session: Session, person_id):
    return {
        "session_id": session.id,
        "cohort_id": session.cohort_id,
        "cohort_name": session.circle.display_name,
        "number": session.number,
        "of": session.of,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "zone": session.zone,
        "standing": session.standing,
        "answer": session.answer_of(person_id),
        "attendance": session.attendance_of(person_id),
        "leads": person_id in session.circle.facilitator_ids(),
        "has_signed": person_id in session.circle.signed_by,
    }


def _made_in(session: Session, person_id):
    names = ("id", "what", "note", "due_on", "standing")
    return [
        {"session_id": session.id} | {name: getattr(made, name) for name in names}
        for made in session.commitments
        if made.person_id == person_id
    ]


def _told(done):
    return PersonErasedBySessions(done.network, done.id, done.author, done.standing)
