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

UNNOTED: dict[str, str] = {
    "list_my_seats": "the person's own affair",
    "show_standing": "figures over at least k people, or no person at all",
    "give_advice": "the person's own affair",
    "show_stake": "the person's own affair",
    "say_stake": "the person's own affair",
    "show_importance": "figures over at least k people, or no person at all",
    "list_experiments": "figures over at least k people, or no person at all",
    "show_dedication": "the person's own affair",
    "answer_dedication": "the person's own affair",
    "show_quest": "what a cohort does is its own",
    "begin_quest": "what a cohort does is its own",
    "say_in_quest": "what a cohort does is its own",
    "go_on_with_quest": "what a cohort does is its own",
    "ask_beyond": "what a cohort does is its own",
    "close_quest": "what a cohort does is its own",
    "list_my_asks": "the person's own affair",
    "answer_ask": "the person's own affair",
}
