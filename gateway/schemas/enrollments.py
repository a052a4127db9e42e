"""Shapes of enrollment, as `/v1` takes and gives them."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from gateway.schemas.identity import ID, NAME
from gateway.schemas.maps import GivenValue, Map

KEY = validate.Regexp(r"^[a-z][a-z_0-9]{0,39}(?!\n)$", error="A key: small letters, digits, underscores.")
MODES = ("closed", "apply", "open")
PLEDGES = ("required", "invited", "waived")
KINDS = ("scale", "text", "choice")
STANDINGS = (
    *("applied", "accepted", "waitlisted", "offered", "enrolled", "placed", "declined", "lapsed"),
    "withdrawn",
)
REASONS = (
    *("no_time", "hours", "changed_job", "no_support", "not_what_was_expected", "group_did_not_fit"),
    *("goal_reached", "personal", "other"),
)
LONGEST = 1000


class QuestionShape(Schema):
    """One question of an application. `options`: of a choice, two at least."""

    key = fields.String(required=True, validate=KEY)
    words = fields.String(required=True, validate=NAME)
    kind = fields.String(validate=validate.OneOf(KINDS))
    options = fields.List(fields.String(validate=NAME), validate=validate.Length(max=10))
    is_required = fields.Boolean(truthy={True}, falsy={False})


class IntakeBody(Schema):
    """Only what is said changes. `mode`: "closed" (staff enroll), "apply" (staff decide), "open" (who applies
    is in). `seats`: null for no limit. `offer_hours`: how long a seat is kept for who waits. `pledge`: a
    supervisor's support, required, invited or waived. `neutral_title`: what a supervisor reads as its name.
    """

    mode = fields.String(validate=validate.OneOf(MODES))
    closes_on = fields.Date(allow_none=True)
    seats = fields.Integer(strict=True, validate=validate.Range(1, 5_000), allow_none=True)
    offer_hours = fields.Integer(strict=True, validate=validate.Range(1, 336))
    pledge = fields.String(validate=validate.OneOf(PLEDGES))
    neutral_title = fields.String(validate=NAME)
    practice_hours = fields.Integer(strict=True, validate=validate.Range(0, 500), allow_none=True)
    questions = fields.List(fields.Nested(QuestionShape), validate=validate.Length(max=12))


class QuestionAnswer(Schema):
    key = fields.String(required=True)
    words = fields.String(required=True)
    kind = fields.String(required=True)
    options = fields.List(fields.String(), required=True)
    is_required = fields.Boolean(required=True)


class IntakeAnswer(Schema):
    program_id = fields.String(required=True)
    mode = fields.String(required=True)
    closes_on = fields.Date(required=True, allow_none=True)
    seats = fields.Integer(required=True, allow_none=True)
    free_seats = fields.Integer(required=True, allow_none=True)
    waiting = fields.Integer(required=True)
    offer_hours = fields.Integer(required=True)
    pledge = fields.String(required=True)
    neutral_title = fields.String(required=True)
    practice_hours = fields.Integer(required=True, allow_none=True)
    questions = fields.List(fields.Nested(QuestionAnswer), required=True)


class Said(fields.Field[Any]):
    """Words, or a whole number for a scale."""

    def __init__(self, **options: Any) -> None:
        text = {"type": "string", "maxLength": LONGEST, "pattern": "^[^\\u0000]*$"}
        super().__init__(metadata={"anyOf": [{"type": "integer"}, text]}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> Any:
        if isinstance(value, str) and len(value) <= LONGEST and "\x00" not in value:
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise ValidationError(f"Words, at most {LONGEST} characters, or a whole number.")


class ApplicationBody(Schema):
    """`answers`: by the questions' keys."""

    answers = Map(
        keys=fields.String(validate=KEY), values=Said(), required=True, validate=validate.Length(max=50)
    )


class OfferBody(Schema):
    take = fields.Boolean(required=True, truthy={True}, falsy={False})


class PauseBody(Schema):
    """It ends by itself then; half a year ahead at most."""

    until = fields.AwareDateTime(required=True, format="iso")


class ReasonBody(Schema):
    """The reason is counted, over three people at least, and shown to nobody beside a name."""

    reason = fields.String(required=True, validate=validate.OneOf(REASONS))


class DecisionBody(Schema):
    decision = fields.String(required=True, validate=validate.OneOf(("accept", "decline")))


class PlaceBody(Schema):
    cohort_id = fields.String(required=True, validate=ID)


class ChoiceAnswer(Schema):
    """`points`: by how much the cohort becomes better; below 0: worse."""

    cohort_id = fields.String(required=True)
    display_name = fields.String(required=True)
    points = fields.Integer(required=True)
    reasons = fields.List(fields.String(), required=True)


class ClosedAnswer(Schema):
    """`why`: not-standing, full, reporting-line or no-common-start."""

    why = fields.String(required=True)
    words = fields.String(required=True)
    cohorts = fields.Integer(required=True)


class PlacementAnswer(Schema):
    """`standing`: weighing, then weighed. `choices`: the best first, three at most."""

    id = fields.String(required=True)
    program_id = fields.String(required=True)
    enrollment_id = fields.String(required=True)
    person_id = fields.String(required=True)
    standing = fields.String(required=True)
    choices = fields.List(fields.Nested(ChoiceAnswer), required=True)
    closed = fields.List(fields.Nested(ClosedAnswer), required=True)


class EnrollmentsQuery(Schema):
    standing = fields.String(validate=validate.OneOf(STANDINGS))


class EnrollmentAnswer(Schema):
    """`place`: in the line. `pledge`: none, asked, signed, talk, withdrawn, waiver_wished, waived."""

    id = fields.String(required=True)
    program_id = fields.String(required=True)
    person_id = fields.String(required=True)
    display_name = fields.String(required=True)
    cohort_id = fields.String(required=True, allow_none=True)
    standing = fields.String(required=True)
    applied_at = fields.AwareDateTime(required=True, allow_none=True)
    place = fields.Integer(required=True, allow_none=True)
    offer_until = fields.AwareDateTime(required=True, allow_none=True)
    paused_until = fields.AwareDateTime(required=True, allow_none=True)
    pledge = fields.String(required=True)
    is_late = fields.Boolean(required=True)


class ShownEnrollmentAnswer(EnrollmentAnswer):
    answers = Map(keys=fields.String(), values=GivenValue(), required=True)


class OwnEnrollmentAnswer(ShownEnrollmentAnswer):
    class Meta:
        exclude = ("display_name",)


class SupervisorAnswer(Schema):
    person_id = fields.String(required=True)
    display_name = fields.String(required=True)


class DraftAnswer(Schema):
    subject = fields.String(required=True)
    text = fields.String(required=True)


class MyEnrollmentAnswer(Schema):
    """`draft`: a letter to one's supervisor, to edit and send oneself; it names the neutral title alone."""

    program_id = fields.String(required=True)
    display_name = fields.String(required=True)
    session_count = fields.Integer(required=True)
    session_minutes = fields.Integer(required=True)
    starts_on = fields.Date(required=True)
    is_open = fields.Boolean(required=True)
    intake = fields.Nested(IntakeAnswer, required=True)
    enrollment = fields.Nested(OwnEnrollmentAnswer, required=True, allow_none=True)
    supervisors = fields.List(fields.Nested(SupervisorAnswer), required=True)
    draft = fields.Nested(DraftAnswer, required=True, allow_none=True)


class BriefEnrollmentAnswer(Schema):
    """`standing` null: not applied yet, and open to apply."""

    program_id = fields.String(required=True)
    display_name = fields.String(required=True)
    starts_on = fields.Date(required=True)
    is_open = fields.Boolean(required=True)
    standing = fields.String(required=True, allow_none=True)
    offer_until = fields.AwareDateTime(required=True, allow_none=True)


class MyEnrollmentsAnswer(Schema):
    data = fields.List(fields.Nested(BriefEnrollmentAnswer), required=True)


class ReasonAnswer(Schema):
    reason = fields.String(required=True)
    people = fields.Integer(required=True)


class TurnoverAnswer(Schema):
    """`left` null and reasons missing: fewer than three people stand behind the figure."""

    placed = fields.Integer(required=True)
    late = fields.Integer(required=True)
    left = fields.Integer(required=True, allow_none=True)
    counted = fields.Integer(required=True)
    reasons = fields.List(fields.Nested(ReasonAnswer), required=True)
