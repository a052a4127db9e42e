"""What is heard of cohorts, programs and sessions, and what feedback does about it."""

from services.feedback.domain.questionnaire import OPEN, ask_person, plan_questionnaire
from services.feedback.domain.reports import Ledger
from services.feedback.handlers.names import ledger_id, participation_id, questionnaire_id

OVER = ("closed", "summarised")


def keep_program(program, heard, programs, ledgers):
    """Hold the program, and begin the ledger of everything that will be released of it."""
    programs.keep(program, heard.version)
    name = ledger_id(program.network, program.program_id)
    ledgers.add(Ledger(id=name, network=program.network, program_id=program.program_id))


def ask_after_session(session, heard, sessions, questionnaires, participations, clock):
    """Hold the session; once it is over, ask everyone who was there, each once.

    Whatever fact tells first that it is over begins it; questionnaire and parts are named after the session,
    so that hearing it again asks nobody twice, and a killed process goes on where it stopped.
    """
    sessions.keep(session, heard.version)
    if session.standing not in OVER:
        return
    name = questionnaire_id(session.network, session.session_id)
    questionnaire = questionnaires.add(plan_questionnaire(name, session, clock.now()))
    if questionnaire.standing != OPEN:
        return
    for person_id in questionnaire.asked:
        part, facts = ask_person(participation_id(name, person_id), questionnaire, person_id)
        participations.add(part, announcing=facts)
