"""What membership is asked about cohorts and their agreement."""

from dataclasses import dataclass

from marshmallow import fields, validate

from services.contracts.caller import Caller
from services.membership.domain.ground_rules import MOST_RULES
from services.membership.messages.identity import ID, NOBODY, Asked, Listing

SENTENCE = validate.Regexp(r"^(?=.*\S)[^\x00-\x1f\x7f]+(?!\n)$", error="Not one line of text.")


@dataclass(frozen=True)
class ListCohorts:
    limit: int
    after: str | None = None
    program_id: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListMyCohorts:
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ShowCohort:
    cohort_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class AssignFacilitators:
    cohort_id: str
    person_ids: tuple[str, ...]
    meets_virtually: bool = False
    caller: Caller = NOBODY


@dataclass(frozen=True)
class SignAgreement:
    cohort_id: str
    version: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class WordGroundRules:
    cohort_id: str
    rules: tuple[str, ...]
    only_typing_errors: bool = False
    caller: Caller = NOBODY


class ListCohortsSchema(Listing):
    makes = ListCohorts
    program_id = fields.String(validate=ID, allow_none=True)


class ListMyCohortsSchema(Asked):
    makes = ListMyCohorts


class ShowCohortSchema(Asked):
    makes = ShowCohort
    cohort_id = fields.String(required=True, validate=ID)


class AssignFacilitatorsSchema(Asked):
    makes = AssignFacilitators
    cohort_id = fields.String(required=True, validate=ID)
    person_ids = fields.List(
        fields.String(validate=ID), required=True, validate=validate.Length(min=1, max=4)
    )
    meets_virtually = fields.Boolean()


class SignAgreementSchema(Asked):
    makes = SignAgreement
    cohort_id = fields.String(required=True, validate=ID)
    version = fields.String(required=True, validate=validate.Length(min=1, max=60))


class WordGroundRulesSchema(Asked):
    makes = WordGroundRules
    cohort_id = fields.String(required=True, validate=ID)
    rules = fields.List(
        fields.String(validate=[validate.Length(min=1, max=300), SENTENCE]),
        required=True,
        validate=validate.Length(max=MOST_RULES),
    )
    only_typing_errors = fields.Boolean()
