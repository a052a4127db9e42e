"""What feedback is asked. Strict: a stray field is the asker's mistake."""

from dataclasses import dataclass
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, fields, post_load, validate

from services.contracts.caller import Caller

NOBODY = Caller()
ID = validate.Regexp(r"^[a-z]{3}_[0-9a-z]{1,60}\Z", error="Not an id.")


@dataclass(frozen=True)
class AboutQuestionnaire:
    """Names one questionnaire: show, withdraw, close."""

    questionnaire_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class GiveFeedback:
    """`answers` by question key: 1-5 on scales, text otherwise."""

    questionnaire_id: str
    answers: dict[str, Any]
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListQuestionnaires:
    """The caller's own; with `program_id` (staff) or `cohort_id` (facilitators), those to look after."""

    program_id: str | None = None
    cohort_id: str | None = None
    limit: int = 50
    after: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class PublishReport:
    """For `period`, or from `period_from` to `period_to` (ISO days, both included)."""

    program_id: str
    period: str | None = None
    period_from: str | None = None
    period_to: str | None = None
    caller: Caller = NOBODY

    def span(self) -> str:
        """Return the period as one text."""
        return self.period or f"{self.period_from}/{self.period_to}"


@dataclass(frozen=True)
class ShowReport:
    report_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListReports:
    program_id: str | None = None
    limit: int = 50
    after: str | None = None
    caller: Caller = NOBODY


class _Command(Schema):
    """Builds the dataclass `of`."""

    of: ClassVar[type]

    class Meta:
        unknown = RAISE

    @post_load
    def build(self, loaded: dict[str, Any], **_: Any) -> Any:
        return self.of(**loaded)


class _Paged(_Command):
    limit = fields.Integer(strict=True, validate=validate.Range(1, 100))
    after = fields.String(allow_none=True, validate=validate.Length(max=1000))


class AboutQuestionnaireSchema(_Command):
    of = AboutQuestionnaire
    questionnaire_id = fields.String(required=True, validate=ID)


class GiveFeedbackSchema(_Command):
    of = GiveFeedback
    questionnaire_id = fields.String(required=True, validate=ID)
    answers = fields.Dict(
        keys=fields.String(validate=validate.Length(max=40)),
        values=fields.Raw(allow_none=True),
        required=True,
        validate=validate.Length(max=40),
    )


class ListQuestionnairesSchema(_Paged):
    of = ListQuestionnaires
    program_id = fields.String(allow_none=True, validate=ID)
    cohort_id = fields.String(allow_none=True, validate=ID)


class PublishReportSchema(_Command):
    of = PublishReport
    program_id = fields.String(required=True, validate=ID)
    period = fields.String(validate=validate.Length(min=1, max=25))
    period_from = fields.String(validate=validate.Length(max=10))
    period_to = fields.String(validate=validate.Length(max=10))


class ShowReportSchema(_Command):
    of = ShowReport
    report_id = fields.String(required=True, validate=ID)


class ListReportsSchema(_Paged):
    of = ListReports
    program_id = fields.String(allow_none=True, validate=ID)
