"""What commands cause, as announced states show it: amounts that rise when the effect happens."""

from tests.chaos.clients import Effect


def named(kind, name):
    return Effect(f"{kind} {name}", "membership", kind, field_is("display_name", name))


def field_is(field, value):
    return lambda data: int(data[field] == value)


def named_one_of(names):
    return lambda data: int(data["display_name"] in names)


def led_by(people):
    return lambda data: int([one["person_id"] for one in data["facilitators"]] == people)


def enrolled_in(program, person):
    return lambda data: int((data["program_id"], data["person_id"]) == (program, person))


def says(person, answer):
    return lambda data: sum((r["person_id"], r["answer"]) == (person, answer) for r in data["rsvps"])


def of_session(meeting, name, amount):
    return Effect(name, "sessions", "session", amount, meeting.id)


def stands(meeting, name, standings):
    return of_session(meeting, name, lambda data: int(data["standing"] in standings))


def attended(count):
    return lambda data: int(sum(mark["standing"] == "present" for mark in data["attendance"]) == count)


def promised(person, due_on):
    return lambda data: sum((p["person_id"], p["due_on"]) == (person, due_on) for p in data["commitments"])


def answered(session_id, person):
    wanted = (session_id, person, "given")
    return lambda data: int((data["session_id"], data["person_id"], data["standing"]) == wanted)
