"""A formation in words: how far it is, its figures and cards, each person's own clock, where zones lie."""

from datetime import datetime
from typing import Any

from gateway.portal.phrases import Phrase, many, say
from gateway.portal.words import city, moment, zone_info

AT_WORK = ("searching", "committing")
WEST, EAST = -12, 14  # hours from UTC, the ends of the map
RULES = {
    "reporting-line": say("Two people of one reporting line sit together"),
    "no-common-start": say("No weekly start suits all"),
    "size": say("Too many or too few members"),
    "kept-apart": say("Two people sit together who are to be kept apart"),
    "kept-together": say("Somebody is without whom they are to be kept together with"),
    "locks-contradict": say("Locks contradict a rule"),
    "nobody-available": say("Nobody has given hours that are long enough"),
    "too-few-available": say("Too few have given hours that are long enough"),
}
ENDED = {
    "cancelled": say("The search was ended before a split was found."),
    "failed": say("The search failed and was given up. Form again; if it fails again, tell the operator."),
    "refused": say("No cohort can be formed like this. What stands in the way, the smallest first:"),
}


def how_far(formation: dict[str, Any]) -> Phrase:
    """How the search or the commit goes, in one sentence."""
    progress, standing = formation["progress"], formation["standing"]
    if standing in ("failed", "refused", "cancelled"):
        return say("No split was found.")
    if standing == "committing":
        return say("%(done)s of %(all)s cohorts made", done=formation["formed"], all=formation["group_count"])
    return say("%(placed)s of %(people)s people placed", placed=progress["placed"], people=progress["people"])


def why_ended(formation: dict[str, Any]) -> Phrase | str:
    """Why there is nothing to see; "" where there is."""
    return ENDED.get(formation["standing"], "")


def figures(formation: dict[str, Any]) -> list[dict[str, Any]]:
    """What is worth comparing between two splits."""
    if not formation["group_count"]:
        return []
    low, high = formation["sizes"]
    left_out, broken = formation["unplaced_count"], formation["broken_count"]
    return [
        {"label": say("Cohorts"), "value": formation["group_count"]},
        {"label": say("Members each"), "value": low if low == high else say("%(a)s to %(b)s", a=low, b=high)},
        {"label": say("Rules broken"), "value": broken, "is_bad": broken > 0},
        {"label": say("Not placed"), "value": left_out, "is_bad": left_out > 0},
        {"label": say("Points"), "value": formation["points"]},
        {"label": say("Lowest cohort"), "value": formation["lowest"]},
    ]


def as_card(group: dict[str, Any], formation: dict[str, Any], query: dict[str, Any]) -> dict[str, Any]:
    """A group as its card shows it: the start on each member's clock, and who a broken rule is about."""
    start = moment(group["first_start"]) if group["first_start"] else None
    hot = {one["person_id"] for broken in group["broken"] for one in broken["people"]}
    chosen = query["moving"] or query["person"]
    members = [
        member
        | {
            "clock": _clock(start, member["zone"]),
            "offset": _offset(start, member["zone"]),
            "hot": member["person_id"] in hot,
            "chosen": member["person_id"] == chosen,
        }
        for member in group["members"]
    ]
    return group | {
        "members": members,
        "share": f"{100 * group['points'] // (group['most'] or 1)}%",
        "when": _when(start, members),
        "rules": [_rule(one) for one in group["broken"]],
        "thread": next((one["words"] for one in group["terms"] if one["name"] == "thread"), ""),
    }


def as_place(place: dict[str, Any]) -> dict[str, Any]:
    """A place as its button says it: "+5", the rules it would break."""
    sign = "+" if place["points"] >= 0 else "\u2212"
    return place | {
        "gain": f"{sign}{abs(place['points'])}",
        "rules": [_rule(one) for one in place["broken"]],
        "people": many("%(num)s person", "%(num)s people", place["size"]),
    }


def zones_of(cards: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The map of time zones: for each card where its members live, as shares of the way from west to east."""
    rows = []
    for card in cards:
        offsets = sorted({member["offset"] for member in card["members"]})
        places = [f"{100 * (offset - WEST) / (EAST - WEST):.1f}%" for offset in offsets]
        cities = sorted({city(member["zone"]) for member in card["members"]})
        if places:
            span = {"from": places[0], "to": places[-1]}
            rows.append({"number": card["number"], "places": places, "cities": cities, **span})
    return rows


def _rule(broken: dict[str, Any]) -> dict[str, Any]:
    words = RULES.get(broken["rule"]) or broken["words"]
    return {
        "words": words,
        "names": [one["display_name"] for one in broken["people"]],
    }


def _clock(start: datetime | None, zone: str) -> str:
    return start.astimezone(zone_info(zone)).strftime("%H:%M") if start else ""


def _offset(start: datetime | None, zone: str) -> float:
    offset = (start or datetime.now(zone_info(zone))).astimezone(zone_info(zone)).utcoffset()
    return offset.total_seconds() / 3600 if offset else 0.0


def _when(start: datetime | None, members: list[dict[str, Any]]) -> Phrase:
    if start is None:
        return say("No common start")
    ordered = sorted(members, key=lambda member: member["offset"])
    west, east = ordered[0], ordered[-1]
    return say(
        "%(utc)s UTC: %(first)s %(west)s to %(last)s %(east)s",
        utc=start.strftime("%a %H:%M"),
        first=west["clock"],
        west=city(west["zone"]),
        last=east["clock"],
        east=city(east["zone"]),
    )
