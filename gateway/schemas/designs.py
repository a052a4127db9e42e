"""Shapes of forms, outcomes, the chooser and proposals, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

from gateway.schemas.identity import NAME
from gateway.schemas.programs import FORMS, OUTCOMES

WANTED = ("meant", "may_happen")
LEARNINGS = ("knowledge", "skill", "ability", "perception")
PURPOSES = ("goal_attainment", "problem_solving", "training", "support", "networking")


class ChoiceQuery(Schema):
    """`action`, `learning`: deliberately produced ("meant"), or left to happen; `kind`: of learning."""

    action = fields.String(required=True, validate=validate.OneOf(WANTED))
    learning = fields.String(required=True, validate=validate.OneOf(WANTED))
    kind = fields.String(validate=validate.OneOf(LEARNINGS))
    purpose = fields.String(validate=validate.OneOf(PURPOSES))
    outcome = fields.String(validate=validate.OneOf(OUTCOMES))


class ProposalQuery(Schema):
    """`form`: another than the outcome's best one."""

    form = fields.String(validate=validate.OneOf(FORMS))


class FormAnswer(Schema):
    """`own_name`: what this network calls it, "" for nothing else.

    `purpose`: what it is for; `differs`: from its neighbors; `adds`: when it adds to what a network runs.

    `roles` beside member and facilitator; `between` sessions; `metrics` of its own.
    """

    key = fields.String(required=True)
    display_name = fields.String(required=True)
    own_name = fields.String(required=True)
    size_low = fields.Integer(required=True)
    size_high = fields.Integer(required=True)
    session_count = fields.Integer(required=True)
    weeks_between = fields.Integer(required=True)
    session_minutes = fields.Integer(required=True)
    facilitation = fields.String(required=True)
    grows_into = fields.String(required=True)
    membership = fields.String(required=True)
    action = fields.String(required=True)
    learning = fields.String(required=True)
    gap_low = fields.Integer(required=True)
    gap_high = fields.Integer(required=True)
    self_formed = fields.Boolean(required=True)
    agenda_template = fields.String(required=True)
    purpose = fields.String(required=True)
    differs = fields.String(required=True)
    adds = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    between = fields.List(fields.String(), required=True)
    metrics = fields.List(fields.String(), required=True)


class FormNameBody(Schema):
    """`display_name`: "" takes the name back; `licence`: for a name that is another's mark."""

    display_name = fields.String(required=True, validate=(validate.Length(max=200), NAME[1]))
    licence = fields.String(validate=(validate.Length(max=200), NAME[1]))


class FormsAnswer(Schema):
    data = fields.List(fields.Nested(FormAnswer), required=True)


class OutcomeAnswer(Schema):
    """`forms` are keys, best first; null means: as the form has it."""

    key = fields.String(required=True)
    display_name = fields.String(required=True)
    promise = fields.String(required=True)
    forms = fields.List(fields.String(), required=True)
    instruments = fields.List(fields.String(), required=True)
    cadence = fields.String(required=True)
    drift = fields.String(required=True)
    session_count = fields.Integer(required=True, allow_none=True)
    weeks_between = fields.Integer(required=True, allow_none=True)
    facilitation = fields.String(required=True, allow_none=True)


class OutcomesAnswer(Schema):
    data = fields.List(fields.Nested(OutcomeAnswer), required=True)


class ChoiceAnswer(Schema):
    """`reasons` speak for the form, `against` against it; `is_weak`: it does not serve the outcome."""

    form = fields.String(required=True)
    display_name = fields.String(required=True)
    points = fields.Integer(required=True)
    reasons = fields.List(fields.String(), required=True)
    against = fields.List(fields.String(), required=True)
    is_weak = fields.Boolean(required=True)


class ChoicesAnswer(Schema):
    """Best first."""

    data = fields.List(fields.Nested(ChoiceAnswer), required=True)


class ItemAnswer(Schema):
    """`lead`: a letter of who leads it; `gives`: it is shortened when others need room."""

    kind = fields.String(required=True)
    minutes = fields.Integer(required=True)
    lead = fields.String(required=True)
    instruction = fields.String(required=True)
    gives = fields.Boolean(required=True)


class FormAgendaAnswer(Schema):
    first = fields.List(fields.Nested(ItemAnswer), required=True)
    following = fields.List(fields.Nested(ItemAnswer), required=True)


class InstrumentAnswer(Schema):
    key = fields.String(required=True)
    display_name = fields.String(required=True)


class ReasonsAnswer(Schema):
    form = fields.String(required=True)
    size = fields.String(required=True)
    cadence = fields.String(required=True)
    facilitation = fields.String(required=True)
    agenda = fields.String(required=True)
    instruments = fields.String(required=True)


class ProposalAnswer(Schema):
    """What an outcome proposes; nothing is written. `other_forms`: best first."""

    outcome = fields.String(required=True)
    promise = fields.String(required=True)
    form = fields.String(required=True)
    other_forms = fields.List(fields.String(), required=True)
    size_low = fields.Integer(required=True)
    size_high = fields.Integer(required=True)
    session_count = fields.Integer(required=True)
    session_minutes = fields.Integer(required=True)
    weeks_between = fields.Integer(required=True)
    facilitation = fields.String(required=True)
    grows_into = fields.String(required=True)
    agenda_template = fields.String(required=True)
    instruments = fields.List(fields.Nested(InstrumentAnswer), required=True)
    reasons = fields.Nested(ReasonsAnswer, required=True)
    warnings = fields.List(fields.String(), required=True)
