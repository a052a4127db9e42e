"""Enrollment for the person: programs one can join, the application, a seat offered, pausing, leaving, asking
one's supervisor; and for the supervisor, by a signed link, the pledge.
"""

from typing import Any

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal import enrollment_words as words
from gateway.portal.frame import done, gather, plain_page, problems_of, shown_again
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.portal.vocabulary import worded
from gateway.routing import SIGNED_IN, link, page
from services.kit.outcomes import RemoteRefusal

PAGE = "/programs/{program_id}/enroll"
CAN_LEAVE = ("applied", "accepted", "waitlisted", "offered", "enrolled", "placed")
LABELS = {
    "until": say("Until"),
    "reason": say("Why you leave"),
    "supervisor_id": say("Whom you ask"),
}


@page("GET", "/programs", who=SIGNED_IN, query=SaidQuery, summary="Programs you take part in or can join")
def programs(call: Call) -> Answer:
    found = gather(call, enrollments=("membership", "list_my_enrollments", {}))
    listed = [
        one | {"label": worded(words.STANDINGS, one["standing"]) if one["standing"] else None}
        for one in found.rows("enrollments")
    ]
    return found.show("programs_mine.html", programs=listed, is_down=found.is_down("enrollments"))


@page("GET", PAGE, who=SIGNED_IN, query=SaidQuery, summary="What a program asks, and how you stand in it")
def enroll(call: Call) -> Answer:
    return _enroll(call)


@page("POST", f"{PAGE}/application", who=SIGNED_IN, summary="Apply")
def apply(call: Call) -> Answer:
    return _carry_out(call, "apply_to_program", "applied", answers=_answers(call.body))


@page("POST", f"{PAGE}/offer", who=SIGNED_IN, summary="Take a seat that is offered, or let it go")
def answer_offer(call: Call) -> Answer:
    return _carry_out(call, "answer_offer", "saved", take=call.body.get("answer") == "take")


@page("POST", f"{PAGE}/pause", who=SIGNED_IN, summary="Take no part until a day")
def pause(call: Call) -> Answer:
    typed = call.body.get("until", "")
    return _carry_out(call, "pause_enrollment", "saved", until=f"{typed}T00:00:00+00:00")


@page("POST", f"{PAGE}/resume", who=SIGNED_IN, summary="Take part again")
def resume(call: Call) -> Answer:
    return _carry_out(call, "resume_enrollment", "saved")


@page("POST", f"{PAGE}/withdrawal", who=SIGNED_IN, summary="Leave the program")
def withdraw(call: Call) -> Answer:
    return _carry_out(call, "withdraw_enrollment", "left", reason=call.body.get("reason", ""))


@page("POST", f"{PAGE}/pledge", who=SIGNED_IN, summary="Ask your supervisor, or wish that they are not")
def ask_pledge(call: Call) -> Answer:
    if call.body.get("answer") == "waiver":
        return _carry_out(call, "wish_waiver", "saved")
    chosen = call.body.get("supervisor_id")
    return _carry_out(call, "ask_pledge", "asked", **({"supervisor_id": chosen} if chosen else {}))


@page("GET", "/pledges/{link}", who=link("pledge"), summary="What a supervisor is asked: changes nothing")
def pledge(call: Call) -> Answer:
    return _pledge(call)


@page("POST", "/pledges/{link}", who=link("pledge"), keyed=False, summary="Answer as the supervisor")
def answer_pledge(call: Call) -> Answer:
    try:
        call.ask("membership", "answer_pledge", answer=call.body.get("answer", ""))
    except RemoteRefusal as refusal:
        return _pledge(call, 422, errors=problems_of(refusal)[0])
    return _pledge(call, said_text=say("Saved. You can come back to this page by the link in your mail."))


def _answers(body: dict[str, str]) -> dict[str, Any]:
    """What was typed, by the questions' keys; a figure of a scale as a number."""
    said: dict[str, Any] = {}
    for name, text in body.items():
        if name.startswith("text.") and text.strip():
            said[name[5:]] = text
        if name.startswith("scale."):
            said[name[6:]] = int(text) if text.isdecimal() and len(text) < 3 else text
    return said


def _carry_out(call: Call, ask: str, told: str, **said: Any) -> Answer:
    try:
        call.ask("membership", ask, **call.path, **said)
    except RemoteRefusal as refusal:
        return shown_again(call, refusal, LABELS, _enroll, answers=_answers(call.body))
    return done(f"/programs/{call.path['program_id']}/enroll", told)


def _enroll(call: Call, status: int = 200, **values: Any) -> Answer:
    shown = call.ask("membership", "show_my_enrollment", program_id=call.path["program_id"])
    mine = shown["enrollment"]
    standing = mine["standing"] if mine else None
    pledge = mine["pledge"] if mine else "none"
    values.setdefault("answers", {})
    return gather(call).show(
        "enroll.html",
        status,
        program=shown,
        mine=mine,
        standing=standing,
        words=worded(words.MINE, standing) if standing else None,
        can_apply=shown["is_open"] and (mine is None or standing not in CAN_LEAVE),
        can_leave=standing in CAN_LEAVE,
        takes_part=standing in ("enrolled", "placed"),
        pledge=pledge,
        pledge_words=worded(words.MY_PLEDGE, pledge),
        asks_pledge=shown["intake"]["pledge"] != "waived" and standing in CAN_LEAVE,
        reasons=words.REASONS,
        labels=LABELS,
        **values,
    )


def _pledge(call: Call, status: int = 200, **values: Any) -> Answer:
    found = call.together({"pledge": ("membership", "show_pledge", {})})["pledge"]
    if not found and getattr(found, "reason", "") == "unavailable":
        call.ask("membership", "show_pledge")
    shown = found or None
    words_of = worded(words.SUPPORT, shown["standing"]) if shown else None
    return plain_page(call).show(
        "pledge.html", status, pledge=shown, standing_words=words_of, token=call.path["link"], **values
    )
