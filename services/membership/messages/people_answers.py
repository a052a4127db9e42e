"""How organizations, people and imports look from outside: what is not named here is not told."""

from dataclasses import asdict
from typing import Any

from services.contracts.caller import Caller


def organization_answer(organization: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"id": organization.id, "display_name": organization.display_name}


def organizations_answer(page: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [organization_answer(one) for one in page.items], "next": page.next}


def person_answer(person: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "id": person.id,
        "display_name": person.display_name,
        "email": person.email,
        "organization_id": person.organization_id,
        "zone": person.zone,
        "language": person.language,
        "weekly_hours": [asdict(hours) for hours in person.weekly_hours],
        "managers": list(person.managers),
        "title": person.title,
        "function": person.function,
        "level": person.level,
        "years": person.years,
        "languages": list(person.languages),
        "city": person.city,
        "country": person.country,
        "external_id": person.external_id,
        "standing": person.standing,
    }


def people_answer(page: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [person_answer(one) for one in page.items], "next": page.next}


def import_answer(roster: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "id": roster.id,
        "standing": roster.standing,
        "mode": roster.mode,
        "dry_run": roster.is_dry_run,
        "create_organizations": roster.creates_organizations,
        "hours_on": roster.hours_on.isoformat(),
        "reason": roster.reason,
        "mapping": dict(roster.mapping),
        "unmapped_columns": list(roster.unmapped),
        "new_organizations": list(roster.new_organizations),
        "rows": roster.rows,
        "good": roster.good,
        "skipped": roster.skipped,
        "problems": roster.problem_count,
        "done": roster.added + roster.changed + roster.unchanged + roster.failed,
        "added": roster.added,
        "changed": roster.changed,
        "unchanged": roster.unchanged,
        "failed": roster.failed,
        "failures": [asdict(problem) for problem in roster.failures],
    }


def imports_answer(page: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [import_answer(one) for one in page.items], "next": page.next}


def problems_answer(page: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [asdict(problem) for problem in page.items], "next": page.next}
