"""What membership is asked about profiles and the directory, and how it answers."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from marshmallow import RAISE, Schema, fields, post_load, validate

from services.contracts.caller import Caller
from services.membership.domain.directory import CHALLENGE, CITY, COUNTRY, EXPERTISE, FARTHEST, THREAD, Around
from services.membership.domain.profiles import AUDIENCES, FIELDS, LISTED, THREAD_KINDS
from services.membership.messages.identity import ID, NOBODY, ONE_LINE, Asked, Listing
from services.membership.messages.people import SHORT_LINE

TEXT = validate.And(
    validate.Length(max=500),
    validate.Regexp(r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*\Z", error="No control characters."),
)
WORDS = (EXPERTISE, CHALLENGE, THREAD, CITY, COUNTRY)
LATITUDE, LONGITUDE = validate.Range(-90, 90), validate.Range(-180, 180)


@dataclass(frozen=True)
class ChangeProfile:
    """`said`: the fields to change, as `domain.profiles.change_profile` takes them."""

    said: Mapping[str, Any] = field(default_factory=dict)
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListDirectory:
    """`asked`: kind of word -> text; `around`: a circle the place lies in; `cohort_id`: that room alone."""

    limit: int
    after: str | None = None
    asked: Mapping[str, str | None] = field(default_factory=dict)
    around: Around | None = None
    cohort_id: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ShowEntry:
    person_id: str
    caller: Caller = NOBODY


class _Strict(Schema):
    class Meta:
        unknown = RAISE


class PlaceSchema(_Strict):
    city = fields.String(validate=SHORT_LINE)
    country = fields.String(validate=SHORT_LINE)
    latitude = fields.Float(validate=LATITUDE, allow_none=True)
    longitude = fields.Float(validate=LONGITUDE, allow_none=True)


class ThreadSchema(_Strict):
    kind = fields.String(required=True, validate=validate.OneOf(THREAD_KINDS))
    name = fields.String(required=True, validate=ONE_LINE)


class AroundSchema(_Strict):
    latitude = fields.Float(required=True, validate=LATITUDE)
    longitude = fields.Float(required=True, validate=LONGITUDE)
    radius_km = fields.Float(required=True, validate=validate.Range(1, FARTHEST))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Around:
        return Around(**data)


def _texts(most: int, *checks: Any) -> Any:
    return fields.List(fields.String(validate=checks or (TEXT,)), validate=validate.Length(max=most))


class ChangeProfileSchema(Schema):
    class Meta:
        unknown = RAISE

    position = fields.String(validate=SHORT_LINE)
    level = fields.String(validate=SHORT_LINE)
    function = fields.String(validate=SHORT_LINE)
    years = fields.Integer(strict=True, validate=validate.Range(0, 99), allow_none=True)
    languages = _texts(20, *SHORT_LINE)
    place = fields.Nested(PlaceSchema, allow_none=True)
    initiatives = _texts(10)
    offers = _texts(20)
    challenges = _texts(10)
    asks = _texts(10)
    threads = fields.List(fields.Nested(ThreadSchema), validate=validate.Length(max=20))
    phone = fields.String(validate=SHORT_LINE)
    consent = fields.Dict(
        keys=fields.String(validate=validate.OneOf((LISTED, *FIELDS))),
        values=fields.String(validate=validate.OneOf(AUDIENCES)),
    )

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ChangeProfile:
        return ChangeProfile(said=data)


class ListDirectorySchema(Listing):
    makes = ListDirectory
    asked = fields.Dict(
        keys=fields.String(validate=validate.OneOf(WORDS)),
        values=fields.String(validate=validate.Length(max=200), allow_none=True),
    )
    around = fields.Nested(AroundSchema, allow_none=True)
    cohort_id = fields.String(validate=ID, allow_none=True)


class ShowEntrySchema(Asked):
    makes = ShowEntry
    person_id = fields.String(required=True, validate=ID)


def profile_answer(profile: Any, caller: Caller | None = None) -> dict[str, Any]:
    """A profile as its person sees it."""
    return _told(profile, FIELDS) | {"consent": dict(profile.consent)}


def entry_answer(entry: Any, caller: Caller | None = None) -> dict[str, Any]:
    """A person as one reader may see them: what is not told is not there."""
    person = entry.person
    told = {
        "person_id": person.id,
        "display_name": person.display_name,
        "organization_id": person.organization_id,
        "is_mate": entry.is_mate,
    }
    shown = _told(entry.profile, entry.shown - {"place"})
    if "place" in entry.shown:
        shown |= {"city": entry.profile.place.city, "country": entry.profile.place.country}
    if "email" in entry.shown:
        shown["email"] = person.email
    return told | {name: value for name, value in shown.items() if value not in ("", [], None)}


def directory_answer(page: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [entry_answer(one) for one in page.items], "next": page.next}


def _told(profile: Any, names: Any) -> dict[str, Any]:
    told = {
        name: _plain(getattr(profile, name)) for name in names if name not in ("email", "threads", "place")
    }
    if "threads" in names:
        threads = [asdict(each) | {"words": list(each.words)} for each in profile.threads]
        told["threads"] = threads
    return told | ({"place": asdict(profile.place)} if "place" in names else {})


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
