"""What membership is asked about mutual dedication, and how it looks from outside."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from marshmallow import fields, validate

from services.contracts.caller import Caller
from services.membership.domain.dedications import ANSWERS
from services.membership.messages.identity import ID, NOBODY, Asked


@dataclass(frozen=True)
class AboutDedication:
    cohort_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class AnswerDedication:
    cohort_id: str
    answer: str | None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class PlacesWanted:
    caller: Caller = NOBODY


class AboutDedicationSchema(Asked):
    makes: ClassVar[type[Any]] = AboutDedication
    cohort_id = fields.String(required=True, validate=ID)


class AnswerDedicationSchema(AboutDedicationSchema):
    makes = AnswerDedication
    answer = fields.String(required=True, allow_none=True, validate=validate.OneOf(ANSWERS))


class PlacesWantedSchema(Asked):
    makes = PlacesWanted


def dedication_answer(own: Any, caller: Caller | None = None) -> dict[str, Any]:
    return asdict(own)


def places_answer(wanted: Any, caller: Caller | None = None) -> dict[str, Any]:
    """Who asks for another place; whether it was a no, nobody is told."""
    return {"data": [asdict(one) for one in wanted]}
