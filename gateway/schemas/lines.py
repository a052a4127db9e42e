"""Shapes of reporting lines, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

from gateway.schemas.identity import ID


class LineAnswer(Schema):
    """`source` is "import", "hr" or "staff", `by` the import, partner system or person; null: from before."""

    person_id = fields.String(required=True)
    source = fields.String(required=True, allow_none=True)
    by = fields.String(required=True, allow_none=True)
    since = fields.AwareDateTime(required=True, allow_none=True)


class ManagersBody(Schema):
    managers = fields.List(fields.String(validate=ID), required=True, validate=validate.Length(max=20))


class ManagersAnswer(Schema):
    person_id = fields.String(required=True)
    managers = fields.List(fields.Nested(LineAnswer), required=True)


class UpwardAnswer(ManagersAnswer):
    """`names` of the managers; `above`: everyone above, at any depth; `reports`: how many report directly."""

    names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    above = fields.List(fields.String(), required=True)
    reports = fields.Integer(required=True)


class ReportAnswer(Schema):
    """`reporting`: how many have a manager; `levels`: of managers above whoever has the most."""

    people = fields.Integer(required=True)
    reporting = fields.Integer(required=True)
    lines = fields.Integer(required=True)
    levels = fields.Integer(required=True)
    problems = fields.Integer(required=True)


class NamedAnswer(Schema):
    person_id = fields.String(required=True)
    display_name = fields.String(required=True)


class ProblemAnswer(Schema):
    """`manager-circle`: `people` report in a circle; `manager-not-here`: one of them to `manager_id`."""

    code = fields.String(required=True)
    people = fields.List(fields.Nested(NamedAnswer), required=True)
    manager_id = fields.String(required=True, allow_none=True)


class BetweenQuery(Schema):
    one = fields.String(required=True, validate=ID)
    other = fields.String(required=True, validate=ID)


class BetweenAnswer(Schema):
    """`relation` of `one` to `other`: "above", "below", "circle" or "none"."""

    one = fields.String(required=True)
    other = fields.String(required=True)
    relation = fields.String(required=True)
