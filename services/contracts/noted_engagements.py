"""The table of noted asks, continued: of what people take on or say beside being members (noted_asks.py)."""

from services.contracts.audit import Noted

_SEATS = Noted("seats_changed", ("program_id", "seats[].person_id"))
_EXPERIMENT = Noted("experiment_changed", ("program_id",), "change")

WRITES: dict[str, Noted] = {
    "give_seat": _SEATS,
    "take_seat": _SEATS,
    "name_form": Noted("form_named"),
    "begin_experiment": _EXPERIMENT,
    "decide_experiment": _EXPERIMENT,
}

READS: dict[str, Noted] = {
    "list_seats": Noted("seats_read", ("program_id", "seats[].person_id")),
    "list_places_wanted": Noted("places_wanted_read", ("data[].cohort_id", "data[].person_id")),
    "list_advice": Noted("advice_read", ("data[].id", "data[].person_id"), who="staff"),
}
