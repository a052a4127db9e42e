"""Looking at questionnaires."""

from services.feedback.domain.access import admit_author, admit_keeper, is_staff, may_keep
from services.feedback.domain.questionnaire import GIVEN, is_taking
from services.feedback.domain.refusals import QuestionnaireUnknown
from services.feedback.messages.answers import Listed, Seen


def show_questionnaire(query, questionnaires, participations, answers, cohorts, clock):
    """Return the caller's own part with what they answered; or, for who looks after it, the questionnaire."""
    caller = query.caller
    part = participations.of_person(caller.network, query.questionnaire_id, caller.person_id)
    if part is not None:
        admit_author(part, caller)
        mine = answers.mine(part) if part.standing == GIVEN else None
        return Seen(part, mine, is_taking(part, clock.now()))
    return questionnaires.get(
        caller.network,
        query.questionnaire_id,
        lambda found: admit_keeper(found, caller, *cohorts.keepers(found.network, found.cohort_id)),
    )


def list_questionnaires(query, questionnaires, participations, cohorts, clock):
    """Return a page of what the caller is asked, newest first; or of what they look after."""
    if query.program_id is not None:
        return _of_program(query, questionnaires)
    if query.cohort_id is not None:
        return _of_cohort(query, questionnaires, cohorts)
    caller, now = query.caller, clock.now()
    if caller.kind != "person":
        return Listed([])
    page = participations.page_of_person(caller.network, caller.person_id, query.limit, query.after)
    return Listed([Seen(part, None, is_taking(part, now)) for part in page.items], page.next)


def _of_program(query, questionnaires):
    caller = query.caller
    if not is_staff(caller):
        raise QuestionnaireUnknown
    page = questionnaires.page_of_program(caller.network, query.program_id, query.limit, query.after)
    return Listed(page.items, page.next)


def _of_cohort(query, questionnaires, cohorts):
    caller = query.caller
    is_person = caller.kind == "person"
    if not is_person or not may_keep(caller, *cohorts.keepers(caller.network, query.cohort_id)):
        raise QuestionnaireUnknown
    page = questionnaires.page_of_cohort(caller.network, query.cohort_id, query.limit, query.after)
    return Listed(page.items, page.next)
