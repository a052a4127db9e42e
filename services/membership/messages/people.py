"""What membership is asked about organizations, people and imports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from marshmallow import ValidationError, fields, validate

from services.contracts.caller import Caller
from services.membership.domain.imports import MODES
from services.membership.messages.identity import ID, NOBODY, ONE_LINE, Asked, Listing

LARGEST_FILE = 12_000_000  # bytes; 50,000 rows of 240
SHORT_LINE = (validate.Length(max=200), ONE_LINE[1])


@dataclass(frozen=True)
class AddOrganization:
    display_name: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListOrganizations:
    limit: int
    after: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ShowOrganization:
    organization_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ChangeOrganization:
    organization_id: str
    display_name: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class AddPerson:
    """`weekly_hours` as in a roster: "Mo-Fr 09:00-17:00", or UTC hours "15;16;17"."""

    display_name: str
    email: str
    organization_id: str | None = None
    zone: str = "UTC"
    language: str = "en"
    weekly_hours: str = ""
    managers: tuple[str, ...] = ()
    title: str = ""
    function: str = ""
    level: str = ""
    years: int | None = None
    languages: tuple[str, ...] = ()
    city: str = ""
    country: str = ""
    external_id: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListPeople:
    limit: int
    after: str | None = None
    organization_id: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ShowPerson:
    person_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class StartImport:
    """A roster. `mapping`: column -> field, "" leaves a column out; unnamed columns are guessed."""

    text: str | bytes
    mapping: Mapping[str, str] = field(default_factory=dict)
    mode: str = "all"
    dry_run: bool = False
    create_organizations: bool = False
    hours_on: date | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListImports:
    limit: int
    after: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ShowImport:
    import_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListProblems:
    import_id: str
    limit: int
    after: str | None = None
    caller: Caller = NOBODY


class FileContent(fields.Field):
    """A file's text, or its bytes where they were not decoded: the reader names the row that is broken."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> str | bytes:
        if not isinstance(value, str | bytes):
            raise ValidationError("Not a file's content.")
        if len(value if isinstance(value, bytes) else value.encode()) > LARGEST_FILE:
            raise ValidationError(f"Longer than {LARGEST_FILE} bytes.")
        return value


class AddOrganizationSchema(Asked):
    makes = AddOrganization
    display_name = fields.String(required=True, validate=ONE_LINE)


class ListOrganizationsSchema(Listing):
    makes = ListOrganizations


class ShowOrganizationSchema(Asked):
    makes = ShowOrganization
    organization_id = fields.String(required=True, validate=ID)


class ChangeOrganizationSchema(Asked):
    makes = ChangeOrganization
    organization_id = fields.String(required=True, validate=ID)
    display_name = fields.String(required=True, validate=ONE_LINE)


class AddPersonSchema(Asked):
    makes = AddPerson
    display_name = fields.String(required=True, validate=ONE_LINE)
    email = fields.Email(required=True, validate=validate.Length(max=254))
    organization_id = fields.String(validate=ID, allow_none=True)
    zone = fields.String(validate=validate.Length(max=60))
    language = fields.String(validate=validate.Regexp(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\Z"))
    weekly_hours = fields.String(validate=validate.Length(max=500))
    managers = fields.List(fields.String(validate=ID), validate=validate.Length(max=20))
    title = fields.String(validate=SHORT_LINE)
    function = fields.String(validate=SHORT_LINE)
    level = fields.String(validate=SHORT_LINE)
    years = fields.Integer(strict=True, validate=validate.Range(0, 99), allow_none=True)
    languages = fields.List(fields.String(validate=SHORT_LINE), validate=validate.Length(max=20))
    city = fields.String(validate=SHORT_LINE)
    country = fields.String(validate=SHORT_LINE)
    external_id = fields.String(validate=(validate.Length(min=1, max=120), ONE_LINE[1]), allow_none=True)


class ListPeopleSchema(Listing):
    makes = ListPeople
    organization_id = fields.String(validate=ID, allow_none=True)


class ShowPersonSchema(Asked):
    makes = ShowPerson
    person_id = fields.String(required=True, validate=ID)


class StartImportSchema(Asked):
    makes = StartImport
    text = FileContent(required=True)
    mapping = fields.Dict(
        keys=fields.String(validate=validate.Length(max=200)),
        values=fields.String(validate=validate.Length(max=60)),
        validate=validate.Length(max=100),
    )
    mode = fields.String(validate=validate.OneOf(MODES))
    dry_run = fields.Boolean(truthy={True}, falsy={False})
    create_organizations = fields.Boolean(truthy={True}, falsy={False})
    hours_on = fields.Date(allow_none=True)


class ListImportsSchema(Listing):
    makes = ListImports


class ShowImportSchema(Asked):
    makes = ShowImport
    import_id = fields.String(required=True, validate=ID)


class ListProblemsSchema(Listing):
    makes = ListProblems
    import_id = fields.String(required=True, validate=ID)
