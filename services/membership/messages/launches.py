"""What membership is asked about launches of programs, and how they look from outside."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, ClassVar

from marshmallow import fields, validate

from services.contracts.caller import Caller
from services.membership.domain.launch_guide import is_open, is_ready
from services.membership.domain.launches import GOALS, GROUPS, STANCES, Launch, Stakeholder
from services.membership.domain.rights import is_staff
from services.membership.messages.identity import ID, NOBODY, ONE_LINE, Asked
from services.membership.messages.program_answers import time_answer

LINE = (validate.Length(max=300), ONE_LINE[1])
PURPOSE = (validate.Length(min=1, max=500), ONE_LINE[1])
MOST_GOALS = 5


@dataclass(frozen=True)
class AboutLaunch:
    program_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class StatePurpose:
    program_id: str
    purpose: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class NameStakeholder:
    program_id: str
    group: str
    goals: tuple[str, ...]
    expectation: str = ""
    speaker_id: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class DropStakeholder:
    program_id: str
    group: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class VerifyPurpose:
    program_id: str
    group: str
    version: int
    caller: Caller = NOBODY


@dataclass(frozen=True)
class RecordBuyIn:
    program_id: str
    office: str
    stance: str
    said_on: date
    note: str = ""
    person_id: str | None = None
    caller: Caller = NOBODY


class AboutLaunchSchema(Asked):
    makes: ClassVar[type[Any]] = AboutLaunch
    program_id = fields.String(required=True, validate=ID)


class StatePurposeSchema(AboutLaunchSchema):
    makes = StatePurpose
    purpose = fields.String(required=True, validate=PURPOSE)


class NameStakeholderSchema(AboutLaunchSchema):
    makes = NameStakeholder
    group = fields.String(required=True, validate=validate.OneOf(tuple(GROUPS)))
    goals = fields.List(
        fields.String(validate=validate.OneOf(GOALS)),
        required=True,
        validate=validate.Length(min=1, max=MOST_GOALS),
    )
    expectation = fields.String(validate=LINE)
    speaker_id = fields.String(validate=ID, allow_none=True)


class DropStakeholderSchema(AboutLaunchSchema):
    makes = DropStakeholder
    group = fields.String(required=True, validate=validate.Length(max=64))


class VerifyPurposeSchema(AboutLaunchSchema):
    makes = VerifyPurpose
    group = fields.String(required=True, validate=validate.Length(max=64))
    version = fields.Integer(required=True, strict=True, validate=validate.Range(1, 2**31))


class RecordBuyInSchema(AboutLaunchSchema):
    makes = RecordBuyIn
    office = fields.String(required=True, validate=ONE_LINE)
    stance = fields.String(required=True, validate=validate.OneOf(STANCES))
    said_on = fields.Date(required=True)
    note = fields.String(validate=LINE)
    person_id = fields.String(validate=ID, allow_none=True)


def launch_answer(launch: Launch, caller: Caller | None = None) -> dict[str, Any]:
    """A launch; what was said of buy-in is for staff alone."""
    buy_ins = launch.buy_ins if caller is None or is_staff(caller) else ()
    counts = launch.goal_counts
    return {
        "program_id": launch.program_id,
        "purpose": launch.purpose,
        "purpose_version": launch.purpose_version,
        "stakeholders": [_stakeholder(launch, one) for one in launch.stakeholders],
        "goals": [{"goal": goal, "groups": counts[goal]} for goal in GOALS if counts[goal]],
        "shared_goals": list(launch.shared_goals),
        "buy_ins": [asdict(one) | {"said_on": one.said_on.isoformat()} for one in buy_ins],
        "is_verified": launch.is_verified,
        "is_open": is_open(launch),
    }


def guided_answer(guided: Any, caller: Caller | None = None) -> dict[str, Any]:
    """A launch with its guide. `is_ready`: every must-step is done; `is_open`: people may be enrolled."""
    return launch_answer(guided.launch, caller) | {
        "steps": [asdict(step) for step in guided.steps],
        "is_ready": is_ready(guided.steps),
    }


def _stakeholder(launch: Launch, one: Stakeholder) -> dict[str, Any]:
    is_verified = launch.has_verified(one)
    return {
        "group": one.group,
        "goals": list(one.goals),
        "expectation": one.expectation,
        "speaker_id": one.speaker_id,
        "is_verified": is_verified,
        "verified_at": time_answer(one.verified.at) if is_verified and one.verified else None,
    }
