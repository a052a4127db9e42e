"""Shapes of organizations, people and imports, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

from gateway.schemas.identity import ADDRESS, ID, NAME
from gateway.schemas.maps import Map

LINE = (validate.Length(max=200), NAME[1])
LANGUAGE = validate.Regexp(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}(?!\n)$", error="Not a language tag.")
LARGEST_ROSTER = 12_000_000


class OrganizationBody(Schema):
    display_name = fields.String(required=True, validate=NAME)


class OrganizationAnswer(Schema):
    id = fields.String(required=True)
    display_name = fields.String(required=True)


class PersonBody(Schema):
    """`weekly_hours`: "Mo-Fr 09:00-17:00" on the person's own clock, or UTC hours "15;16;17"."""

    display_name = fields.String(required=True, validate=NAME)
    email = fields.Email(required=True, validate=ADDRESS)
    organization_id = fields.String(validate=ID, allow_none=True)
    zone = fields.String(validate=validate.Length(max=60))
    language = fields.String(validate=LANGUAGE)
    weekly_hours = fields.String(validate=validate.Length(max=500))
    managers = fields.List(fields.String(validate=ID), validate=validate.Length(max=20))
    title = fields.String(validate=LINE)
    function = fields.String(validate=LINE)
    level = fields.String(validate=LINE)
    years = fields.Integer(strict=True, validate=validate.Range(0, 99), allow_none=True)
    languages = fields.List(fields.String(validate=LINE), validate=validate.Length(max=20))
    city = fields.String(validate=LINE)
    country = fields.String(validate=LINE)
    external_id = fields.String(validate=(validate.Length(min=1, max=120), NAME[1]), allow_none=True)


class WeeklyHoursAnswer(Schema):
    """`day` 0 is Monday; minutes count from midnight on the person's own clock."""

    day = fields.Integer(required=True)
    from_minute = fields.Integer(required=True)
    to_minute = fields.Integer(required=True)


class PersonAnswer(Schema):
    id = fields.String(required=True)
    display_name = fields.String(required=True)
    email = fields.String(required=True)
    organization_id = fields.String(required=True, allow_none=True)
    zone = fields.String(required=True)
    language = fields.String(required=True)
    weekly_hours = fields.List(fields.Nested(WeeklyHoursAnswer), required=True)
    managers = fields.List(fields.String(), required=True)
    title = fields.String(required=True)
    function = fields.String(required=True)
    level = fields.String(required=True)
    years = fields.Integer(required=True, allow_none=True)
    languages = fields.List(fields.String(), required=True)
    city = fields.String(required=True)
    country = fields.String(required=True)
    external_id = fields.String(required=True, allow_none=True)
    standing = fields.String(required=True)


class PeopleQuery(Schema):
    organization_id = fields.String(validate=ID)


class ImportBody(Schema):
    """A roster as text; comma, semicolon or tab separated, one line of column names, at most 50,000 people.

    `mapping` says which column is what: `{"Work e-mail": "email", "Notes": ""}` ("" leaves a column out);
    columns it does not name are guessed. `hours_on` is the day whose offset turns UTC hours into local ones.
    """

    text = fields.String(required=True, validate=validate.Length(min=1, max=LARGEST_ROSTER))
    mapping = Map(
        keys=fields.String(validate=validate.Length(min=1, max=200)),
        values=fields.String(validate=validate.Length(max=60)),
        validate=validate.Length(max=100),
    )
    mode = fields.String(validate=validate.OneOf(("all", "partial")))
    dry_run = fields.Boolean(truthy={True}, falsy={False})
    create_organizations = fields.Boolean(truthy={True}, falsy={False})
    hours_on = fields.Date()


class ProblemAnswer(Schema):
    """One fault: row 1 is the line of column names, as spreadsheets count."""

    row = fields.Integer(required=True)
    column = fields.String(required=True)
    value = fields.String(required=True)
    code = fields.String(required=True)
    reason = fields.String(required=True)
    todo = fields.String(required=True)


class ImportAnswer(Schema):
    """`standing`: checking, then checked (dry run), refused, applying or done; `done` of `good` so far."""

    id = fields.String(required=True)
    standing = fields.String(required=True)
    mode = fields.String(required=True)
    dry_run = fields.Boolean(required=True)
    create_organizations = fields.Boolean(required=True)
    hours_on = fields.Date(required=True)
    reason = fields.String(required=True, allow_none=True)
    mapping = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    unmapped_columns = fields.List(fields.String(), required=True)
    new_organizations = fields.List(fields.String(), required=True)
    rows = fields.Integer(required=True)
    good = fields.Integer(required=True)
    skipped = fields.Integer(required=True)
    problems = fields.Integer(required=True)
    done = fields.Integer(required=True)
    added = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    failed = fields.Integer(required=True)
    failures = fields.List(fields.Nested(ProblemAnswer), required=True)
