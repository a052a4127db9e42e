"""Shapes of formations and rotations, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

from gateway.schemas.identity import ID
from gateway.schemas.maps import Map

MOST_SEED = 2**31 - 1
MOST_MOVES = 20_000_000
MOST_PAIRS = 5_000
MOST_LOCKED = 1_000
HEAVIEST = 300
WEIGHTS = ("organizations", "thread", "wanted", "choice", "hours", "spread")
SHOWN = ("all", "look", "leaderless")


def _pairs():
    one = fields.List(fields.String(validate=ID), validate=validate.Length(equal=2))
    return fields.List(one, validate=validate.Length(max=MOST_PAIRS))


def _percent():
    return fields.Integer(strict=True, validate=validate.Range(0, HEAVIEST))


class FormCohortsBody(Schema):
    """The same roster, rules, seed and moves give the same groups.

    `wanted`, `apart`, `together`: pairs of people who would like to meet, must not, must. `weights`: what
    counts more or less than usual, in percent; `spread`, years of experience apart, counts for nothing
    otherwise. `size_low`, `size_high`: in place of the program's, to try
    out. `former_id`: a found formation to go on from, with its pairs and who is locked in it, of whom at
    most `most_moved` people change their group.
    """

    seed = fields.Integer(strict=True, validate=validate.Range(0, MOST_SEED))
    moves = fields.Integer(strict=True, validate=validate.Range(1000, MOST_MOVES))
    size_low = fields.Integer(strict=True, validate=validate.Range(2, 40))
    size_high = fields.Integer(strict=True, validate=validate.Range(2, 40))
    weights = Map(keys=fields.String(validate=validate.OneOf(WEIGHTS)), values=_percent())
    wanted = _pairs()
    apart = _pairs()
    together = _pairs()
    former_id = fields.String(validate=ID)
    most_moved = fields.Integer(strict=True, validate=validate.Range(0, 100_000))


class ShowFormationQuery(Schema):
    """`show`: all groups, those with something to look at, or those nobody leads; `q`: part of a name."""

    show = fields.String(validate=validate.OneOf(SHOWN))
    q = fields.String(validate=validate.Length(max=100))
    first = fields.Integer(validate=validate.Range(0, 100_000))
    limit = fields.Integer(validate=validate.Range(1, 100))


class CompareQuery(Schema):
    """`other_id`: without it the formation that this one went on from, else itself."""

    other_id = fields.String(validate=ID)


class ExplainQuery(Schema):
    """`group`: why not there; `limit`: how many of the best other places."""

    group = fields.Integer(validate=validate.Range(1, 100_000))
    limit = fields.Integer(validate=validate.Range(1, 50))


class MoveBody(Schema):
    """`group` null: into none. `swap`: a member of that group who goes where the person was."""

    person_id = fields.String(required=True, validate=ID)
    group = fields.Integer(strict=True, required=True, allow_none=True, validate=validate.Range(1, 100_000))
    swap = fields.String(validate=ID)


class LockBody(Schema):
    person_ids = fields.List(
        fields.String(validate=ID), required=True, validate=validate.Length(min=1, max=MOST_LOCKED)
    )
    locked = fields.Boolean(required=True, truthy={True}, falsy={False})


class RotationQuery(Schema):
    """`rounds` rounds after the first `begin`."""

    rounds = fields.Integer(validate=validate.Range(1, 60))
    begin = fields.Integer(validate=validate.Range(0, 1_000))


class ProgressAnswer(Schema):
    tried = fields.Integer(required=True)
    planned = fields.Integer(required=True)
    placed = fields.Integer(required=True)
    people = fields.Integer(required=True)


class FormationAnswer(Schema):
    """`standing`: searching; found, cancelled, refused (conflicts say why), failed; committing, committed.

    `moved`: by hand since the run. `broken_count`: hard rules that are broken, by moves by hand alone.
    """

    id = fields.String(required=True)
    program_id = fields.String(required=True)
    standing = fields.String(required=True)
    reason = fields.String(required=True)
    seed = fields.Integer(required=True)
    moves = fields.Integer(required=True)
    roster_hash = fields.String(required=True)
    progress = fields.Nested(ProgressAnswer, required=True)
    group_count = fields.Integer(required=True)
    unplaced_count = fields.Integer(required=True)
    conflict_count = fields.Integer(required=True)
    broken_count = fields.Integer(required=True)
    points = fields.Integer(required=True)
    lowest = fields.Integer(required=True)
    moved = fields.Integer(required=True)
    formed = fields.Integer(required=True)
    notes = fields.List(fields.String(), required=True)
    cancel_wanted = fields.Boolean(required=True)


class NamedAnswer(Schema):
    person_id = fields.String(required=True)
    display_name = fields.String(required=True)


class PlacedAnswer(NamedAnswer):
    title = fields.String(required=True)
    zone = fields.String(required=True)
    organization_id = fields.String(required=True, allow_none=True)
    locked = fields.Boolean(required=True)


class UnplacedAnswer(NamedAnswer):
    code = fields.String(required=True)
    reason = fields.String(required=True)


class BrokenAnswer(Schema):
    rule = fields.String(required=True)
    words = fields.String(required=True)
    people = fields.List(fields.Nested(NamedAnswer), required=True)


class TermAnswer(Schema):
    name = fields.String(required=True)
    points = fields.Integer(required=True)
    most = fields.Integer(required=True)
    words = fields.String(required=True)


class GroupAnswer(Schema):
    number = fields.Integer(required=True)
    members = fields.List(fields.Nested(PlacedAnswer), required=True)
    facilitators = fields.List(fields.Nested(NamedAnswer), required=True)
    first_start = fields.AwareDateTime(required=True, allow_none=True)
    points = fields.Integer(required=True)
    most = fields.Integer(required=True)
    terms = fields.List(fields.Nested(TermAnswer), required=True)
    broken = fields.List(fields.Nested(BrokenAnswer), required=True)


class OptionsAnswer(Schema):
    size_low = fields.Integer(required=True, allow_none=True)
    size_high = fields.Integer(required=True, allow_none=True)
    weights = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    wanted = fields.List(fields.List(fields.String()), required=True)
    apart = fields.List(fields.List(fields.String()), required=True)
    together = fields.List(fields.List(fields.String()), required=True)
    former_id = fields.String(required=True, allow_none=True)
    most_moved = fields.Integer(required=True, allow_none=True)


class ShownFormationAnswer(FormationAnswer):
    """`found`: how many groups fit the question, shown here or not."""

    options = fields.Nested(OptionsAnswer, required=True)
    locked = fields.List(fields.String(), required=True)
    conflicts = fields.List(fields.Nested(BrokenAnswer), required=True)
    sizes = fields.List(fields.Integer(), required=True)
    found = fields.Integer(required=True)
    groups = fields.List(fields.Nested(GroupAnswer), required=True)
    unplaced = fields.List(fields.Nested(UnplacedAnswer), required=True)


class CheckedAnswer(Schema):
    """`conflicts`: the smallest first; `unplaced`: who could be in no group whatever is done."""

    enrolled = fields.Integer(required=True)
    possible = fields.Boolean(required=True)
    conflicts = fields.List(fields.Nested(BrokenAnswer), required=True)
    unplaced = fields.List(fields.Nested(UnplacedAnswer), required=True)


class PlaceAnswer(Schema):
    """What putting somebody there would do to all groups together, to the rules, and who goes instead."""

    group = fields.Integer(required=True)
    points = fields.Integer(required=True)
    size = fields.Integer(required=True)
    after = fields.Integer(required=True)
    swap = fields.Nested(NamedAnswer, required=True, allow_none=True)
    broken = fields.List(fields.Nested(BrokenAnswer), required=True)


class ExplainedAnswer(NamedAnswer):
    """`why_here`: what the group gains by this person. `fitting`: groups that could meet with them."""

    formation_id = fields.String(required=True)
    group = fields.Integer(required=True, allow_none=True)
    locked = fields.Boolean(required=True)
    why_here = fields.List(fields.Nested(TermAnswer), required=True)
    places = fields.List(fields.Nested(PlaceAnswer), required=True)
    fitting = fields.Integer(required=True)
    why_not = fields.Nested(PlaceAnswer, required=True, allow_none=True)


class ChangeAnswer(Schema):
    group = fields.Integer(required=True, allow_none=True)
    other_group = fields.Integer(required=True, allow_none=True)
    came = fields.List(fields.Nested(NamedAnswer), required=True)
    left = fields.List(fields.Nested(NamedAnswer), required=True)
    points = fields.List(fields.Integer(), required=True)


class ComparedAnswer(Schema):
    """Figures are [this one, the other]; only groups that differ are in `changes`."""

    formation_id = fields.String(required=True)
    other_id = fields.String(required=True)
    moved = fields.Integer(required=True)
    points = fields.List(fields.Integer(), required=True)
    lowest = fields.List(fields.Integer(), required=True)
    unplaced = fields.List(fields.Integer(), required=True)
    broken = fields.List(fields.Integer(), required=True)
    changes = fields.List(fields.Nested(ChangeAnswer), required=True)


class RoundAnswer(Schema):
    number = fields.Integer(required=True)
    groups = fields.List(fields.List(fields.Nested(NamedAnswer)), required=True)


class RotationAnswer(Schema):
    cohort_id = fields.String(required=True)
    data = fields.List(fields.Nested(RoundAnswer), required=True)
