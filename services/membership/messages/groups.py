"""What membership is asked about self-formed groups, and how they look from outside."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from marshmallow import fields, validate

from services.contracts.caller import Caller
from services.membership.domain.groups import KINDS, PURPOSES
from services.membership.messages.identity import ID, NOBODY, ONE_LINE, Asked


@dataclass(frozen=True)
class FoundGroup:
    """`starts_on` None: in two weeks."""

    title: str
    purpose: str
    kind: str
    learns: str
    is_open: bool = False
    starts_on: date | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class AboutGroup:
    group_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class InviteToGroup:
    group_id: str
    person_id: str
    caller: Caller = NOBODY


class FoundGroupSchema(Asked):
    makes = FoundGroup
    title = fields.String(required=True, validate=ONE_LINE)
    purpose = fields.String(required=True, validate=validate.OneOf(tuple(PURPOSES)))
    kind = fields.String(required=True, validate=validate.OneOf(tuple(KINDS)))
    learns = fields.String(required=True, validate=ONE_LINE)
    is_open = fields.Boolean(truthy={True}, falsy={False})
    starts_on = fields.Date(allow_none=True)


class AboutGroupSchema(Asked):
    makes: ClassVar[type[Any]] = AboutGroup
    group_id = fields.String(required=True, validate=ID)


class InviteToGroupSchema(AboutGroupSchema):
    makes = InviteToGroup
    person_id = fields.String(required=True, validate=ID)


def group_answer(shown: Any, caller: Caller | None = None) -> dict[str, Any]:
    """A group: how many are in it for everybody who may see it, who they are for those in it or invited."""
    group, person_id = shown.group, shown.person_id
    is_founder = person_id == group.founder_id
    return {
        "id": group.id,
        "title": group.title,
        "purpose": group.purpose,
        "kind": group.kind,
        "learns": group.learns,
        "form": group.form,
        "size_low": group.bounds[0],
        "size_high": group.bounds[1],
        "starts_on": group.starts_on.isoformat(),
        "is_open": group.is_open,
        "standing": group.standing,
        "size": len(group.members),
        "relation": _relation(group, person_id),
        "cohort_id": group.cohort_id if person_id in group.members else None,
        "members": _named(group.members, shown.names),
        "invited": _named(group.invited, shown.names) if is_founder else [],
        "kit": _kit(shown.kit),
    }


def groups_answer(found: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [group_answer(one) for one in found]}


def _relation(group: Any, person_id: str) -> str:
    if person_id == group.founder_id:
        return "founder"
    if person_id in group.members:
        return "member"
    return "invited" if person_id in group.invited else "open"


def _named(people: Any, names: Any) -> list[dict[str, str]]:
    return [{"person_id": one, "display_name": names[one]} for one in people if one in names]


def _kit(kit: Any) -> dict[str, Any] | None:
    if kit is None:
        return None
    return {
        "choosing": list(kit.choosing),
        "invitation": kit.invitation,
        "agenda": kit.agenda,
        "tips": list(kit.tips),
    }
