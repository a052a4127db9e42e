"""What membership is asked about conflicts of status and swaps, and how it answers."""

from dataclasses import dataclass
from typing import Any

from marshmallow import RAISE, Schema, fields, post_load, validate

from services.contracts.caller import Caller
from services.membership.messages.identity import ID, NOBODY, Asked, Listing

MOST_MOVES, MOST_LEADERS = 20, 4


@dataclass(frozen=True)
class ListConflicts:
    limit: int
    after: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ShowConflicts:
    cohort_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class MoveAsked:
    person_id: str
    from_cohort_id: str
    to_cohort_id: str | None = None


@dataclass(frozen=True)
class LeadersAsked:
    cohort_id: str
    person_ids: tuple[str, ...]


@dataclass(frozen=True)
class BeginSwap:
    moves: tuple[MoveAsked, ...] = ()
    facilitators: LeadersAsked | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ShowSwap:
    swap_id: str
    caller: Caller = NOBODY


class ListConflictsSchema(Listing):
    makes = ListConflicts


class ShowConflictsSchema(Asked):
    makes = ShowConflicts
    cohort_id = fields.String(required=True, validate=ID)


class _Part(Schema):
    makes: Any = None

    class Meta:
        unknown = RAISE

    @post_load
    def build(self, loaded: dict[str, Any], **_: Any) -> Any:
        lists = {name: tuple(value) for name, value in loaded.items() if isinstance(value, list)}
        return self.makes(**(loaded | lists))


class MoveAskedSchema(_Part):
    makes = MoveAsked
    person_id = fields.String(required=True, validate=ID)
    from_cohort_id = fields.String(required=True, validate=ID)
    to_cohort_id = fields.String(validate=ID, allow_none=True)


class LeadersAskedSchema(_Part):
    makes = LeadersAsked
    cohort_id = fields.String(required=True, validate=ID)
    person_ids = fields.List(
        fields.String(validate=ID), required=True, validate=validate.Length(max=MOST_LEADERS)
    )


class BeginSwapSchema(Asked):
    makes = BeginSwap
    moves = fields.List(fields.Nested(MoveAskedSchema), validate=validate.Length(max=MOST_MOVES))
    facilitators = fields.Nested(LeadersAskedSchema, allow_none=True)


class ShowSwapSchema(Asked):
    makes = ShowSwap
    swap_id = fields.String(required=True, validate=ID)


def conflicts_answer(page: Any, caller: Caller | None = None) -> dict[str, Any]:
    data = [
        {
            "cohort_id": one.id,
            "display_name": one.display_name,
            "program_id": one.program_id,
            "members": len(one.member_ids()),
        }
        for one in page.items
    ]
    return {"data": data, "next": page.next}


def conflict_answer(shown: Any, caller: Caller | None = None) -> dict[str, Any]:
    """`conflicts` and `proposals` are null for staff who are no strangers to the cohort."""
    conflicts = shown.conflicts
    proposals = shown.resolutions
    return {
        "cohort_id": shown.cohort.id,
        "display_name": shown.cohort.display_name,
        "program_id": shown.cohort.program_id,
        "on_hold": shown.cohort.on_hold,
        "conflicts": None if conflicts is None else [_conflict(one, shown.names) for one in conflicts],
        "proposals": None if proposals is None else [_proposal(one, shown) for one in proposals],
    }


def swap_answer(swap: Any, caller: Caller | None = None) -> dict[str, Any]:
    leading = swap.leading
    return {
        "id": swap.id,
        "standing": swap.standing,
        "reason": swap.reason,
        "moves": [_move(one) for one in swap.moves],
        "facilitators": leading and {"cohort_id": leading.cohort_id, "person_ids": list(leading.person_ids)},
    }


def _move(move: Any) -> dict[str, Any]:
    return {
        "person_id": move.person_id,
        "from_cohort_id": move.from_cohort,
        "to_cohort_id": move.to_cohort,
    }


def _conflict(conflict: Any, names: dict[str, str]) -> dict[str, Any]:
    return {
        "one": _named(conflict.one, names),
        "other": _named(conflict.other, names),
        "other_facilitates": conflict.leads,
    }


def _proposal(proposal: Any, shown: Any) -> dict[str, Any]:
    moves = [
        _move(one)
        | {
            "display_name": shown.names.get(one.person_id, ""),
            "to_cohort_name": shown.cohort_names.get(one.to_cohort),
        }
        for one in proposal.moves
    ]
    leaders = proposal.facilitators
    return {
        "moves": moves,
        "facilitators": None if leaders is None else [_named(one, shown.names) for one in leaders],
        "why": list(proposal.why),
    }


def _named(person_id: str, names: dict[str, str]) -> dict[str, str]:
    return {"person_id": person_id, "display_name": names.get(person_id, "")}
