"""A person's own part in what is beside being a member: told to them, and forgotten with them."""

from services.kit.exporting import Kind, Whole
from services.membership.domain.seats import forget_seats


def exported_kinds(engagements, network, person_id):
    """Return what the export of a person tells of it, kind by kind."""

    def listed(items):
        return lambda limit, after: Whole(items)

    return (
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
    engagements.forget_answers(network, person_id)


def _seat(seating, seat):
    names = ("kind", "since", "until")
    return {"program_id": seating.program_id} | {name: getattr(seat, name) for name in names}


def _advice(advice):
    return {name: getattr(advice, name) for name in ("program_id", "about", "words", "given_at")}
