"""The pages: each gathers what it shows, or carries out one form and sends the reader on."""

from marshmallow import EXCLUDE, Schema, fields, validate


class SaidQuery(Schema):
    """What the page before did, by key; where a page of a list begins; what a form starts with."""

    class Meta:
        unknown = EXCLUDE

    said = fields.String(validate=validate.Length(max=40), load_default="")
    after = fields.String(validate=validate.Length(max=1000), load_default="")
    how = fields.String(validate=validate.Length(max=40), load_default="")


class BackQuery(Schema):
    """Where to go on afterwards."""

    class Meta:
        unknown = EXCLUDE

    to = fields.String(validate=validate.Length(max=300), load_default="/")
    said = fields.String(validate=validate.Length(max=40), load_default="")
