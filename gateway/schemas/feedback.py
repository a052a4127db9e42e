"""Shapes of questionnaires and reports, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

from gateway.schemas.maps import GivenValue, Map
from gateway.schemas.sessions import ID, one_of

WITHHELD = ("too-few", "protected")


class FeedbackBody(Schema):
    """Your answers by question: 1-5 on scales, text otherwise. Nobody can tell they are yours."""

    answers = Map(
        keys=fields.String(validate=validate.Length(max=40)),
        values=GivenValue(),
        required=True,
        metadata={"maxProperties": 40},
    )


class QuestionAnswer(Schema):
    """`scale` "T": 1 not at all true to 5 fully. `read_by` says who will read your answer."""

    key = fields.String(required=True)
    scale = one_of("T", "text", required=True)
    text = fields.String(required=True)
    is_required = fields.Boolean(required=True)
    read_by = fields.String(required=True)


class QuestionnaireSummaryAnswer(Schema):
    """The asked see `is_open` and their own standing; who looks after it sees `asked` and its standing."""

    id = fields.String(required=True)
    session_id = fields.String(required=True)
    cohort_id = fields.String(required=True)
    program_id = fields.String()
    number = fields.Integer(required=True)
    standing = one_of("asked", "given", "withdrawn", "open", "closing", "closed", required=True)
    is_open = fields.Boolean()
    asked = fields.Integer()
    closes_at = fields.AwareDateTime(required=True)
    closed_on = fields.Date(allow_none=True)


class QuestionnaireAnswer(QuestionnaireSummaryAnswer):
    """With the questions, and what you answered, for whom they are asked.

    `withheld`: why your answers are not shown; null where they are, or you gave none.
    """

    questions = fields.List(fields.Nested(QuestionAnswer))
    answers = Map(keys=fields.String(), values=GivenValue(), allow_none=True)
    withheld = one_of("own-factor-needed", allow_none=True)


class GivenAnswer(Schema):
    id = fields.String(required=True)
    standing = one_of("asked", "given", "withdrawn", required=True)


class PublishReportBody(Schema):
    """A period that is over: "2027-01", "2027-Q1", "2027-01-01/2027-02-28", or its first and last day."""

    period = fields.String(validate=validate.Length(min=1, max=25))
    period_from = fields.String(validate=validate.Length(max=10))
    period_to = fields.String(validate=validate.Length(max=10))


class ReportsQuery(Schema):
    program_id = fields.String(validate=ID)


class ReportSummaryAnswer(Schema):
    id = fields.String(required=True)
    program_id = fields.String(required=True)
    program_name = fields.String(required=True)
    period_from = fields.Date(required=True)
    period_to = fields.Date(required=True)
    published_on = fields.Date(required=True)
    number = fields.Integer(required=True)


class ReportGroupAnswer(Schema):
    key = fields.String(required=True)
    name = fields.String(required=True)


class FigureAnswer(Schema):
    """A mean of 1-5, or a share from `low` to `high` percent, over `people`; or why it is withheld."""

    group = fields.String(required=True)
    group_name = fields.String(required=True)
    subject = fields.String(required=True)
    text = fields.String(required=True)
    mean = fields.Float(required=True, allow_none=True)
    low = fields.Integer(required=True, allow_none=True)
    high = fields.Integer(required=True, allow_none=True)
    people = fields.String(required=True, allow_none=True)
    withheld = one_of(*WITHHELD, required=True, allow_none=True)


class ReportAnswer(ReportSummaryAnswer):
    """Frozen figures for your audience. Sponsors see groups by number, over at least five people."""

    audience = one_of("staff", "sponsor", required=True)
    fewest_people = fields.Integer(required=True)
    groups = fields.List(fields.Nested(ReportGroupAnswer), required=True)
    attendance = fields.List(fields.Nested(FigureAnswer), required=True)
    satisfaction = fields.List(fields.Nested(FigureAnswer), required=True)
    progress = fields.List(fields.Nested(FigureAnswer), required=True)
    withheld = fields.Integer(required=True)
