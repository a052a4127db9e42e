"""A formation as staff work on it: groups and scores, who is moved or locked, why here and why not there."""

from typing import Any
from urllib.parse import urlencode

from marshmallow import fields, validate

from gateway.answers import Answer, see_other
from gateway.calls import Call
from gateway.portal.frame import STAFF, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import Phrase, many, say
from gateway.portal.workbench_words import AT_WORK, as_card, as_place, figures, how_far, why_ended, zones_of
from gateway.routing import page, roles
from services.kit.outcomes import RemoteRefusal

WHO = roles(*STAFF)
CARDS = 24  # of a page
PLACES = 24
PATH = "/staff/formations/{formation_id}"
LABELS = {"most_moved": say("At most so many move")}
SHOWN = ("all", "look", "leaderless")


class BenchQuery(SaidQuery):
    """Which groups, which person is looked at or being moved, and the group they may be asked about."""

    show = fields.String(validate=validate.OneOf(SHOWN), load_default="all")
    q = fields.String(validate=validate.Length(max=100), load_default="")
    first = fields.Integer(validate=validate.Range(0, 100_000), load_default=0)
    person = fields.String(validate=validate.Length(max=64), load_default="")
    moving = fields.String(validate=validate.Length(max=64), load_default="")
    group = fields.Integer(validate=validate.Range(1, 100_000), allow_none=True, load_default=None)
    back = fields.String(validate=validate.Regexp(r"(none|\d{1,6})?\Z"), load_default="")


@page("GET", PATH, who=WHO, query=BenchQuery, summary="A proposed split, to work on")
def formation(call: Call) -> Answer:
    return _bench(call)


@page("POST", f"{PATH}/commit", who=WHO, summary="Form the proposed cohorts")
def commit_formation(call: Call) -> Answer:
    return _carried_out(call, "commit_formation", {}, "")


@page("POST", f"{PATH}/cancel", who=WHO, summary="End a search")
def cancel_formation(call: Call) -> Answer:
    return _carried_out(call, "cancel_formation", {}, "")


@page("POST", f"{PATH}/moves", who=WHO, summary="Move somebody by hand")
def move_person(call: Call) -> Answer:
    to, person = call.body.get("to", "none"), call.body.get("person_id", "")
    said: dict[str, Any] = {"person_id": person, "group": int(to) if to.isdecimal() else None}
    if call.body.get("swap"):
        said["swap"] = call.body["swap"]
    back = call.body.get("back", "")
    query = {"said": "moved", "person": person} | ({"back": back} if back else {})
    return _carried_out(call, "move_person", said, f"?{urlencode(query)}")


@page("POST", f"{PATH}/locks", who=WHO, summary="Lock somebody where they are, or unlock them")
def lock_person(call: Call) -> Answer:
    person, is_locked = call.body.get("person_id", ""), call.body.get("locked") == "yes"
    query = urlencode({"said": "locked" if is_locked else "unlocked", "person": person})
    return _carried_out(call, "lock_people", {"person_ids": [person], "locked": is_locked}, f"?{query}")


@page("POST", f"{PATH}/runs", who=WHO, summary="Form again from these groups")
def form_again(call: Call) -> Answer:
    former_id = call.path["formation_id"]
    stood = call.ask("membership", "show_progress", formation_id=former_id)
    said: dict[str, Any] = {"seed": (stood["seed"] + 1) % 2**31}
    most = call.body.get("most_moved", "").strip()
    if most:
        if not most.isdecimal() or int(most) > 100_000:
            text = say("Write a whole number of people, or leave it empty.")
            return _bench(call, 422, errors=[{"field": "most_moved", "text": text}], form=call.body)
        said |= {"most_moved": int(most)}
    if stood["standing"] == "found":
        said |= {"former_id": former_id}
    said = {name: value for name, value in said.items() if name != "most_moved" or "former_id" in said}
    try:
        begun = call.ask("membership", "form_cohorts", program_id=stood["program_id"], **said)
    except RemoteRefusal as refusal:
        return _bench(call, 422, errors=problems_of(refusal, LABELS)[0], form=call.body)
    return see_other(f"/staff/formations/{begun['id']}")


@page("GET", f"{PATH}/comparison", who=WHO, query=SaidQuery, summary="What this split changes")
def comparison(call: Call) -> Answer:
    compared = call.ask("membership", "compare_formations", **call.path)
    changes = [{**each, "gain": each["points"][0] - each["points"][1]} for each in compared["changes"]]
    sides = [
        {"label": label, "here": compared[name][0], "there": compared[name][1]}
        for name, label in (
            ("points", say("Points")),
            ("lowest", say("Lowest cohort")),
            ("unplaced", say("Not placed")),
            ("broken", say("Rules broken")),
        )
    ]
    return gather(call).show("formation_compare.html", compared=compared, changes=changes, sides=sides)


def _carried_out(call: Call, ask: str, said: dict[str, Any], query: str) -> Answer:
    formation_id = call.path["formation_id"]
    try:
        call.ask("membership", ask, formation_id=formation_id, **said)
    except RemoteRefusal as refusal:
        if refusal.code == "not-found":
            raise
        return _bench(call, 422, errors=_linked(refusal))
    return see_other(f"/staff/formations/{formation_id}{query}")


def _linked(refusal: RemoteRefusal) -> list[dict[str, Any]]:
    """A no, each part of it linked to the card it is about."""
    errors, _ = problems_of(refusal)
    return [one | {"field": f"g{one['field']}" if str(one["field"]).isdecimal() else ""} for one in errors]


def _bench(call: Call, status: int = 200, **values: Any) -> Answer:
    query = {"show": "all", "q": "", "first": 0, "person": "", "moving": "", "group": None, "back": ""}
    query |= call.query
    asked = {"formation_id": call.path["formation_id"], "show": query["show"], "first": query["first"]}
    if query["q"]:
        asked["q"] = query["q"]
    shown = call.ask("membership", "show_formation", **asked, limit=CARDS)
    page = gather(call, **_parts(shown, query))
    chosen = page.parts.get("chosen") or None
    name = (page.parts["program"] or {}).get("display_name") or say("The program")
    if call.query.get("said") in ("moved", "locked", "unlocked") and chosen:
        values.setdefault("said_text", _said(call.query["said"], shown, chosen))
    cards = [as_card(group, shown, query) for group in shown["groups"]]
    return page.show(
        "formation.html",
        status,
        formation=shown | _words(shown),
        program_name=name,
        cards=cards,
        zones=zones_of(cards),
        chosen=chosen,
        why_not=as_place(chosen["why_not"]) if chosen and chosen["why_not"] else None,
        places=[as_place(one) for one in chosen["places"]] if chosen else [],
        query=query,
        keep=_kept(query),
        pages=_pages(shown, query),
        **values,
    )


def _parts(shown: dict[str, Any], query: dict[str, Any]) -> dict[str, Any]:
    parts = {"program": ("membership", "show_program", {"program_id": shown["program_id"]})}
    person = query["moving"] or query["person"]
    if person and shown["standing"] in ("found", "committing", "committed"):
        asked = {"formation_id": shown["id"], "person_id": person}
        asked |= {"group": query["group"]} if query["group"] else {}
        asked |= {"limit": PLACES if query["moving"] else 3}
        parts["chosen"] = ("membership", "explain_place", asked)
    return parts


def _words(shown: dict[str, Any]) -> dict[str, Any]:
    standing = shown["standing"]
    return {
        "running": standing in AT_WORK,
        "open": standing == "found",
        "committed": standing in ("committing", "committed"),
        "sentence": how_far(shown),
        "ended": why_ended(shown),
        "facts": figures(shown),
    }


def _said(what: str, shown: dict[str, Any], chosen: dict[str, Any]) -> Phrase:
    name, number = chosen["display_name"], chosen["group"]
    if what == "locked":
        return say("%(name)s is locked in cohort %(number)s.", name=name, number=number)
    if what == "unlocked":
        return say("%(name)s may be moved again.", name=name)
    broken = many("%(num)s rule broken", "%(num)s rules broken", shown["broken_count"])
    holes = {"name": name, "points": shown["points"], "broken": broken}
    if number is None:
        return say("%(name)s is in no cohort now: %(points)s points, %(broken)s.", **holes)
    return say("%(name)s is in cohort %(number)s now: %(points)s points, %(broken)s.", number=number, **holes)


def _kept(query: dict[str, Any]) -> str:
    """What links of the page carry on: which cards are shown."""
    kept = {name: query[name] for name in ("show", "q", "first") if query[name] not in ("", 0, "all")}
    return urlencode(kept) + "&" if kept else ""


def _pages(shown: dict[str, Any], query: dict[str, Any]) -> dict[str, Any]:
    first, last = query["first"], query["first"] + len(shown["groups"])
    base = {"show": query["show"], "q": query["q"]}
    before = urlencode(base | {"first": max(0, first - CARDS)}) if first else ""
    after = urlencode(base | {"first": last}) if last < shown["found"] else ""
    return {"first": first + 1, "last": last, "found": shown["found"], "before": before, "after": after}
