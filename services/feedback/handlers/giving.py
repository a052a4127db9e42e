"""Giving, changing and taking back an anonymous answer; closing a questionnaire."""

from dataclasses import replace

from services.feedback.domain.access import admit_author, admit_keeper
from services.feedback.domain.questionnaire import (
    CLOSE,
    GIVEN,
    close_early,
    is_taking,
    settled,
    take_answer,
    take_back,
)
from services.feedback.domain.questions import check_answers
from services.feedback.domain.refusals import QuestionnaireClosed


def give_feedback(command, participations, answers, clock):
    """Carry out a `GiveFeedback` and return the caller's part.

    The answer is written first, under a name only its author's key makes; then that they took part. Killed in
    between, the same request again does the rest. Giving again until it closes replaces the answer.
    """
    part = _own(command, participations)
    kept = check_answers(command.answers)
    now = clock.now()
    if not is_taking(part, now):
        _leave_no_stray(part, answers)
        raise QuestionnaireClosed("This questionnaire is closed.")
    after, facts = take_answer(part, now)
    answers.put(part, kept, now.date())
    return part if after is part else participations.save(after, announcing=facts)


def withdraw_feedback(command, participations, answers, clock):
    """Take the caller's own answer back, as long as the questionnaire is open, and return their part."""
    part = _own(command, participations)
    after = take_back(part, clock.now())
    answers.drop(part)
    return part if after is part else participations.save(after)


def close_questionnaire(command, questionnaires, cohorts, clock):
    """Stop taking answers early, for staff or a facilitator of the cohort; settling follows at once."""
    caller = command.caller
    questionnaire = questionnaires.get(
        caller.network,
        command.questionnaire_id,
        lambda found: admit_keeper(found, caller, *cohorts.keepers(found.network, found.cohort_id)),
    )
    after = close_early(questionnaire, clock.now())
    return questionnaire if after is questionnaire else questionnaires.save(after)


def follow_up(questionnaire_id, network, kind, questionnaires, participations, answers, clock):
    """Do what is due: close at the end of the time, then settle every part, so that nothing changes more."""
    questionnaire = questionnaires.get(network, questionnaire_id)
    if kind == CLOSE:
        questionnaires.save(close_early(questionnaire, clock.now()))
        return
    for part in participations.in_questionnaire(network, questionnaire_id):
        _settle(part, participations, answers)
    questionnaires.save(settled(questionnaire))


def _settle(part, participations, answers):
    if not part.is_closed:
        part = participations.save(replace(part, is_closed=True))
    _leave_no_stray(part, answers)


def _leave_no_stray(part, answers):
    """An answer whose author's part does not say "given" was never acknowledged, or was taken back."""
    if part.is_closed and part.standing != GIVEN:
        answers.drop(part)


def _own(command, participations):
    caller = command.caller
    part = participations.of_person(caller.network, command.questionnaire_id, caller.person_id)
    return admit_author(part, caller)
