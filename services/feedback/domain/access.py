"""Who may see and do what with questionnaires and reports."""

from collections.abc import Collection

from services.contracts.caller import Caller
from services.feedback.domain.questionnaire import Participation, Questionnaire
from services.feedback.domain.refusals import ProgramUnknown, QuestionnaireUnknown, ReportUnknown
from services.feedback.domain.reports import SPONSOR, STAFF

STAFF_ROLES = ("program_staff", "network_admin")


def is_staff(caller: Caller) -> bool:
    """True for those who run programs; they see figures and never an answer."""
    return caller.has_role(*STAFF_ROLES)


def admit_author(part: Participation | None, caller: Caller) -> Participation:
    """Return the part when it is the caller's own.

    Raises:
        QuestionnaireUnknown: there is none, or it is another's: nobody acts for another here.
    """
    if part is None or caller.kind != "person" or part.person_id != caller.person_id:
        raise QuestionnaireUnknown
    return part


def admit_keeper(
    questionnaire: Questionnaire, caller: Caller, facilitators: Collection[str], barred: Collection[str]
) -> None:
    """Return when the caller looks after the questionnaire: a facilitator of its cohort, or staff.

    Raises:
        QuestionnaireUnknown: anybody else; also staff whom a reporting line bars from the cohort.
    """
    is_person = caller.kind == "person" and caller.network == questionnaire.network
    if not is_person or not may_keep(caller, facilitators, barred):
        raise QuestionnaireUnknown


def may_keep(caller: Caller, facilitators: Collection[str], barred: Collection[str]) -> bool:
    """True for who leads the cohort, and for staff outside its members' reporting lines."""
    return caller.person_id in facilitators or (is_staff(caller) and caller.person_id not in barred)


def admit_staff(caller: Caller) -> None:
    """Return for staff.

    Raises:
        ProgramUnknown: anybody else; reports are published by staff alone.
    """
    if not is_staff(caller):
        raise ProgramUnknown


def audience_of(caller: Caller) -> str:
    """Return which edition of a report the caller reads. Staff who are also sponsors read the staff's.

    Raises:
        ReportUnknown: neither.
    """
    if is_staff(caller):
        return STAFF
    if caller.has_role("sponsor"):
        return SPONSOR
    raise ReportUnknown
