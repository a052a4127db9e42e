"""What membership is asked about programs and enrollments."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from services.contracts.caller import Caller
from services.membership.domain.wishes import KINDS_OF_COURSE
from services.membership.messages.identity import ID, NOBODY, ONE_LINE, Asked, Listing

KEY = validate.Regexp(r"^[a-z_]{1,40}\Z", error="Not a key.")
LINE = (validate.Length(max=200), ONE_LINE[1])  # may be empty: nothing is said any more
MOST_AT_ONCE = 50_000


@dataclass(frozen=True)
class DesignProgram:
    """`wishes`: what domain/programs.py takes; only what was said is in it."""

    wishes: Mapping[str, Any]
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ChangeProgram:
    program_id: str
    wishes: Mapping[str, Any]
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListPrograms:
    limit: int
    after: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ShowProgram:
    program_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class EnrollPeople:
    """`person_ids` None: everyone active, of one organization where that is said."""

    program_id: str
    person_ids: tuple[str, ...] | None = None
    organization_id: str | None = None
    everyone: bool = False
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ShowEnrolling:
    enrolling_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListOfProgram:
    program_id: str
    limit: int
    after: str | None = None
    caller: Caller = NOBODY


class OneOutcome(fields.Field):
    """A key, or several: the domain says why several are refused."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> Any:
        keys = value if isinstance(value, list) else [value]
        if not keys or len(keys) > 10 or not all(isinstance(key, str) and len(key) <= 60 for key in keys):
            raise ValidationError("Not an outcome's key.")
        return value


class EnhancesSchema(Asked):
    """What a program follows; `url` is of the web, or is not said."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS_OF_COURSE))
    title = fields.String(required=True, validate=ONE_LINE)
    url = fields.Url(schemes={"http", "https"}, validate=validate.Length(max=500))

    @post_load
    def build(self, loaded: dict[str, Any], **_: Any) -> Any:
        return loaded


class _Wishes(Asked):
    """Everything a design can be told."""

    display_name = fields.String(validate=ONE_LINE)
    outcome = OneOutcome()
    form = fields.String(validate=KEY)
    size_low = fields.Integer(strict=True)
    size_high = fields.Integer(strict=True)
    session_count = fields.Integer(strict=True)
    session_minutes = fields.Integer(strict=True)
    weeks_between = fields.Integer(strict=True)
    facilitation = fields.String(validate=KEY)
    starts_on = fields.Date()
    secondary_outcomes = fields.List(fields.String(validate=KEY), validate=validate.Length(max=10))
    deviation_reason = fields.String(validate=LINE)
    cohort_title = fields.String(validate=LINE)
    licence = fields.String(validate=LINE)
    enhances = fields.Nested(EnhancesSchema, allow_none=True)


class DesignProgramSchema(_Wishes):
    display_name = fields.String(required=True, validate=ONE_LINE)
    outcome = OneOutcome(required=True)

    @post_load
    def build(self, loaded: dict[str, Any], **_: Any) -> Any:
        return DesignProgram(loaded)


class ChangeProgramSchema(_Wishes):
    program_id = fields.String(required=True, validate=ID)
    standing = fields.String(validate=KEY)

    @post_load
    def build(self, loaded: dict[str, Any], **_: Any) -> Any:
        return ChangeProgram(loaded.pop("program_id"), loaded)


class ListProgramsSchema(Listing):
    makes = ListPrograms


class ShowProgramSchema(Asked):
    makes = ShowProgram
    program_id = fields.String(required=True, validate=ID)


class EnrollPeopleSchema(Asked):
    makes = EnrollPeople
    program_id = fields.String(required=True, validate=ID)
    person_ids = fields.List(
        fields.String(validate=ID), validate=validate.Length(min=1, max=MOST_AT_ONCE), allow_none=True
    )
    organization_id = fields.String(validate=ID, allow_none=True)
    everyone = fields.Boolean(truthy={True}, falsy={False})

    @validates_schema
    def one_way(self, loaded: dict[str, Any], **_: Any) -> None:
        ways = sum(1 for name in ("person_ids", "organization_id", "everyone") if loaded.get(name))
        if ways != 1:
            raise ValidationError("Say person_ids, or organization_id, or everyone: true.")


class ShowEnrollingSchema(Asked):
    makes = ShowEnrolling
    enrolling_id = fields.String(required=True, validate=ID)


class ListOfProgramSchema(Listing):
    makes = ListOfProgram
    program_id = fields.String(required=True, validate=ID)
