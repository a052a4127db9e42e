"""Groups that people form by themselves: found one (purpose, then kind, then people), join, form, leave."""

from typing import Any

from gateway.answers import Answer, see_other
from gateway.calls import Call
from gateway.portal.frame import done, gather, problems_of
from gateway.portal.launch_words import PURPOSES
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.portal.vocabulary import worded
from gateway.routing import SIGNED_IN, page
from services.kit.outcomes import RemoteRefusal

ONE = "/groups/{group_id}"
KINDS = {
    "training": say("Training: all learn the same"),
    "coaching": say("Coaching: each an own problem, or all a shared one"),
    "board": say("A personal board: peers who advise one another"),
}
STANDINGS = {
    "gathering": say("Gathering people"),
    "forming": say("Being formed"),
    "formed": say("Formed"),
    "closed": say("Closed"),
}
LABELS = {
    "title": say("What it is called"),
    "learns": say("What you want to learn, in one sentence"),
    "starts_on": say("First meeting not before"),
    "purpose": say("What it is for"),
    "kind": say("Which kind"),
    "person_id": say("Whom you invite"),
}
TEXTS = ("title", "purpose", "kind", "learns")
MOST_OFFERED = 100


@page("GET", "/groups", who=SIGNED_IN, query=SaidQuery, summary="Groups you can join or form")
def groups(call: Call) -> Answer:
    found = gather(call, groups=("membership", "list_groups", {}))
    listed = [_worded(one) for one in found.rows("groups")]
    return found.show(
        "groups.html",
        mine=[one for one in listed if one["relation"] != "open"],
        others=[one for one in listed if one["relation"] == "open"],
        is_down=found.is_down("groups"),
    )


@page("GET", "/groups/new", who=SIGNED_IN, query=SaidQuery, summary="Found a group")
def new_group(call: Call) -> Answer:
    return _new(call)


@page("POST", "/groups", who=SIGNED_IN, summary="Found it")
def found_group(call: Call) -> Answer:
    said: dict[str, Any] = {name: call.body.get(name, "") for name in TEXTS}
    said["is_open"] = call.body.get("is_open") == "1"
    said["starts_on"] = call.body.get("starts_on") or None
    try:
        made = call.ask("membership", "found_group", **said)
    except RemoteRefusal as refusal:
        errors, wrong = problems_of(refusal, LABELS)
        return _new(call, 422, errors=errors, wrong=wrong, form=call.body)
    return see_other(f"/groups/{made['id']}?said=added")


@page("GET", ONE, who=SIGNED_IN, query=SaidQuery, summary="One group")
def group(call: Call) -> Answer:
    return _group(call)


@page("POST", f"{ONE}/invitations", who=SIGNED_IN, summary="Invite somebody")
def invite(call: Call) -> Answer:
    return _carry_out(call, "invite_to_group", person_id=call.body.get("person_id", ""))


@page("POST", f"{ONE}/join", who=SIGNED_IN, summary="Join")
def join(call: Call) -> Answer:
    return _carry_out(call, "join_group")


@page("POST", f"{ONE}/leave", who=SIGNED_IN, summary="Leave, or decline")
def leave(call: Call) -> Answer:
    try:
        call.ask("membership", "leave_group", **call.path)
    except RemoteRefusal as refusal:
        if refusal.kind == "not-found":
            raise
        return _group(call, 422, errors=problems_of(refusal)[0])
    return done("/groups", "saved")


@page("POST", f"{ONE}/formation", who=SIGNED_IN, summary="Form the cohort")
def form_group(call: Call) -> Answer:
    return _carry_out(call, "form_group")


def _carry_out(call: Call, ask: str, **said: Any) -> Answer:
    try:
        call.ask("membership", ask, **call.path, **said)
    except RemoteRefusal as refusal:
        if refusal.code == "no-such-group":
            raise
        errors, wrong = problems_of(refusal, LABELS)
        return _group(call, 422, errors=errors, wrong=wrong)
    return done(f"/groups/{call.path['group_id']}", "saved")


def _new(call: Call, status: int = 200, **values: Any) -> Answer:
    values.setdefault("form", {})
    return gather(call).show(
        "group_new.html", status, purposes=PURPOSES, kinds=KINDS, labels=LABELS, **values
    )


def _group(call: Call, status: int = 200, **values: Any) -> Answer:
    shown = call.ask("membership", "show_group", group_id=call.path["group_id"])
    found = gather(call, people=("membership", "list_directory", {"limit": MOST_OFFERED}))
    inside = {one["person_id"] for one in (*shown["members"], *shown["invited"])}
    offered = [one for one in found.rows("people") if one["person_id"] not in inside]
    return found.show(
        "group.html",
        status,
        group=_worded(shown),
        offered=offered if shown["relation"] == "founder" and shown["standing"] == "gathering" else [],
        missing=max(0, shown["size_low"] - shown["size"]),
        labels=LABELS,
        **values,
    )


def _worded(one: dict[str, Any]) -> dict[str, Any]:
    return one | {
        "purpose_name": worded(PURPOSES, one["purpose"]),
        "kind_name": worded(KINDS, one["kind"]),
        "standing_name": worded(STANDINGS, one["standing"]),
    }
