"""What feedback keeps of one person: told to them, and forgotten."""

from services.contracts.events.feedback import PersonErasedByFeedback
from services.feedback.domain.questionnaire import GIVEN, forget_part
from services.kit.exporting import Kind, export, whose
from services.kit.forgetting import ask_to_forget, forget

BATCH = 100


def begin_forgetting(fact, forgettings, clock):
    """Note whom to forget; hearing it again has it done and told again."""
    ask_to_forget(fact.erasure_id, fact.network, fact.person_id, forgettings, clock)


def forget_person(id, network, forgettings, sealing, participations, answers, cohorts, clock):
    """Drop the person's answers, then destroy the key that alone could find them; published figures stay.

    The answers go first, because only the key says which are theirs. What a report counted is frozen in it.
    """

    def take_back_everything(network, person_id):
        for part in _parts(network, person_id, participations):
            answers.drop(part)
            after, facts = forget_part(part)
            if after is not part:
                participations.save(after, announcing=facts)

    steps = (take_back_everything, sealing.forget, cohorts.unname)
    forget(id, network, forgettings, steps, _told, clock)


def export_mine(query, participations, answers):
    """Return one page of what is kept about the caller: what they were asked, and their own answers.

    Raises:
        NotTheirOwn, OwnFactorNeeded: as `whose`.
    """
    network, person_id = whose(query.caller)

    def page(limit, after):
        return participations.page_of_person(network, person_id, limit, after)

    return export(
        (Kind("questionnaire", page, lambda part: [_row(part, answers)]),), query.limit, query.after
    )


def _row(part, answers):
    return {
        "questionnaire_id": part.questionnaire_id,
        "session_id": part.session_id,
        "cohort_id": part.cohort_id,
        "number": part.number,
        "closes_at": part.closes_at,
        "standing": part.standing,
        "answers": answers.mine(part) if part.standing == GIVEN else None,
    }


def _parts(network, person_id, participations):
    after = None
    while True:
        page = participations.page_of_person(network, person_id, BATCH, after)
        yield from page.items
        if (after := page.next) is None:
            return


def _told(done):
    return PersonErasedByFeedback(done.network, done.id, done.author, done.standing)
