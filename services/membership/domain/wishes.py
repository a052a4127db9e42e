"""What staff wish otherwise than proposed, held against what a form can carry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from services.kit.errors import Invalid
from services.membership.domain.forms import FACILITATION, Form

LAST_START_IN = timedelta(days=730)
FEWEST, MOST = 2, 40  # members of any cohort, whatever the reason
SIZED = frozenset({"form", "size_low", "size_high", "deviation_reason"})
KINDS_OF_COURSE = ("course", "workshop", "seminar", "technical_assistance", "strategy")


class NotWithinReason(Invalid):
    """An override lies outside what the form can carry."""

    code = "not-within-reason"


class DeviationUnexplained(NotWithinReason):
    """A size beyond the form's bounds, without the reason that is kept with it."""

    code = "deviation-unexplained"


class Sized(Protocol):
    """A design as far as its size goes."""

    @property
    def size_low(self) -> int: ...
    @property
    def size_high(self) -> int: ...
    @property
    def deviation_reason(self) -> str: ...


@dataclass(frozen=True)
class Enhances:
    """What a program follows: `kind` is one of KINDS_OF_COURSE; `url` may be "" (R76)."""

    kind: str
    title: str
    url: str = ""

    @staticmethod
    def of(wished: object) -> "Enhances | None":
        """Return what was wished: an Enhances, its fields, or None for a program that stands alone."""
        if wished is None or isinstance(wished, Enhances):
            return wished
        given = wished if isinstance(wished, Mapping) else {}
        kind, title = str(given.get("kind", "")), " ".join(str(given.get("title", "")).split())
        if kind not in KINDS_OF_COURSE or not title:
            kinds = ", ".join(KINDS_OF_COURSE)
            raise NotWithinReason(
                f"enhances needs a title and a kind, one of {kinds}",
                errors=[{"pointer": "/enhances", "detail": f"needs a title and a kind, one of {kinds}"}],
            )
        return Enhances(kind, title, str(given.get("url") or ""))


def keys_wished(chosen: object) -> tuple[str, ...]:
    """Return keys as they were given: one, several, or none."""
    if isinstance(chosen, str):
        return (chosen,) if chosen else ()
    return tuple(str(key) for key in chosen) if isinstance(chosen, list | tuple) else ()


def line_wished(program: object, wishes: Mapping[str, object], name: str) -> str:
    """Return a line of text as wished, its spaces single; what was not said stays as it is."""
    said = wishes[name] if wishes.get(name) is not None else getattr(program, name)
    return " ".join(str(said).split())


def number_wished(
    program: object, form: Form, wishes: Mapping[str, object], name: str, low: int, high: int
) -> int:
    """Return a figure as wished. Raises: NotWithinReason: outside `low` to `high`, both included."""
    wished = wishes.get(name)
    value = getattr(program, name) if wished is None else wished
    if not isinstance(value, int) or not low <= value <= high:
        raise NotWithinReason(
            f"{name} {value} is not within {low} to {high} for {form.display_name}",
            errors=[{"pointer": f"/{name}", "detail": f"must be {low} to {high}"}],
        )
    return value


def size_wished(program: Sized, form: Form, wishes: Mapping[str, object]) -> tuple[int, int, str]:
    """Return (fewest members, most members, the reason where they go beyond the form's bounds, else "").

    A change that is not about them leaves them as they are.

    Raises:
        NotWithinReason: no cohort has such a size. DeviationUnexplained: beyond the bounds without a reason.
    """
    if not wishes.keys() & SIZED:
        return program.size_low, program.size_high, program.deviation_reason
    low = number_wished(program, form, wishes, "size_low", FEWEST, MOST)
    high = number_wished(program, form, wishes, "size_high", low, MOST)
    wished = {"size_low": low, "size_high": high}
    beyond = [name for name, size in wished.items() if not form.size_low <= size <= form.size_high]
    reason = line_wished(program, wishes, "deviation_reason") if beyond else ""
    if beyond and not reason:
        bounds = f"{form.size_low} to {form.size_high}"
        detail = f"beyond {bounds}, the bounds of {form.display_name}: say why in deviation_reason"
        raise DeviationUnexplained(
            f"{' and '.join(beyond)}: {detail}",
            errors=[{"pointer": f"/{name}", "detail": detail} for name in beyond],
        )
    return low, high, reason


def facilitation_wished(mode: str) -> str:
    """Return the mode. Raises: NotWithinReason: there is no such mode."""
    if mode not in FACILITATION:
        raise NotWithinReason(f"facilitation is one of {', '.join(FACILITATION)}")
    return mode


def check_start(starts_on: date, today: date) -> None:
    """Raises: NotWithinReason: before today, or later than in two years."""
    if not today <= starts_on <= today + LAST_START_IN:
        raise NotWithinReason(
            f"starts_on {starts_on.isoformat()} must lie between today and two years from now",
            errors=[{"pointer": "/starts_on", "detail": "must lie between today and two years from now"}],
        )
