"""What membership is asked about formations and rotations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from services.contracts.caller import Caller
from services.membership.domain.formation_options import HEAVIEST, MOST_PAIRS, WEIGHTS
from services.membership.domain.formations import MOST_MOVES
from services.membership.messages.identity import ID, NOBODY, Asked

SIZE = validate.Range(2, 40)
SHOWN = ("all", "look", "leaderless")
MOST_LOCKED = 1_000
MOST_PLACES = 50
MOST_ROUNDS = 60


@dataclass(frozen=True)
class FormCohorts:
    """`said`: fields of domain/formation_options.py that were said; `moves` None: as many as suit."""

    program_id: str
    seed: int = 1
    moves: int | None = None
    said: Mapping[str, Any] = field(default_factory=dict)
    caller: Caller = NOBODY


@dataclass(frozen=True)
class NameFormation:
    formation_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ShowFormation:
    """`show`: all groups, those with something to look at, or those nobody leads; `q`: with such a name.

    `first`: how many to leave out; `limit` None: all the others.
    """

    formation_id: str
    show: str = "all"
    q: str = ""
    first: int = 0
    limit: int | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class CompareFormations:
    """`other_id` None: the formation that this one went on from, else itself."""

    formation_id: str
    other_id: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class MovePerson:
    """`group` None: into none; `swap`: who goes where the person was."""

    formation_id: str
    person_id: str
    group: int | None
    swap: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class LockPeople:
    formation_id: str
    person_ids: tuple[str, ...]
    locked: bool
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ExplainPlace:
    """`group`: why not there; `limit`: of the best other places."""

    formation_id: str
    person_id: str
    group: int | None = None
    limit: int = 3
    caller: Caller = NOBODY


@dataclass(frozen=True)
class PlanRotation:
    """`rounds` rounds of talks after the first `begin`."""

    cohort_id: str
    rounds: int = 3
    begin: int = 0
    caller: Caller = NOBODY


class _Options(Schema):
    size_low = fields.Integer(strict=True, validate=SIZE)
    size_high = fields.Integer(strict=True, validate=SIZE)
    weights = fields.Dict(
        keys=fields.String(validate=validate.OneOf(WEIGHTS)),
        values=fields.Integer(strict=True, validate=validate.Range(0, HEAVIEST)),
    )
    wanted = apart = together = fields.List(
        fields.List(fields.String(validate=ID), validate=validate.Length(equal=2)),
        validate=validate.Length(max=MOST_PAIRS),
    )
    former_id = fields.String(validate=ID)
    most_moved = fields.Integer(strict=True, validate=validate.Range(0, 100_000))


class FormCohortsSchema(Asked, _Options):
    program_id = fields.String(required=True, validate=ID)
    seed = fields.Integer(strict=True, validate=validate.Range(0, 2**31 - 1), load_default=1)
    moves = fields.Integer(strict=True, validate=validate.Range(1000, MOST_MOVES), load_default=None)

    @post_load
    def build(self, loaded: dict[str, Any], **_: Any) -> Any:
        named = {name: loaded.pop(name) for name in ("program_id", "seed", "moves")}
        return FormCohorts(**named, said=loaded)


class _OfFormation(Asked):
    formation_id = fields.String(required=True, validate=ID)


class NameFormationSchema(_OfFormation):
    makes = NameFormation


class ShowFormationSchema(_OfFormation):
    makes = ShowFormation
    show = fields.String(validate=validate.OneOf(SHOWN))
    q = fields.String(validate=validate.Length(max=100))
    first = fields.Integer(strict=True, validate=validate.Range(0, 100_000))
    limit = fields.Integer(strict=True, validate=validate.Range(1, 100))


class CompareFormationsSchema(_OfFormation):
    makes = CompareFormations
    other_id = fields.String(validate=ID)


class MovePersonSchema(_OfFormation):
    makes = MovePerson
    person_id = fields.String(required=True, validate=ID)
    group = fields.Integer(strict=True, required=True, allow_none=True, validate=validate.Range(1, 100_000))
    swap = fields.String(validate=ID, allow_none=True)


class LockPeopleSchema(_OfFormation):
    makes = LockPeople
    person_ids = fields.List(
        fields.String(validate=ID), required=True, validate=validate.Length(min=1, max=MOST_LOCKED)
    )
    locked = fields.Boolean(required=True, truthy={True}, falsy={False})


class ExplainPlaceSchema(_OfFormation):
    makes = ExplainPlace
    person_id = fields.String(required=True, validate=ID)
    group = fields.Integer(strict=True, allow_none=True, validate=validate.Range(1, 100_000))
    limit = fields.Integer(strict=True, validate=validate.Range(1, MOST_PLACES))


class PlanRotationSchema(Asked):
    makes = PlanRotation
    cohort_id = fields.String(required=True, validate=ID)
    rounds = fields.Integer(strict=True, validate=validate.Range(1, MOST_ROUNDS))
    begin = fields.Integer(strict=True, validate=validate.Range(0, 1_000))
