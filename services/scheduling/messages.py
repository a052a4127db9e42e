"""What is asked of scheduling, and what it answers."""

from dataclasses import dataclass
from typing import Any

from marshmallow import RAISE, Schema, fields, post_load, validate

from services.contracts.caller import Caller
from services.contracts.schemas.derive import UtcDateTime

NOBODY = Caller()  # the door fills in who asks
ID = validate.Regexp(r"\A[a-z]{3}_[0-9a-z]{1,40}\Z")
ONE_LINE = validate.Regexp(r"\A[^\x00-\x1f\x7f\u0085\u2028\u2029]*\Z", error="must be one line of text")


@dataclass(frozen=True)
class ListSessions:
    cohort_id: str
    limit: int = 50
    after: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class MySessions:
    limit: int = 50
    after: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ShowSlot:
    session_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class RescheduleSession:
    """`wall_start` is a naive time to the minute on the clocks of the session's own zone."""

    session_id: str
    wall_start: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class SetPlace:
    session_id: str
    place: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class CancelSession:
    session_id: str
    caller: Caller = NOBODY


class StrictSchema(Schema):
    """Refuses what it does not know: a command with a stray field is a caller's mistake."""

    builds: Any = None

    class Meta:
        unknown = RAISE

    @post_load
    def build(self, loaded: dict[str, Any], **_: Any) -> Any:
        return self.builds(**loaded)


class PagedSchema(StrictSchema):
    limit = fields.Integer(strict=True, validate=validate.Range(1, 100))
    after = fields.String(allow_none=True)


class ListSessionsSchema(PagedSchema):
    builds = ListSessions
    cohort_id = fields.String(required=True, validate=ID)


class MySessionsSchema(PagedSchema):
    builds = MySessions


class ShowSlotSchema(StrictSchema):
    builds = ShowSlot
    session_id = fields.String(required=True, validate=ID)


class RescheduleSessionSchema(StrictSchema):
    builds = RescheduleSession
    session_id = fields.String(required=True, validate=ID)
    wall_start = fields.String(required=True, validate=validate.Length(16, 16))


class SetPlaceSchema(StrictSchema):
    builds = SetPlace
    session_id = fields.String(required=True, validate=ID)
    place = fields.String(required=True, validate=[validate.Length(max=300), ONE_LINE])


class CancelSessionSchema(StrictSchema):
    builds = CancelSession
    session_id = fields.String(required=True, validate=ID)


class SlotSchema(Schema):
    """One session's time and place, as everybody who may see it sees it."""

    session_id = fields.String(attribute="id")
    cohort_id = fields.String()
    program_id = fields.String()
    number = fields.Integer()
    of = fields.Integer()
    wall_start = fields.String()
    zone = fields.String()
    starts_at = UtcDateTime()
    ends_at = UtcDateTime()
    place = fields.String()
    sequence = fields.Integer()
    standing = fields.String()


class SlotPageSchema(Schema):
    """Some of a list, and where the next ones begin."""

    data = fields.List(fields.Nested(SlotSchema), attribute="items")
    next = fields.String(allow_none=True)
