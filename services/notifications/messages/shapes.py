"""What all questions to notifications have in common."""

from typing import Any

from marshmallow import RAISE, Schema, fields, post_load, validate

from services.contracts.caller import Caller

NOBODY = Caller()  # the door fills in who asks
ID = validate.Regexp(r"\A[a-z]{3}_[0-9a-z]{1,40}\Z")


class StrictSchema(Schema):
    """Refuses what it does not know: a command with a stray field is a caller's mistake."""

    builds: Any = None

    class Meta:
        unknown = RAISE

    @post_load
    def build(self, loaded: dict[str, Any], **_: Any) -> Any:
        return self.builds(**loaded)


class PagedSchema(StrictSchema):
    limit = fields.Integer(strict=True, validate=validate.Range(1, 100))
    after = fields.String(allow_none=True)
