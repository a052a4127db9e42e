"""What membership is asked about experiments, and how they look from outside."""

import math
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, ClassVar

from marshmallow import fields, validate

from services.contracts.caller import Caller
from services.membership.domain.experiments import CHANGES, DECISIONS, DIRECTIONS, Experiment
from services.membership.messages.identity import ID, NOBODY, ONE_LINE, Asked

LINE = (validate.Length(max=300), ONE_LINE[1])
LARGEST = 1_000_000


@dataclass(frozen=True)
class AboutExperiments:
    program_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class BeginExperiment:
    program_id: str
    change: str
    to: Any
    measure: str
    direction: str
    until: date
    why: str = ""
    caller: Caller = NOBODY


@dataclass(frozen=True)
class DecideExperiment:
    program_id: str
    before: float
    after: float
    decision: str
    why: str = ""
    caller: Caller = NOBODY


class Figure(fields.Float):
    """A finite number; neither a boolean nor a text that looks like one."""

    def _validated(self, value: Any) -> float:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not math.isfinite(value) or abs(value) > LARGEST:
            raise self.make_error("invalid", input=value)
        return float(value)


class AboutExperimentsSchema(Asked):
    makes: ClassVar[type[Any]] = AboutExperiments
    program_id = fields.String(required=True, validate=ID)


class BeginExperimentSchema(AboutExperimentsSchema):
    makes = BeginExperiment
    change = fields.String(required=True, validate=validate.OneOf(CHANGES))
    to = fields.Raw(required=True)
    measure = fields.String(required=True, validate=ONE_LINE)
    direction = fields.String(required=True, validate=validate.OneOf(DIRECTIONS))
    until = fields.Date(required=True)
    why = fields.String(validate=LINE)


class DecideExperimentSchema(AboutExperimentsSchema):
    makes = DecideExperiment
    before = Figure(required=True)
    after = Figure(required=True)
    decision = fields.String(required=True, validate=validate.OneOf(DECISIONS))
    why = fields.String(validate=LINE)


def experiment_answer(experiment: Experiment, caller: Caller | None = None) -> dict[str, Any]:
    found = experiment.found
    names = ("id", "program_id", "number", "change", "was", "to", "standing", "guess_held")
    return {name: getattr(experiment, name) for name in names} | {
        "begun_on": experiment.begun_on.isoformat(),
        "until": experiment.until.isoformat(),
        "guess": asdict(experiment.guess),
        "found": None
        if found is None
        else asdict(found) | {"difference": round(found.after - found.before, 6)},
    }


def experiments_answer(experiments: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [experiment_answer(one) for one in experiments]}
