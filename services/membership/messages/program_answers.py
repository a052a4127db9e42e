"""How programs, enrollments, cohorts and agreements look from outside."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from services.contracts.caller import Caller
from services.membership.domain.agreements import text_of
from services.membership.domain.ground_rules import new_since


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


def agreement_answer(cohort: Any, caller: Caller | None = None) -> dict[str, Any]:
    """The text as one person meets it; own rules and who has signed are the cohort's own, not for staff."""
    agreement, person_id = text_of(cohort.agreement_version), caller.person_id if caller else None
    is_ours = cohort.has_member(person_id) or cohort.has_facilitator(person_id)
    return {
        "cohort_id": cohort.id,
        "version": cohort.agreement_version,
        "title": agreement.title,
        "before": agreement.before,
        "keys": [{"headline": headline, "sentence": sentence} for headline, sentence in agreement.keys],
        "after": agreement.after,
        "pledge": agreement.pledge,
        "signed": person_id in cohort.signed_by,
        "own_rules": list(cohort.own_rules) if is_ours else None,
        "new_rules": list(new_since(cohort, person_id)) if is_ours else None,
        "may_word": is_ours and (not cohort.facilitators or cohort.has_facilitator(person_id)),
        "signers": [_signer(entry, cohort) for entry in _everyone(cohort)] if is_ours else None,
    }


def _everyone(cohort: Any) -> list[Any]:
    """Present members and who leads them, each once, in the order of the roster."""
    members = [entry for entry in cohort.roster if entry.standing == "member"]
    inside = {entry.person_id for entry in members}
    return members + [entry for entry in cohort.facilitators if entry.person_id not in inside]


def _signer(entry: Any, cohort: Any) -> dict[str, Any]:
    return {
        "person_id": entry.person_id,
        "display_name": entry.display_name,
        "signed": entry.person_id in cohort.signed_by,
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
