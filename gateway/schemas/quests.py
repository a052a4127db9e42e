"""Shapes of quests, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

from gateway.schemas.identity import NAME

REACHES = ("within_reach", "hard", "impossible", "not_ours")
LINE = (validate.Length(min=1, max=300), NAME[1])


class GoalBody(Schema):
    """A goal that the cohort shares, in a sentence; read by its members and facilitators."""

    goal = fields.String(required=True, validate=LINE)


class ViewBody(Schema):
    """What one member says in private, any of it. Hope counts from 1 to 5.

    `has_done`: yes shows one's name to the cohort as somebody who can tell how.
    """

    reach = fields.String(validate=validate.OneOf(REACHES))
    has_done = fields.Boolean(truthy={True}, falsy={False})
    hope_before = fields.Integer(strict=True, validate=validate.Range(1, 5))
    hope_after = fields.Integer(strict=True, validate=validate.Range(1, 5))


class BeyondBody(Schema):
    """`words`: by which people show what they did; `question`: what they are asked, worded for them."""

    words = fields.String(required=True, validate=(validate.Length(min=1, max=100), NAME[1]))
    question = fields.String(required=True, validate=LINE)


class AnswerBody(Schema):
    """Yes tells your name to the cohort that asked; no is told to nobody."""

    answer = fields.String(required=True, validate=validate.OneOf(("yes", "no")))


class ViewAnswer(Schema):
    reach = fields.String(required=True, allow_none=True)
    has_done = fields.Boolean(required=True, allow_none=True)
    hope_before = fields.Integer(required=True, allow_none=True)
    hope_after = fields.Integer(required=True, allow_none=True)


class TellerAnswer(Schema):
    person_id = fields.String(required=True)
    display_name = fields.String(required=True)
    is_of_cohort = fields.Boolean(required=True)


class HopeAnswer(Schema):
    before = fields.Float(required=True)
    after = fields.Float(required=True)


class QuestShape(Schema):
    """`mine` is one's own; `asked` counts people outside; `hope` once it is closed and three said both."""

    id = fields.String(required=True)
    cohort_id = fields.String(required=True)
    number = fields.Integer(required=True)
    goal = fields.String(required=True)
    stage = fields.String(required=True)
    stage_until = fields.AwareDateTime(required=True)
    mine = fields.Nested(ViewAnswer, required=True)
    asked = fields.Integer(required=True)
    question = fields.String(required=True)
    tellers = fields.List(fields.Nested(TellerAnswer), required=True)
    hope = fields.Nested(HopeAnswer, required=True, allow_none=True)


class QuestAnswer(Schema):
    """`quest` is null where the cohort never had one."""

    quest = fields.Nested(QuestShape, required=True, allow_none=True)


class AskAnswer(Schema):
    quest_id = fields.String(required=True)
    question = fields.String(required=True)
    asked_at = fields.AwareDateTime(required=True)
    answer = fields.String(required=True, allow_none=True)


class AsksAnswer(Schema):
    data = fields.List(fields.Nested(AskAnswer), required=True)
