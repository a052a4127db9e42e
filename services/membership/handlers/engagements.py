"""A person's own part in what is beside being a member: told to them, and forgotten with them."""

from dataclasses import asdict

from services.kit.exporting import Kind, Whole
from services.membership.domain.dedications import answer
from services.membership.domain.quests import forget_in_quest
from services.membership.domain.seats import forget_seats
from services.membership.messages.stakes import stake_answer


def exported_kinds(engagements, network, person_id):
    """Return what the export of a person tells of it, kind by kind."""

    def listed(items):
        return lambda limit, after: Whole(items)

    quests = engagements.quests_of(network, person_id)
    return (
        Kind("stake", listed(engagements.stakes_of(network, person_id)), lambda each: [stake_answer(each)]),
        Kind("quest", listed(quests), lambda each: _quest(each, person_id)),
        Kind(
            "dedication",
            listed(engagements.dedications_of(network, person_id)),
            lambda each: [{"cohort_id": each.cohort_id, "answer": each.answers[person_id]}],
        ),
        Kind("ask", listed(quests), lambda each: [_ask(each, one) for one in _asks(each, person_id)]),
        Kind(
            "seat",
            listed(engagements.seatings_of(network, person_id)),
            lambda each: [_seat(each, one) for one in each.seats if one.person_id == person_id],
        ),
        Kind("advice", listed(engagements.advices_of(network, person_id)), lambda each: [_advice(each)]),
    )


def forget_engagements(network, person_id, ports):
    """Take the person out of whatever others share; what is theirs alone is dropped with the rest."""
    engagements = ports.engagements
    for seating in engagements.seatings_of(network, person_id):
        without, facts = forget_seats(seating, person_id)
        if facts:
            engagements.seatings.save(without, announcing=facts)
    for dedication in engagements.dedications_of(network, person_id):
        silent, said = answer(dedication, person_id, None)
        engagements.dedications.save(silent, announcing=said)
    for quest in engagements.quests_of(network, person_id):
        unnamed, told = forget_in_quest(quest, person_id)
        if told:
            engagements.quests.save(unnamed, announcing=told)
    engagements.forget_answers(network, person_id)


def _seat(seating, seat):
    names = ("kind", "since", "until")
    return {"program_id": seating.program_id} | {name: getattr(seat, name) for name in names}


def _advice(advice):
    return {name: getattr(advice, name) for name in ("program_id", "about", "words", "given_at")}


def _quest(quest, person_id):
    """Their own view, and the words they gave; none where they had no part in it."""
    own = {"goal": quest.goal} if quest.begun_by == person_id else {}
    own |= {"question": quest.question} if quest.worded_by == person_id else {}
    own |= asdict(quest.views[person_id]) if person_id in quest.views else {}
    return [{"cohort_id": quest.cohort_id, "number": quest.number} | own] if own else []


def _asks(quest, person_id):
    return [one for one in quest.asks if one.person_id == person_id]


def _ask(quest, ask):
    return {"question": quest.question, "asked_at": ask.asked_at, "answer": ask.answer}
