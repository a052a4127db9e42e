"""The agenda of a session: the form's template, fitted to the session's minutes and to its being the first.

Templates are data (agendas.json), keyed by form, or by form/number where sessions of a form differ. Items
that `give` minutes are shortened or lengthened when others need room (CONTENT 1.3).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from services.sessions.domain.refusals import AgendaUnknown

BEFORE_THE_GATE = frozenset({"welcome", "connect", "agreement", "close"})
FALLBACK = "discussion"  # for a form this release has no template for
LEAST_MINUTES = 3

FIRST_WELCOME = "Say why we are here, how we will work, and who is in the room."
FIRST_CONNECT = "Each of you: who you are beside your title, and what brought you."
FIRST_AGREEMENT = "Read the Keys together, ask what is unclear, and sign."


@dataclass(frozen=True)
class Item:
    """One timebox. `lead` is a letter of CONTENT 1.4 (F facilitator, A all in turn, P presenter …)."""

    kind: str
    minutes: int
    lead: str
    instruction: str
    gives: bool = False

    @property
    def may_run_before_gate(self) -> bool:
        """True for what comes before everyone has signed."""
        return self.kind in BEFORE_THE_GATE


@lru_cache(maxsize=1024)
def agenda_for(form: str, number: int, minutes: int) -> tuple[Item, ...]:
    """Return the items of session `number` (from 1) of a cohort of this form; they fill `minutes`."""
    items = _template(form, number)
    if number == 1 and not _has_own_first(form):
        items = _opened_with_agreement(items)
    return _fitted(items, minutes)


def form_agenda(form: str) -> tuple[tuple[Item, ...], ...]:
    """Return the agenda of a form's first session and of those that follow, at the form's own length.

    Raises:
        AgendaUnknown: no form has that key.
    """
    if form not in {key.partition("/")[0] for key in _templates()}:
        raise AgendaUnknown
    return tuple(
        agenda_for(form, number, sum(item.minutes for item in _template(form, number))) for number in (1, 2)
    )


@cache
def _templates() -> dict[str, tuple[Item, ...]]:
    text = files(__package__).joinpath("agendas.json").read_text(encoding="utf-8")
    return {form: tuple(Item(**item) for item in items) for form, items in json.loads(text).items()}


def _has_own_first(form: str) -> bool:
    return f"{form}/1" in _templates()


def _template(form: str, number: int) -> tuple[Item, ...]:
    templates = _templates()
    own = templates.get(f"{form}/{min(number, 2)}")
    return own or templates.get(form) or templates[FALLBACK]


def _opened_with_agreement(items: tuple[Item, ...]) -> tuple[Item, ...]:
    total = sum(item.minutes for item in items)
    welcome, connect, agreement = (3, 10, 7) if total <= 60 else (5, 15, 10)
    opening = (
        Item("welcome", welcome, "F", FIRST_WELCOME),
        Item("connect", connect, "A", FIRST_CONNECT),
        Item("agreement", agreement, "F", FIRST_AGREEMENT),
    )
    return _fitted(opening + _without_start(items), total)


def _without_start(items: tuple[Item, ...]) -> tuple[Item, ...]:
    first_connect = next((index for index, item in enumerate(items) if item.kind == "connect"), None)
    return tuple(
        item
        for index, item in enumerate(items)
        if item.kind not in ("welcome", "check_back") and index != first_connect
    )


def _fitted(items: tuple[Item, ...], minutes: int) -> tuple[Item, ...]:
    missing = minutes - sum(item.minutes for item in items)
    if not missing:
        return items
    givers = [index for index, item in enumerate(items) if item.gives]
    everyone = sorted(range(len(items)), key=lambda index: -items[index].minutes)
    return (
        _shared_out(items, givers, missing, LEAST_MINUTES)
        or _shared_out(items, everyone, missing, 1)  # the givers alone cannot bear it
        or items
    )


def _shared_out(
    items: tuple[Item, ...], givers: Sequence[int], missing: int, least: int
) -> tuple[Item, ...] | None:
    """Share `missing` whole minutes in proportion, the remainder from the first giver; None: too short."""
    weight = sum(items[index].minutes for index in givers)
    if not weight:
        return None
    change = {index: int(missing * items[index].minutes / weight) for index in givers}
    change[givers[0]] += missing - sum(change.values())
    fitted = tuple(
        replace(item, minutes=item.minutes + change.get(index, 0)) for index, item in enumerate(items)
    )
    return fitted if min(fitted[index].minutes for index in givers) >= least else None
