"""What the sponsor and the partner are told, and what they are not."""

from datetime import UTC, datetime
from typing import Any

from deploy.tools.api import Api, await_that

Row = dict[str, Any]


def close_questionnaires(admin: Api, program: Row) -> int:
    """Close what is still open, before its time; return how many were closed."""
    path = f"/v1/programs/{program['id']}/questionnaires"
    still = [one for one in admin.every(path) if one["standing"] != "closed"]
    for one in still:
        admin.post(f"/v1/questionnaires/{one['id']}/closing")
    await_that(lambda: all(one["standing"] == "closed" for one in admin.every(path)), "closed questionnaires")
    return len(still)


def publish(admin: Api, program: Row) -> Row:
    """Return the report of the present month so far, published and frozen."""
    today = datetime.now(UTC).date()
    period = f"{today.replace(day=1).isoformat()}/{today.isoformat()}"
    return admin.post(f"/v1/programs/{program['id']}/reports", {"period": period})


def names_in(document: Any, names: set[str]) -> set[str]:
    """Return which of `names` stand anywhere in a JSON document."""
    if isinstance(document, dict):
        return set().union(*(names_in(value, names) for value in document.values()), set())
    if isinstance(document, list):
        return set().union(*(names_in(value, names) for value in document), set())
    return {name for name in names if isinstance(document, str) and name in document}


def attendance_of_all(report: Row) -> Row | None:
    """Return the figure of attendance over the whole program."""
    return next((one for one in report["attendance"] if one["group"] == "program"), None)
