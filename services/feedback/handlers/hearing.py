"""What is heard of cohorts, programs and sessions, and what feedback does about it."""

from services.contracts.events.cohorts import without_names
from services.feedback.domain.questionnaire import OPEN, ask_person, plan_questionnaire
from services.feedback.domain.reports import Ledger
from services.feedback.handlers.names import ledger_id, participation_id, questionnaire_id

OVER = ("closed", "summarised")


def keep_cohort(cohort, heard, cohorts, forgettings):
    """Hold the cohort, without the names of whom we have forgotten."""
    everyone = (entry.person_id for entry in (*cohort.roster, *cohort.facilitators))
    gone = forgettings.among(cohort.network, everyone)
    cohorts.keep(without_names(cohort, gone), heard.version)


def keep_program(program, heard, programs, ledgers):
    """Hold the program, and begin the ledger of everything that will be released of it."""
    programs.keep(program, heard.version)
    name = ledger_id(program.network, program.program_id)
    ledgers.add(Ledger(id=name, network=program.network, program_id=program.program_id))


def ask_after_session(session, heard, sessions, questionnaires, participations, forgettings, clock):
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
    gone = forgettings.among(session.network, questionnaire.asked)
    for person_id in (each for each in questionnaire.asked if each not in gone):
        part, facts = ask_person(participation_id(name, person_id), questionnaire, person_id)
        participations.add(part, announcing=facts)
