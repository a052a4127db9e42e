"""Shapes of notices and webhooks, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

STATES = ("queued", "sending", "sent", "failed", "dropped")
TOPICS = ("capsules", "feedback", "reminders", "timetable", "tips")
TYPES = ("cohort_formed", "person_added", "person_changed", "program_changed", "program_designed")


class NoticeAnswer(Schema):
    """One notice to me. What it tells of is named by id, never by text."""

    notice_id = fields.String(required=True)
    kind = fields.String(required=True)
    session_id = fields.String(required=True, allow_none=True)
    cohort_id = fields.String(required=True, allow_none=True)
    questionnaire_id = fields.String(required=True, allow_none=True)
    told_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))


class DeliveriesQuery(Schema):
    state = fields.String(validate=validate.OneOf(STATES))


class LoggedNoticeAnswer(Schema):
    """One notice in the delivery log: no address, no text, nothing that tells who answered."""

    notice_id = fields.String(required=True)
    person_id = fields.String(required=True)
    kind = fields.String(required=True)
    channel = fields.String(required=True)
    not_before = fields.AwareDateTime(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    attempts = fields.Integer(required=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
    reason = fields.String(required=True)


class StopBody(Schema):
    """Which letters to stop; `again` true takes the stop back."""

    topic = fields.String(required=True, validate=validate.OneOf(TOPICS))
    again = fields.Boolean(truthy={True}, falsy={False})


class PreferencesAnswer(Schema):
    stopped = fields.List(fields.String(), required=True)
    topics = fields.List(fields.String(), required=True)


class EndpointBody(Schema):
    """Where to post what, signed by Standard Webhooks; https and public addresses only."""

    url = fields.String(required=True, validate=validate.Length(min=9, max=2000))
    types = fields.List(
        fields.String(validate=validate.OneOf(TYPES)), required=True, validate=validate.Length(min=1, max=5)
    )


class EndpointAnswer(Schema):
    endpoint_id = fields.String(required=True)
    url = fields.String(required=True)
    types = fields.List(fields.String(), required=True)
    organization_id = fields.String(required=True, allow_none=True)
    added_at = fields.AwareDateTime(required=True)
    taken_at = fields.AwareDateTime(required=True, allow_none=True)
    standing = fields.String(required=True, validate=validate.OneOf(["enabled", "disabled"]))
    reason = fields.String(required=True)


class EndpointAddedAnswer(EndpointAnswer):
    """`secret` is shown this once; asked again under the same key the answer comes without it."""

    secret = fields.String()


class AttemptAnswer(Schema):
    """`status` 0: nothing came back, and `reason` says why."""

    at = fields.AwareDateTime(required=True)
    status = fields.Integer(required=True)
    reason = fields.String(required=True)


class WebhookDeliveryAnswer(Schema):
    delivery_id = fields.String(required=True)
    endpoint_id = fields.String(required=True)
    type = fields.String(required=True)
    queued_at = fields.AwareDateTime(required=True)
    state = fields.String(
        required=True, validate=validate.OneOf(["queued", "delivered", "failed", "dropped"])
    )
    attempts = fields.List(fields.Nested(AttemptAnswer), required=True)
