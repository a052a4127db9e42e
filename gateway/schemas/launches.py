"""Shapes of launches, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

from gateway.schemas.identity import ID, NAME
from gateway.schemas.programs import OUTCOMES

GROUPS = (
    *(
        "sponsor",
        "program_staff",
        "community_partner",
        "champion",
        "participant",
        "facilitator",
        "supervisor",
    ),
    "advisory",
)
SECONDARY = (
    *("root_causes", "coaching_staff", "across_departments", "speaking_with_one_voice", "problem_capacity"),
)
GOALS = (*OUTCOMES, *SECONDARY)
STANCES = ("supports", "undecided", "declines")
LINE = (validate.Length(max=300), NAME[1])
MOST_VERSION = 2**31


class PurposeBody(Schema):
    """Another wording than the one before is verified anew by every group."""

    purpose = fields.String(required=True, validate=(validate.Length(min=1, max=500), NAME[1]))


class StakeholderBody(Schema):
    """What a group wants. `speaker_id`: who verifies the purpose for it; without one, staff do."""

    goals = fields.List(
        fields.String(validate=validate.OneOf(GOALS)), required=True, validate=validate.Length(min=1, max=5)
    )
    expectation = fields.String(validate=LINE)
    speaker_id = fields.String(validate=ID, allow_none=True)


class VerificationBody(Schema):
    """`version`: of the wording that was verified, as it was read."""

    version = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_VERSION))


class BuyInBody(Schema):
    """What somebody senior said when asked, concisely; the last word of an office counts."""

    office = fields.String(required=True, validate=NAME)
    stance = fields.String(required=True, validate=validate.OneOf(STANCES))
    said_on = fields.Date(required=True)
    note = fields.String(validate=LINE)
    person_id = fields.String(validate=ID, allow_none=True)


class StakeholderAnswer(Schema):
    group = fields.String(required=True)
    goals = fields.List(fields.String(), required=True)
    expectation = fields.String(required=True)
    speaker_id = fields.String(required=True, allow_none=True)
    is_verified = fields.Boolean(required=True)
    verified_at = fields.AwareDateTime(required=True, allow_none=True)


class GoalAnswer(Schema):
    goal = fields.String(required=True)
    groups = fields.Integer(required=True)


class BuyInAnswer(Schema):
    office = fields.String(required=True)
    stance = fields.String(required=True)
    said_on = fields.Date(required=True)
    note = fields.String(required=True)
    person_id = fields.String(required=True, allow_none=True)


class LaunchAnswer(Schema):
    """`goals` with how many groups have each, `shared_goals`: those all have.

    `is_open`: people may be enrolled, because the launch was never begun or every group has verified.
    """

    program_id = fields.String(required=True)
    purpose = fields.String(required=True)
    purpose_version = fields.Integer(required=True)
    stakeholders = fields.List(fields.Nested(StakeholderAnswer), required=True)
    goals = fields.List(fields.Nested(GoalAnswer), required=True)
    shared_goals = fields.List(fields.String(), required=True)
    buy_ins = fields.List(fields.Nested(BuyInAnswer), required=True)
    is_verified = fields.Boolean(required=True)
    is_open = fields.Boolean(required=True)


class StepAnswer(Schema):
    key = fields.String(required=True)
    is_must = fields.Boolean(required=True)
    is_done = fields.Boolean(required=True)
    words = fields.String(required=True)


class GuidedLaunchAnswer(LaunchAnswer):
    """With the steps from purpose to evaluation; `is_ready`: every must-step is done."""

    steps = fields.List(fields.Nested(StepAnswer), required=True)
    is_ready = fields.Boolean(required=True)
