"""Shapes of programs and enrollments, as `/v1` takes and gives them."""

from marshmallow import Schema, ValidationError, fields, validate

from gateway.schemas.identity import ID, NAME

KEY = validate.Regexp(r"^[a-z_]{1,40}(?!\n)$", error="Not a key.")
FORMS = (
    "action_learning",
    "committee",
    "debate",
    "dialogue",
    "discussion",
    "networking",
    "peer_coaching",
    "peer_mentoring",
    "support",
    "study",
    "team",
    "quality_circle",
    "community_of_practice",
    "learning_circle",
    "structured_peer_learning",
    "self_training",
    "self_coaching",
)
OUTCOMES = (
    "coaching_culture",
    "core_coaching_skills",
    "leadership_development",
    "management_development",
    "deep_networking",
    "problem_solving",
    "supervisory_development",
    "support",
    "team_building",
    "transfer_of_training",
)
FACILITATION = ("outside", "consultant", "internal", "pair", "member", "rotating", "all")
STANDINGS = ("designed", "enrolling", "running", "ended")
KINDS_OF_COURSE = ("course", "workshop", "seminar", "technical_assistance", "strategy")
LINE = (validate.Length(max=200), NAME[1])


class Outcome(fields.String):
    """One key. A list of several is let through, so that the answer can say why a program has only one."""

    def _deserialize(self, value, attr, data, **details):
        keys = value if isinstance(value, list) else [value]
        if not 1 <= len(keys) <= len(OUTCOMES) or not all(key in OUTCOMES for key in keys):
            raise ValidationError(f"Must be one of: {', '.join(OUTCOMES)}.")
        return value


class EnhancesShape(Schema):
    """What a program follows: a course, workshop, seminar, technical assistance or a strategy."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS_OF_COURSE))
    title = fields.String(required=True, validate=NAME)
    url = fields.Url(schemes={"http", "https"}, validate=validate.Length(max=500))


class ChangeProgramBody(Schema):
    """Only what is said changes. `standing` goes onward: designed, enrolling, running, ended.

    `deviation_reason`: why sizes go beyond the form's bounds. `cohort_title`: what cohorts are called, with a
    number. `licence`: for a name that is another's mark. `enhances`: what the program follows, or null.
    """

    display_name = fields.String(validate=NAME)
    outcome = Outcome(metadata={"enum": list(OUTCOMES)})
    form = fields.String(validate=validate.OneOf(FORMS))
    size_low = fields.Integer(strict=True, validate=validate.Range(2, 40))
    size_high = fields.Integer(strict=True, validate=validate.Range(2, 40))
    session_count = fields.Integer(strict=True, validate=validate.Range(1, 52))
    session_minutes = fields.Integer(strict=True, validate=validate.Range(30, 240))
    weeks_between = fields.Integer(strict=True, validate=validate.Range(1, 13))
    facilitation = fields.String(validate=validate.OneOf(FACILITATION))
    starts_on = fields.Date()
    secondary_outcomes = fields.List(fields.String(validate=KEY), validate=validate.Length(max=10))
    deviation_reason = fields.String(validate=LINE)
    cohort_title = fields.String(validate=LINE)
    licence = fields.String(validate=LINE)
    enhances = fields.Nested(EnhancesShape, allow_none=True)
    standing = fields.String(validate=validate.OneOf(STANDINGS))


class DesignProgramBody(ChangeProgramBody):
    """One primary outcome proposes everything else; what is said beside it overrides, within reason."""

    class Meta:
        exclude = ("standing",)

    display_name = fields.String(required=True, validate=NAME)
    outcome = Outcome(required=True, metadata={"enum": list(OUTCOMES)})


class ProgramAnswer(Schema):
    """`reasons` say where each figure comes from; `warnings` what fits the outcome badly."""

    id = fields.String(required=True)
    display_name = fields.String(required=True)
    outcome = fields.String(required=True)
    form = fields.String(required=True)
    size_low = fields.Integer(required=True)
    size_high = fields.Integer(required=True)
    session_count = fields.Integer(required=True)
    session_minutes = fields.Integer(required=True)
    weeks_between = fields.Integer(required=True)
    facilitation = fields.String(required=True)
    starts_on = fields.Date(required=True)
    secondary_outcomes = fields.List(fields.String(), required=True)
    standing = fields.String(required=True)
    reasons = fields.List(fields.String(), required=True)
    warnings = fields.List(fields.String(), required=True)
    agenda_template = fields.String(required=True)
    instruments = fields.List(fields.String(), required=True)
    deviation_reason = fields.String(required=True)
    cohort_title = fields.String(required=True)
    licence = fields.String(required=True)
    enhances = fields.Nested(EnhancesShape, required=True, allow_none=True)


class EnrollBody(Schema):
    """One of the three: some people, everyone active of one organization, or everyone active."""

    person_ids = fields.List(fields.String(validate=ID), validate=validate.Length(min=1, max=50_000))
    organization_id = fields.String(validate=ID)
    everyone = fields.Boolean(truthy={True}, falsy={False})


class EnrollingAnswer(Schema):
    id = fields.String(required=True)
    program_id = fields.String(required=True)
    standing = fields.String(required=True)
    people = fields.Integer(required=True)
    done = fields.Integer(required=True)
