"""What membership is asked about enrollment: the intake, applications, offers, pauses, farewells, pledges."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from marshmallow import ValidationError, fields, post_load, validate

from services.contracts.caller import Caller
from services.membership.domain.intakes import MODES, MOST_SEATS, PLEDGES
from services.membership.domain.pledges import ANSWERS
from services.membership.domain.questions import KINDS, LONGEST, MOST_OPTIONS, MOST_QUESTIONS, Question
from services.membership.domain.taking_part import REASONS
from services.membership.messages.identity import ID, NOBODY, ONE_LINE, Asked, Listing

KEY = validate.Regexp(r"^[a-z][a-z_0-9]{0,39}\Z", error="A key: small letters, digits, underscores.")
STANDING = validate.Regexp(r"^[a-z_]{1,20}\Z", error="Not a standing.")
MOST_ANSWERS = 50  # beyond it, nothing is looked at


@dataclass(frozen=True)
class AboutProgram:
    program_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class SetIntake:
    """`wishes`: what domain/intakes.py takes; only what was said is in it."""

    program_id: str
    wishes: Mapping[str, Any]
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ApplyToProgram:
    program_id: str
    answers: Mapping[str, str | int]
    caller: Caller = NOBODY


@dataclass(frozen=True)
class AnswerOffer:
    program_id: str
    take: bool
    caller: Caller = NOBODY


@dataclass(frozen=True)
class PauseEnrollment:
    program_id: str
    until: datetime
    caller: Caller = NOBODY


@dataclass(frozen=True)
class WithdrawEnrollment:
    program_id: str
    reason: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListEnrollments:
    program_id: str
    limit: int
    after: str | None = None
    standing: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class AboutEnrollment:
    enrollment_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class DecideEnrollment:
    enrollment_id: str
    decision: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class RemoveEnrollment:
    enrollment_id: str
    reason: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ShowPlacement:
    placement_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class PlaceInCohort:
    enrollment_id: str
    cohort_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class AskPledge:
    """`supervisor_id` None: the one person they report to."""

    program_id: str
    supervisor_id: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class AnswerPledge:
    """The link says whose pledge it is."""

    answer: str
    caller: Caller = NOBODY


class AboutProgramSchema(Asked):
    makes: ClassVar[type[Any]] = AboutProgram
    program_id = fields.String(required=True, validate=ID)


class QuestionSchema(Asked):
    makes = Question
    key = fields.String(required=True, validate=KEY)
    words = fields.String(required=True, validate=ONE_LINE)
    kind = fields.String(validate=validate.OneOf(KINDS))
    options = fields.List(fields.String(validate=ONE_LINE), validate=validate.Length(max=MOST_OPTIONS))
    is_required = fields.Boolean(truthy={True}, falsy={False})

    @post_load
    def build(self, loaded: dict[str, Any], **_: Any) -> Any:
        return Question(**(loaded | {"options": tuple(loaded.get("options", ()))}))


class SetIntakeSchema(AboutProgramSchema):
    mode = fields.String(validate=validate.OneOf(MODES))
    closes_on = fields.Date(allow_none=True)
    seats = fields.Integer(strict=True, validate=validate.Range(1, MOST_SEATS), allow_none=True)
    offer_hours = fields.Integer(strict=True, validate=validate.Range(1, 24 * 14))
    pledge = fields.String(validate=validate.OneOf(PLEDGES))
    neutral_title = fields.String(validate=ONE_LINE)
    practice_hours = fields.Integer(strict=True, validate=validate.Range(0, 500), allow_none=True)
    questions = fields.List(fields.Nested(QuestionSchema), validate=validate.Length(max=MOST_QUESTIONS))

    @post_load
    def build(self, loaded: dict[str, Any], **_: Any) -> Any:
        program_id = loaded.pop("program_id")
        if "questions" in loaded:
            loaded["questions"] = tuple(loaded["questions"])
        return SetIntake(program_id, loaded)


class Said(fields.Field[Any]):
    """An answer: words or a whole number; the domain says whether it fits its question."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> Any:
        if isinstance(value, str) and len(value) <= LONGEST and "\x00" not in value:
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise ValidationError(f"Words, at most {LONGEST} characters, or a whole number.")


class ApplyToProgramSchema(AboutProgramSchema):
    makes = ApplyToProgram
    answers = fields.Dict(
        keys=fields.String(validate=KEY),
        values=Said(),
        required=True,
        validate=validate.Length(max=MOST_ANSWERS),
    )


class AnswerOfferSchema(AboutProgramSchema):
    makes = AnswerOffer
    take = fields.Boolean(required=True, truthy={True}, falsy={False})


class PauseEnrollmentSchema(AboutProgramSchema):
    makes = PauseEnrollment
    until = fields.AwareDateTime(required=True, format="iso")


class WithdrawEnrollmentSchema(AboutProgramSchema):
    makes = WithdrawEnrollment
    reason = fields.String(required=True, validate=validate.OneOf(tuple(REASONS)))


class ListEnrollmentsSchema(Listing):
    makes = ListEnrollments
    program_id = fields.String(required=True, validate=ID)
    standing = fields.String(validate=STANDING, allow_none=True)


class AboutEnrollmentSchema(Asked):
    makes: ClassVar[type[Any]] = AboutEnrollment
    enrollment_id = fields.String(required=True, validate=ID)


class DecideEnrollmentSchema(AboutEnrollmentSchema):
    makes = DecideEnrollment
    decision = fields.String(required=True, validate=validate.OneOf(("accept", "decline")))


class RemoveEnrollmentSchema(AboutEnrollmentSchema):
    makes = RemoveEnrollment
    reason = fields.String(required=True, validate=validate.OneOf(tuple(REASONS)))


class ShowPlacementSchema(Asked):
    makes = ShowPlacement
    placement_id = fields.String(required=True, validate=ID)


class PlaceInCohortSchema(AboutEnrollmentSchema):
    makes = PlaceInCohort
    cohort_id = fields.String(required=True, validate=ID)


class AskPledgeSchema(AboutProgramSchema):
    makes = AskPledge
    supervisor_id = fields.String(validate=ID, allow_none=True)


class AnswerPledgeSchema(Asked):
    makes = AnswerPledge
    answer = fields.String(required=True, validate=validate.OneOf(tuple(ANSWERS)))
