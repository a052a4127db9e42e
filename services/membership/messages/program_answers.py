"""How programs, enrollments, formations, cohorts and agreements look from outside."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from services.contracts.caller import Caller


def program_answer(program: Any, caller: Caller | None = None) -> dict[str, Any]:
    lists = ("secondary_outcomes", "reasons", "warnings", "instruments")
    state = asdict(program) | {name: list(getattr(program, name)) for name in lists}
    del state["network"], state["revision"]
    return state | {
        "starts_on": program.starts_on.isoformat(),
        "agenda_template": program.agenda_template,
    }


def programs_answer(page: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [program_answer(one) for one in page.items], "next": page.next}


def enrolling_answer(process: Any, caller: Caller | None = None) -> dict[str, Any]:
    total = len(process.payload["person_ids"])
    is_done = process.state != "running"
    return {
        "id": process.id,
        "program_id": process.payload["program_id"],
        "standing": "done" if is_done else "enrolling",
        "people": total,
        "done": total if is_done else min(total, process.done * 200),
    }


def enrollment_answer(enrollment: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "id": enrollment.id,
        "program_id": enrollment.program_id,
        "person_id": enrollment.person_id,
        "cohort_id": enrollment.cohort_id,
        "standing": enrollment.standing,
    }


def enrollments_answer(page: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [enrollment_answer(one) for one in page.items], "next": page.next}


def formation_answer(formation: Any, caller: Caller | None = None) -> dict[str, Any]:
    """A formation without its groups: what lists and the acts upon it tell."""
    return {
        "id": formation.id,
        "program_id": formation.program_id,
        "standing": formation.standing,
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
        "formed": formation.formed,
        "notes": list(formation.notes),
        "cancel_wanted": formation.is_cancel_wanted,
    }


def formations_answer(page: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [formation_answer(one) for one in page.items], "next": page.next}


def shown_formation_answer(shown: Any, caller: Caller | None = None) -> dict[str, Any]:
    formation, names = shown.formation, shown.names
    groups = [
        {
            "number": number,
            "members": [_named(one, names) for one in group.members],
            "first_start": time_answer(group.starts_at),
            "points": group.points,
            "terms": [asdict(term) for term in group.terms],
        }
        for number, group in enumerate(formation.groups, 1)
    ]
    unplaced = [
        _named(one.person_id, names) | {"code": one.code, "reason": one.words} for one in formation.unplaced
    ]
    return formation_answer(formation) | {"groups": groups, "unplaced": unplaced}


def cohort_answer(cohort: Any, caller: Caller | None = None) -> dict[str, Any]:
    """Who has signed is not for staff whom a reporting line to a member keeps out."""
    return {
        "id": cohort.id,
        "program_id": cohort.program_id,
        "display_name": cohort.display_name,
        "form": cohort.form,
        "roster": [asdict(entry) for entry in cohort.roster],
        "facilitators": [asdict(entry) for entry in cohort.facilitators],
        "session_count": cohort.session_count,
        "session_minutes": cohort.session_minutes,
        "weeks_between": cohort.weeks_between,
        "starts_on": cohort.starts_on.isoformat(),
        "agreement_version": cohort.agreement_version,
        "signed_by": None if caller and caller.person_id in cohort.barred else list(cohort.signed_by),
        "standing": cohort.standing,
        "on_hold": cohort.on_hold,
        "why": list(cohort.why),
    }


def cohorts_answer(page: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [cohort_answer(one, caller) for one in page.items], "next": page.next}


def my_cohorts_answer(cohorts: Any, caller: Caller | None = None) -> dict[str, Any]:
    person_id = caller.person_id if caller else None
    return {
        "data": [
            cohort_answer(one)
            | {
                "relation": "facilitator" if one.has_facilitator(person_id) else "member",
                "signed": person_id in one.signed_by,
            }
            for one in cohorts
        ]
    }


def agreement_answer(to_sign: Any, caller: Caller | None = None) -> dict[str, Any]:
    agreement = to_sign.agreement
    return {
        "cohort_id": to_sign.cohort_id,
        "version": agreement.version,
        "title": agreement.title,
        "before": agreement.before,
        "keys": [{"headline": headline, "sentence": sentence} for headline, sentence in agreement.keys],
        "after": agreement.after,
        "pledge": agreement.pledge,
        "signed": to_sign.is_signed,
    }


def signed_answer(cohort: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "cohort_id": cohort.id,
        "version": cohort.agreement_version,
        "signed": bool(caller and caller.person_id in cohort.signed_by),
        "signed_count": len(cohort.signed_by),
    }


def time_answer(moment: datetime | None) -> str | None:
    """A time as RFC 3339 in UTC."""
    return None if moment is None else moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _named(person_id: str, names: Any) -> dict[str, str]:
    return {"person_id": person_id, "display_name": names.get(person_id, "")}
