"""Shapes of sessions, commitments and capsules, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

from gateway.schemas.maps import Map

ID = validate.Regexp(r"^[a-z]{3}_[0-9a-z]{1,60}(?!\n)$", error="Not an id.")
ANSWERS = ("yes", "no", "maybe")
ATTENDANCE = ("present", "late", "apology", "no_show")
STANDINGS = ("planned", "open", "closed", "summarised", "cancelled")


def one_of(*values, **options):
    """A text that is one of `values`."""
    return fields.String(validate=validate.OneOf(values), **options)


class RsvpBody(Schema):
    """Your answer; it may be changed until the session starts."""

    answer = one_of(*ANSWERS, required=True)


class AttendanceBody(Schema):
    """How each named person attended; `present` is short for those who simply came. Others keep theirs."""

    standings = Map(
        keys=fields.String(validate=ID),
        values=one_of(*ATTENDANCE),
        metadata={"maxProperties": 100},
    )
    present = fields.List(fields.String(validate=ID), validate=validate.Length(max=100))


class CommitmentBody(Schema):
    """What you will do, by which day, and who shall ask you about it. Read by you and who facilitates."""

    what = fields.String(required=True, validate=validate.Length(min=1, max=1000))
    due_on = fields.Date(required=True)
    buddy_id = fields.String(validate=ID, allow_none=True)


class CommitmentReportBody(Schema):
    """How it went. `note` is read by you and who facilitates."""

    standing = one_of("open", "kept", "let_go", required=True)
    note = fields.String(validate=validate.Length(max=1000))


class CapsuleBody(Schema):
    """The four parts, each with words in it."""

    background = fields.String(validate=validate.Length(max=20_000))
    ideas = fields.String(validate=validate.Length(max=20_000))
    sources = fields.String(validate=validate.Length(max=20_000))
    newcomers = fields.String(validate=validate.Length(max=20_000))


class PeerAnswer(Schema):
    person_id = fields.String(required=True)
    display_name = fields.String(required=True)


class SeatAnswer(PeerAnswer):
    """A member and their answer; facilitators also see attendance and signature."""

    answer = one_of(*ANSWERS, required=True, allow_none=True)
    attendance = one_of(*ATTENDANCE, allow_none=True)
    has_signed = fields.Boolean()


class GateAnswer(Schema):
    """Whether topics may open. `missing` (present, not signed) is named to facilitators alone."""

    is_open = fields.Boolean(required=True)
    reason = one_of("nobody-present", "agreement-not-signed", required=True, allow_none=True)
    agreement_version = fields.String(required=True)
    signed = fields.Integer(required=True)
    members = fields.Integer(required=True)
    i_signed = fields.Boolean(required=True)
    missing = fields.List(fields.Nested(PeerAnswer))


class AgendaItemAnswer(Schema):
    kind = fields.String(required=True)
    minutes = fields.Integer(required=True)
    lead = fields.String(required=True)
    instruction = fields.String(required=True)
    is_open = fields.Boolean(required=True)


class AttendedAnswer(Schema):
    person_id = fields.String(required=True)
    standing = one_of(*ATTENDANCE, required=True)


class TimesAnswer(Schema):
    """When a session is; `wall_start` is on the clock of `zone`."""

    id = fields.String(required=True)
    number = fields.Integer(required=True)
    of = fields.Integer(required=True)
    standing = one_of(*STANDINGS, required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    wall_start = fields.String(required=True)
    zone = fields.String(required=True)


class SessionAnswer(TimesAnswer):
    """A session through your `face`: member, facilitator, staff and guest (no content), link (invitation)."""

    face = one_of("member", "facilitator", "staff", "guest", "link", required=True)
    cohort_id = fields.String()
    cohort_name = fields.String()
    program_id = fields.String()
    place = fields.String()
    is_held = fields.Boolean()
    form = fields.String()
    my_answer = one_of(*ANSWERS, allow_none=True)
    my_attendance = one_of(*ATTENDANCE, allow_none=True)
    people = fields.List(fields.Nested(SeatAnswer))
    facilitators = fields.List(fields.Nested(PeerAnswer))
    gate = fields.Nested(GateAnswer)
    agenda = fields.List(fields.Nested(AgendaItemAnswer))
    topics_started_at = fields.AwareDateTime(allow_none=True)
    opened_at = fields.AwareDateTime(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    has_capsule = fields.Boolean()
    attendance = fields.List(fields.Nested(AttendedAnswer))


class SessionSummaryAnswer(TimesAnswer):
    face = one_of("member", "facilitator", "staff", required=True)
    cohort_id = fields.String(required=True)
    cohort_name = fields.String(required=True)
    program_id = fields.String(required=True)
    place = fields.String(required=True)
    is_held = fields.Boolean(required=True)
    my_answer = one_of(*ANSWERS, required=True, allow_none=True)
    my_attendance = one_of(*ATTENDANCE, required=True, allow_none=True)


class NextSessionAnswer(Schema):
    """`session` is null when nothing lies ahead."""

    session = fields.Nested(SessionAnswer, required=True, allow_none=True)


class CommitmentMadeAnswer(Schema):
    """That it stands; its text is read at the list of commitments."""

    id = fields.String(required=True)
    session_id = fields.String(required=True)
    due_on = fields.Date(required=True)
    buddy_id = fields.String(required=True, allow_none=True)
    standing = one_of("open", "kept", "let_go", required=True)


class CommitmentAnswer(CommitmentMadeAnswer):
    """`withheld`: why its text is not shown; null where it is."""

    cohort_id = fields.String(required=True)
    number = fields.Integer(required=True)
    person_id = fields.String(required=True)
    person_name = fields.String(required=True, allow_none=True)
    buddy_name = fields.String(required=True, allow_none=True)
    what = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    withheld = one_of("own-factor-needed", required=True, allow_none=True)


class CapsulePublishedAnswer(Schema):
    session_id = fields.String(required=True)
    standing = one_of(*STANDINGS, required=True)
    published_at = fields.AwareDateTime(required=True)


class CapsuleAnswer(CapsulePublishedAnswer):
    background = fields.String(required=True)
    ideas = fields.String(required=True)
    sources = fields.String(required=True)
    newcomers = fields.String(required=True)
