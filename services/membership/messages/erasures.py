"""What is asked about being forgotten, and how far it is shown to be."""

from dataclasses import dataclass

from marshmallow import Schema, fields, validate

from services.contracts.caller import Caller
from services.contracts.schemas.derive import UtcDateTime
from services.membership.domain.erasures import ERASING, Erasure
from services.membership.messages.identity import ID, NOBODY, Asked


@dataclass(frozen=True)
class AboutErasure:
    """Of the caller, or of `person_id` for an admin; by the link of a letter `erasure_id` says whose."""

    person_id: str | None = None
    erasure_id: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListErasures:
    limit: int = 50
    after: str | None = None
    caller: Caller = NOBODY


class AboutErasureSchema(Asked):
    makes = AboutErasure
    person_id = fields.String(validate=ID)


class ShowErasureSchema(AboutErasureSchema):
    erasure_id = fields.String(validate=ID)


class ListErasuresSchema(Asked):
    makes = ListErasures
    limit = fields.Integer(strict=True, validate=validate.Range(1, 100))
    after = fields.String(allow_none=True)


def _asked_by(erasure: Erasure) -> str:
    if erasure.asked_by is None:
        return "ledger"
    return "person" if erasure.asked_by == erasure.person_id else "admin"


def _missing(erasure: Erasure) -> list[str]:
    return list(erasure.missing()) if erasure.standing == ERASING else []


class ErasureSchema(Schema):
    """How far an erasure is: which services have confirmed, and which are waited for."""

    id = fields.String()
    person_id = fields.String()
    standing = fields.String()
    asked_by = fields.Function(_asked_by)
    asked_at = UtcDateTime()
    begins_at = UtcDateTime()
    begun_at = UtcDateTime(allow_none=True)
    ended_at = UtcDateTime(allow_none=True)
    can_be_taken_back = fields.Function(lambda erasure: erasure.standing == "waiting")
    confirmed = fields.Function(lambda erasure: [each.service for each in erasure.confirmed])
    missing = fields.Function(_missing)


class ErasurePageSchema(Schema):
    """Some of a list, and where the next ones begin."""

    data = fields.List(fields.Nested(ErasureSchema), attribute="items")
    next = fields.String(allow_none=True)
