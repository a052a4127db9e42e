"""What a service keeps about one person, told to them page by page: kind after kind, by one position."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol

from marshmallow import RAISE, Schema, fields, post_load, validate

from services.contracts.caller import Caller
from services.kit.errors import Forbidden, Invalid

NOBODY = Caller()  # the door fills in who asks
Row = Mapping[str, Any]


class Page(Protocol):
    """Some of a list, and where the following ones begin (None: no more)."""

    @property
    def items(self) -> Sequence[Any]: ...
    @property
    def next(self) -> str | None: ...


@dataclass(frozen=True)
class ExportMine:
    """A person wants one more page of what is kept about them here."""

    limit: int = 100
    after: str | None = None
    caller: Caller = NOBODY


class ExportMineSchema(Schema):
    class Meta:
        unknown = RAISE

    limit = fields.Integer(strict=True, validate=validate.Range(1, 100))
    after = fields.String(allow_none=True, validate=validate.Length(max=2000))

    @post_load
    def build(self, loaded: dict[str, Any], **_: Any) -> ExportMine:
        return ExportMine(**loaded)


class NotTheirOwn(Forbidden):
    """What is kept about a person is told to that person, signed in, and to nobody else."""

    code = "sign-in-needed"


class OwnFactorNeeded(Forbidden):
    """The person's words open to something only they hold: an employer runs mailbox and identity provider."""

    code = "own-factor-needed"


def whose(caller: Caller) -> tuple[str, str]:
    """Return (network, person id) of who may have their words in clear.

    Raises:
        NotTheirOwn: nobody's own business.
        OwnFactorNeeded: this sign-in was not proven by the person's own factor.
    """
    if caller.kind != "person" or caller.network is None or caller.person_id is None:
        raise NotTheirOwn("sign in first")
    if not caller.text_open:
        raise OwnFactorNeeded("confirm with your own factor first")
    return caller.network, caller.person_id


@dataclass(frozen=True)
class Kind:
    """One kind of thing kept about a person.

    Args:
        name: what its rows are called in the export.
        page: (limit, after) -> some of it, in a lasting order.
        rows: what is told of one item; none, one or several rows.
    """

    name: str
    page: Callable[[int, str | None], Page]
    rows: Callable[[Any], Iterable[Row]]


@dataclass(frozen=True)
class Exported:
    """Some rows, each with its `kind`; `next` is where the following ones begin; `is_first`: of all pages."""

    data: list[dict[str, Any]]
    next: str | None
    is_first: bool = False


@dataclass(frozen=True)
class Whole:
    """A page that is all there is."""

    items: Sequence[Any]
    next: str | None = None


def one(item: Any) -> Callable[[int, str | None], Page]:
    """Return the page function of a kind of which there is at most one item (None: there is none)."""
    return lambda limit, after: Whole([] if item is None else [item])


def export(kinds: Sequence[Kind], limit: int, after: str | None) -> Exported:
    """Return one page over all `kinds`, first to last; a page never spans two of them.

    Args:
        after: `next` of the page before, None at the beginning.

    Raises:
        Invalid: `after` is no such position.
    """
    number, within = _position(after, len(kinds))
    kind, is_first = kinds[number], after is None
    page = kind.page(limit, within)
    data = [{"kind": kind.name, **row} for item in page.items for row in kind.rows(item)]
    if page.next is not None:
        return Exported(data, f"{number}:{page.next}", is_first)
    return Exported(data, f"{number + 1}:" if number + 1 < len(kinds) else None, is_first)


def exported_answer(exported: Exported, _: Any) -> dict[str, Any]:
    """The answer of an export ask: plain values, times in UTC."""
    data = [_plain(row) for row in exported.data]
    return {"data": data, "next": exported.next, "is_first": exported.is_first}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _position(after: str | None, kinds: int) -> tuple[int, str | None]:
    number, colon, within = (after or "0:").partition(":")
    if not colon or not number.isdecimal() or len(number) > 3 or int(number) >= kinds:
        raise Invalid("there is no such position", errors=[{"pointer": "/after", "detail": "unknown"}])
    return int(number), within or None
