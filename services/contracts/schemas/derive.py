"""From a frozen dataclass to its marshmallow schema: one rule a type, nested and optional included."""

import dataclasses
import types
from datetime import UTC, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints

from marshmallow import EXCLUDE, Schema, fields, post_load


class UtcDateTime(fields.AwareDateTime):
    """An aware time, written in UTC to the millisecond ("…T15:00:00.000Z"); a naive one is refused."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="iso", **kwargs)

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        if value is None:
            return None
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        moment: datetime = super()._deserialize(value, attr, data, **kwargs)
        return moment.astimezone(UTC)


class StrictInteger(fields.Integer):
    """A whole number; neither a boolean nor a text that looks like one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strict=True, **kwargs)

    def _validated(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid")
        return value


class FrozenList(fields.List[Any]):
    """A list that arrives as a tuple, as frozen dataclasses hold it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> tuple[Any, ...]:  # type: ignore[override]
        return tuple(super()._deserialize(value, attr, data, **kwargs))


SIMPLE: dict[Any, type[fields.Field[Any]]] = {
    str: fields.String,
    int: StrictInteger,
    float: fields.Float,
    bool: fields.Boolean,
    datetime: UtcDateTime,
}


DERIVED: dict[Any, Schema] = {}


def derive_schema(of: Any) -> Schema:
    """Return the one schema that loads and dumps the frozen dataclass `of`; unknown fields are ignored.

    Raises:
        TypeError: a field has a type for which there is no rule.
    """
    if of not in DERIVED:
        DERIVED[of] = _derive(of)
    return DERIVED[of]


def _derive(of: Any) -> Schema:
    hints = get_type_hints(of)
    shape: dict[str, Any] = {
        field.name: _field(hints[field.name], **_default(field)) for field in dataclasses.fields(of)
    }
    shape["build"] = post_load(lambda _self, loaded, **_: of(**loaded))
    shape["Meta"] = type("Meta", (), {"unknown": EXCLUDE})
    schema: Schema = type(f"{of.__name__}Schema", (Schema,), shape)()
    return schema


def _default(field: dataclasses.Field[Any]) -> dict[str, Any]:
    if field.default is not dataclasses.MISSING:
        return {"load_default": field.default}
    if field.default_factory is not dataclasses.MISSING:
        return {"load_default": field.default_factory}
    return {"required": True}


def _field(hint: Any, **options: Any) -> fields.Field[Any]:
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (kind for kind in get_args(hint) if kind is not type(None))
        return _field(inner, allow_none=True, **options)
    if get_origin(hint) is tuple:
        return FrozenList(_field(get_args(hint)[0]), **options)
    if dataclasses.is_dataclass(hint):
        return fields.Nested(derive_schema(hint), unknown=EXCLUDE, **options)
    if hint not in SIMPLE:
        raise TypeError(f"no rule for a field of type {hint!r}")
    return SIMPLE[hint](**options)
