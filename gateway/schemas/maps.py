"""Free maps in bodies: what each value may be, and faults told at the key they belong to."""

from typing import Any

from marshmallow import ValidationError, fields

LONGEST_TEXT = 2000
LEAST, MOST = 1, 5


class Map(fields.Dict):
    """A map whose faults bear the pointer of their key: `/answers/p_1`, not `/answers/p_1/value`."""

    def _deserialize(self, *arguments: Any, **options: Any) -> Any:
        try:
            return super()._deserialize(*arguments, **options)
        except ValidationError as fault:
            if not isinstance(fault.messages, dict):
                raise
            told = {
                key: [one for part in found.values() for one in part] for key, found in fault.messages.items()
            }
            raise ValidationError(told) from None


class GivenValue(fields.Field[int | str]):
    """What one question is answered with: a whole number from 1 to 5 on a scale, else a text.

    Which of the two a question takes, and whether it may be left out (null), says feedback.
    """

    default_error_messages = {
        "invalid": f"is a whole number from {LEAST} to {MOST}, or a text of at most {LONGEST_TEXT} characters"
    }

    def __init__(self, **options: Any) -> None:
        whole = {"type": "integer", "minimum": LEAST, "maximum": MOST}
        text = {"type": "string", "maxLength": LONGEST_TEXT, "pattern": "^[^\\u0000]*$"}
        super().__init__(allow_none=True, metadata={"anyOf": [whole, text, {"type": "null"}]}, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int | str:
        is_whole = isinstance(value, int) and not isinstance(value, bool) and LEAST <= value <= MOST
        if is_whole or (isinstance(value, str) and len(value) <= LONGEST_TEXT):
            return value  # type: ignore[no-any-return]
        raise self.make_error("invalid")
