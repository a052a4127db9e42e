"""How formations, what is asked of them, and rotations look from outside."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from services.contracts.caller import Caller
from services.membership.messages.program_answers import time_answer


def formation_answer(formation: Any, caller: Caller | None = None) -> dict[str, Any]:
    """A formation without its groups: what lists, streams and the acts upon it tell."""
    points = [group.points for group in formation.groups]
    return {
        "id": formation.id,
        "program_id": formation.program_id,
        "standing": formation.standing,
        "reason": formation.reason,
        "seed": formation.seed,
        "moves": formation.moves,
        "roster_hash": formation.roster_hash,
        "progress": {
            "tried": formation.tried,
            "planned": formation.planned,
            "placed": formation.placed,
            "people": formation.people,
        },
        "group_count": len(formation.groups),
        "unplaced_count": len(formation.unplaced),
        "conflict_count": len(formation.conflicts),
        "broken_count": sum(len(group.broken) for group in formation.groups),
        "points": sum(points),
        "lowest": min(points, default=0),
        "moved": formation.moved,
        "formed": formation.formed,
        "notes": list(formation.notes),
        "cancel_wanted": formation.is_cancel_wanted,
    }


def formations_answer(page: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [formation_answer(one) for one in page.items], "next": page.next}


def shown_formation_answer(shown: Any, caller: Caller | None = None) -> dict[str, Any]:
    """With the groups that were asked for; `found` counts those that fit the question, shown or not."""
    formation, people = shown.formation, shown.people
    locked = frozenset(formation.locked)
    return formation_answer(formation) | {
        "options": options_answer(formation.options),
        "locked": list(formation.locked),
        "conflicts": [_broken(one, people) for one in formation.conflicts],
        "sizes": _sizes(formation.groups),
        "found": shown.found,
        "groups": [_group(number, group, people, locked) for number, group in shown.groups.items()],
        "unplaced": [
            _named(one.person_id, people) | {"code": one.code, "reason": one.words}
            for one in formation.unplaced
        ]
        + [
            _named(one, people) | {"code": "enrolled-since", "reason": "enrolled after the run"}
            for one in shown.since
        ],
    }


def options_answer(options: Any) -> dict[str, Any]:
    given = asdict(options)
    pairs = {name: [list(pair) for pair in given[name]] for name in ("wanted", "apart", "together")}
    return given | pairs | {"weights": dict(options.weights)}


def checked_answer(checked: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "enrolled": checked.enrolled,
        "possible": not checked.conflicts,
        "conflicts": [_broken(one, checked.people) for one in checked.conflicts],
        "unplaced": [
            _named(one.person_id, checked.people) | {"code": one.code, "reason": one.words}
            for one in checked.unplaced
        ],
    }


def explained_answer(explained: Any, caller: Caller | None = None) -> dict[str, Any]:
    formation, people = explained.formation, explained.people
    return _named(explained.person_id, people) | {
        "formation_id": formation.id,
        "group": formation.number_of(explained.person_id),
        "locked": explained.person_id in formation.locked,
        "why_here": [asdict(term) for term in explained.why_here],
        "places": [_place(one, people) for one in explained.places],
        "fitting": explained.fitting,
        "why_not": _place(explained.asked, people) if explained.asked else None,
    }


def compared_answer(compared: Any, caller: Caller | None = None) -> dict[str, Any]:
    found, people = compared.comparison, compared.people
    sides = ("points", "lowest", "unplaced", "broken")
    return {
        "formation_id": found.one.id,
        "other_id": found.other.id,
        "moved": found.moved,
        **{name: list(getattr(found, name)) for name in sides},
        "changes": [
            {
                "group": change.one,
                "other_group": change.other,
                "came": [_named(one, people) for one in change.came],
                "left": [_named(one, people) for one in change.left],
                "points": list(change.points),
            }
            for change in found.changes
        ],
    }


def rotation_answer(rotation: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "cohort_id": rotation.cohort_id,
        "data": [
            {
                "number": rotation.begin + number,
                "groups": [
                    [{"person_id": one, "display_name": rotation.names[one]} for one in group]
                    for group in groups
                ],
            }
            for number, groups in enumerate(rotation.rounds, 1)
        ],
    }


def _group(number: int, group: Any, people: Mapping, locked: frozenset[str]) -> dict[str, Any]:
    return {
        "number": number,
        "members": [_named(one, people) | _about(people.get(one), one in locked) for one in group.members],
        "facilitators": [_named(one, people) for one in group.facilitators],
        "first_start": time_answer(group.starts_at),
        "points": group.points,
        "most": sum(term.most for term in group.terms),
        "terms": [asdict(term) for term in group.terms],
        "broken": [_broken(one, people) for one in group.broken],
    }


def _about(person: Any, is_locked: bool) -> dict[str, Any]:
    return {
        "title": person.title if person else "",
        "zone": person.zone if person else "UTC",
        "organization_id": person.organization_id if person else None,
        "locked": is_locked,
    }


def _place(place: Any, people: Mapping) -> dict[str, Any]:
    return {
        "group": place.number,
        "points": place.points,
        "size": place.size,
        "after": place.after,
        "swap": _named(place.swap, people) if place.swap else None,
        "broken": [_broken(one, people) for one in place.broken],
    }


def _broken(broken: Any, people: Mapping) -> dict[str, Any]:
    named = [_named(one, people) for one in broken.people]
    return {"rule": broken.rule, "words": broken.words, "people": named}


def _sizes(groups: Iterable[Any]) -> list[int]:
    sizes = [len(group.members) for group in groups]
    return [min(sizes), max(sizes)] if sizes else []


def _named(person_id: str, people: Mapping) -> dict[str, str]:
    person = people.get(person_id)
    return {"person_id": person_id, "display_name": person.display_name if person else ""}
