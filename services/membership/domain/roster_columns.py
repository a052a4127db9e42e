"""Which column of a roster means what: said by the caller, else guessed from its name."""

import re
from collections.abc import Mapping

from services.kit.errors import Invalid

SPELLINGS = {
    "name": ("name", "full name", "display name", "person", "employee", "employee name", "member"),
    "first_name": ("first name", "given name", "forename"),
    "last_name": ("last name", "family name", "surname"),
    "email": ("email", "e mail", "mail", "email address", "e mail address", "mail address", "work email"),
    "organization": ("organization", "organisation", "company", "employer", "org", "partner"),
    "manager": (
        "manager",
        "managers",
        "manager email",
        "manager id",
        "reports to",
        "supervisor",
        "line manager",
    ),
    "zone": ("zone", "time zone", "timezone", "tz", "iana zone", "iana time zone"),
    "title": ("title", "job title", "position", "job"),
    "function": ("function", "department", "job function", "area"),
    "level": ("level", "grade", "seniority", "job level"),
    "years": ("years", "years of experience", "experience", "experience years", "work experience years"),
    "weekly_hours": (
        "weekly hours",
        "working hours",
        "hours",
        "availability",
        "working hour list",
        "utc hours",
        "working hours utc",
    ),
    "language": ("language", "locale", "lang", "preferred language"),
    "languages": ("languages", "spoken languages", "languages spoken"),
    "city": ("city", "town"),
    "country": ("country",),
    "external_id": ("external id", "id", "employee id", "personnel number", "person id", "hr id", "number"),
}
FIELDS = tuple(SPELLINGS)
LEFT_OUT = ""
_FIELD_OF = {spelling: field for field, spellings in SPELLINGS.items() for spelling in spellings}


class MappingWrong(Invalid):
    code = "mapping-wrong"


def map_columns(columns: tuple[str, ...], wanted: Mapping[str, str]) -> dict[str, str]:
    """Return column -> field for every column that means something.

    Args:
        columns: names as they stand in the file.
        wanted: column -> field (one of FIELDS), or "" to leave a column out. Columns it does not name are
            guessed,
            unless their field is taken already.

    Raises:
        MappingWrong: it names a column the file has not, a field there is not, or one field twice; or in
            the end
            no column holds addresses or names. `errors` point into `/mapping`.
    """
    _check_wanted(columns, wanted)
    mapping = {column: field for column, field in wanted.items() if field}
    for column in columns:
        field = _FIELD_OF.get(_folded(column))
        if column not in wanted and field is not None and field not in mapping.values():
            mapping[column] = field
    found = set(mapping.values())
    if "email" not in found:
        raise _wrong("email", "no column holds e-mail addresses; say which one does")
    if "name" not in found and not {"first_name", "last_name"} & found:
        raise _wrong("name", "no column holds names; say which one does")
    return {column: mapping[column] for column in columns if column in mapping}


def unmapped_columns(columns: tuple[str, ...], mapping: Mapping[str, str]) -> tuple[str, ...]:
    """Return the columns nothing is read from, in the file's order."""
    return tuple(column for column in columns if column not in mapping)


def _check_wanted(columns: tuple[str, ...], wanted: Mapping[str, str]) -> None:
    for column, field in wanted.items():
        if column not in columns:
            raise _wrong(column, f"the file has no column {column[:60]!r}")
        if field not in (*FIELDS, LEFT_OUT):
            raise _wrong(column, f"{field[:60]!r} is none of {', '.join(FIELDS)}")
    chosen = [field for field in wanted.values() if field]
    for column, field in wanted.items():
        if chosen.count(field) > 1:
            raise _wrong(column, f"two columns are to be the {field}")


def _wrong(column: str, detail: str) -> MappingWrong:
    token = column.replace("~", "~0").replace("/", "~1")
    return MappingWrong(detail, errors=[{"pointer": f"/mapping/{token}", "detail": detail}])


def _folded(column: str) -> str:
    spaced = re.sub(r"([a-z])([A-Z])", r"\1 \2", column)
    return " ".join(re.sub(r"[_\-.:]+", " ", spaced).lower().split())
