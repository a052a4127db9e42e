"""What is asked about notices, and what is answered."""

from dataclasses import dataclass

from marshmallow import Schema, fields, validate

from services.contracts.caller import Caller
from services.contracts.schemas.derive import UtcDateTime
from services.notifications.domain.kinds import TOPICS
from services.notifications.messages.shapes import NOBODY, PagedSchema, StrictSchema

STATES = ("queued", "sending", "sent", "failed", "dropped")


@dataclass(frozen=True)
class ListNotices:
    limit: int = 50
    after: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListDeliveries:
    """`state` narrows the delivery log."""

    state: str | None = None
    limit: int = 50
    after: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class StopNotices:
    """`topic` may be left out by a link, which knows its own; `again` takes a stop back."""

    topic: str | None = None
    again: bool = False
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ShowPreferences:
    caller: Caller = NOBODY


class ListNoticesSchema(PagedSchema):
    builds = ListNotices


class ListDeliveriesSchema(PagedSchema):
    builds = ListDeliveries
    state = fields.String(validate=validate.OneOf(STATES), allow_none=True)


class StopNoticesSchema(StrictSchema):
    builds = StopNotices
    topic = fields.String(validate=validate.OneOf(TOPICS), allow_none=True)
    again = fields.Boolean(truthy={True}, falsy={False})


class ShowPreferencesSchema(StrictSchema):
    builds = ShowPreferences


class NoticeSchema(Schema):
    """One notice as its person sees it."""

    notice_id = fields.String(attribute="id")
    kind = fields.String()
    session_id = fields.Function(lambda notice: notice.about.get("session_id"))
    cohort_id = fields.Function(lambda notice: notice.about.get("cohort_id"))
    questionnaire_id = fields.Function(lambda notice: notice.about.get("questionnaire_id"))
    told_at = UtcDateTime(attribute="not_before")
    state = fields.String()


class NoticePageSchema(Schema):
    """Some of a person's notices, and where the next ones begin."""

    data = fields.List(fields.Nested(NoticeSchema), attribute="items")
    next = fields.String(allow_none=True)


class LoggedNoticeSchema(Schema):
    """One notice in the delivery log: never an address, never a text."""

    notice_id = fields.String(attribute="id")
    person_id = fields.String()
    kind = fields.String()
    channel = fields.String()
    not_before = UtcDateTime()
    state = fields.String()
    attempts = fields.Integer()
    finished_at = UtcDateTime(allow_none=True)
    reason = fields.Function(lambda notice: "" if notice.state == "dropped" else notice.reason)


class DeliveryLogSchema(Schema):
    """Some of the delivery log, and where the next part begins."""

    data = fields.List(fields.Nested(LoggedNoticeSchema), attribute="items")
    next = fields.String(allow_none=True)


class PreferencesSchema(Schema):
    """The topics one stopped, and those one can stop."""

    stopped = fields.List(fields.String())
    topics = fields.Function(lambda _: list(TOPICS))
