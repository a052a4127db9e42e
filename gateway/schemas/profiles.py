"""Shapes of one's own profile and of the directory, as `/v1` takes and gives them."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from gateway.schemas.identity import ID, NAME
from gateway.schemas.maps import Map
from gateway.schemas.membership import LINE

AUDIENCES = ("nobody", "cohort", "network")
FIELDS = (
    *("position", "level", "function", "years", "languages", "initiatives", "offers", "challenges", "asks"),
    *("place", "threads", "email", "phone"),
)
CONSENTED = ("listed", *FIELDS)
THREAD_KINDS = (
    *("position", "level", "experience", "function", "project", "initiative"),
    *("industry_pressure", "client_base", "community", "strategy"),
)
TEXT = (
    validate.Length(max=500),
    validate.Regexp(r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*(?!\n)$", error="No control characters."),
)
LATITUDE, LONGITUDE = validate.Range(-90, 90), validate.Range(-180, 180)
RADIUS = validate.Range(1, 20_100)


def texts(most: int, checks: tuple[Any, ...] = TEXT, **options: Any) -> Any:
    return fields.List(fields.String(validate=checks), validate=validate.Length(max=most), **options)


class PlaceBody(Schema):
    """A point is kept to a tenth of a degree, about 11 km; the directory shows city and country alone."""

    city = fields.String(validate=LINE)
    country = fields.String(validate=LINE)
    latitude = fields.Float(validate=LATITUDE, allow_none=True)
    longitude = fields.Float(validate=LONGITUDE, allow_none=True)


class ThreadBody(Schema):
    """Something one could have in common with others."""

    kind = fields.String(required=True, validate=validate.OneOf(THREAD_KINDS))
    name = fields.String(required=True, validate=NAME)


class ProfileBody(Schema):
    """What is named is changed; the rest stays. `consent` says for each field who sees it.

    "cohort": the people of one's own cohorts; "network": everybody in it. `listed` is being in the directory
    at all, and nothing is shown to more people than that; ways to reach you are for cohorts at most.
    """

    position = fields.String(validate=LINE)
    level = fields.String(validate=LINE)
    function = fields.String(validate=LINE)
    years = fields.Integer(strict=True, validate=validate.Range(0, 99), allow_none=True)
    languages = texts(20, LINE)
    place = fields.Nested(PlaceBody, allow_none=True)
    initiatives = texts(10)
    offers = texts(20)
    challenges = texts(10)
    asks = texts(10)
    threads = fields.List(fields.Nested(ThreadBody), validate=validate.Length(max=20))
    phone = fields.String(validate=LINE)
    consent = Map(
        keys=fields.String(validate=validate.OneOf(CONSENTED)),
        values=fields.String(validate=validate.OneOf(AUDIENCES)),
    )


class PlaceAnswer(Schema):
    city = fields.String(required=True)
    country = fields.String(required=True)
    latitude = fields.Float(required=True, allow_none=True)
    longitude = fields.Float(required=True, allow_none=True)


class ThreadAnswer(Schema):
    """`words` are what threads of one kind are compared by."""

    kind = fields.String(required=True)
    name = fields.String(required=True)
    words = fields.List(fields.String(), required=True)


class ProfileAnswer(Schema):
    position = fields.String(required=True)
    level = fields.String(required=True)
    function = fields.String(required=True)
    years = fields.Integer(required=True, allow_none=True)
    languages = fields.List(fields.String(), required=True)
    place = fields.Nested(PlaceAnswer, required=True)
    initiatives = fields.List(fields.String(), required=True)
    offers = fields.List(fields.String(), required=True)
    challenges = fields.List(fields.String(), required=True)
    asks = fields.List(fields.String(), required=True)
    threads = fields.List(fields.Nested(ThreadAnswer), required=True)
    phone = fields.String(required=True)
    consent = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class DirectoryQuery(Schema):
    """Every word must be found; a circle needs its middle and its radius; `cohort_id`: in that room alone."""

    expertise = fields.String(validate=LINE)
    challenge = fields.String(validate=LINE)
    thread = fields.String(validate=LINE)
    city = fields.String(validate=LINE)
    country = fields.String(validate=LINE)
    latitude = fields.Float(validate=LATITUDE)
    longitude = fields.Float(validate=LONGITUDE)
    radius_km = fields.Float(validate=RADIUS)
    cohort_id = fields.String(validate=ID)

    @validates_schema
    def _whole_circle(self, data: dict[str, Any], **_: Any) -> None:
        missing = [name for name in ("latitude", "longitude", "radius_km") if name not in data]
        if missing and len(missing) < 3:
            raise ValidationError({name: ["is missing beside the others"] for name in missing})


class EntryAnswer(Schema):
    """One person as this reader may see them: a field that is not told is not there."""

    person_id = fields.String(required=True)
    display_name = fields.String(required=True)
    organization_id = fields.String(required=True, allow_none=True)
    is_mate = fields.Boolean(required=True)
    position = fields.String()
    level = fields.String()
    function = fields.String()
    years = fields.Integer()
    languages = fields.List(fields.String())
    city = fields.String()
    country = fields.String()
    initiatives = fields.List(fields.String())
    offers = fields.List(fields.String())
    challenges = fields.List(fields.String())
    asks = fields.List(fields.String())
    threads = fields.List(fields.Nested(ThreadAnswer))
    email = fields.String()
    phone = fields.String()
