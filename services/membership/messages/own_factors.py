"""What membership is asked about own factors, and what their holder alone is told."""

from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.contracts.caller import Caller
from services.membership.messages.identity import NOBODY, SECRET, Asked
from services.membership.messages.identity_answers import tokens_answer

CODE = validate.Length(min=1, max=40)
PROOFS = ("code", "recovery_code", "password")


@dataclass(frozen=True)
class ConfirmAuthenticator:
    code: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class StepUp:
    """Exactly one of the three."""

    code: str | None = None
    recovery_code: str | None = None
    password: str | None = None
    caller: Caller = NOBODY


class ConfirmAuthenticatorSchema(Asked):
    makes = ConfirmAuthenticator
    code = fields.String(required=True, validate=CODE)


class StepUpSchema(Asked):
    makes = StepUp
    code = fields.String(validate=CODE)
    recovery_code = fields.String(validate=CODE)
    password = fields.String(validate=SECRET)

    @validates_schema
    def one_proof(self, loaded: dict[str, Any], **_: Any) -> None:
        given = [name for name in PROOFS if name in loaded]
        if len(given) != 1:
            raise ValidationError("Give one: a code, a recovery code or the password.", (given or PROOFS)[-1])


def own_factors_answer(shown: Any, caller: Caller | None = None) -> dict[str, Any]:
    factors, sign_in = shown.factors, shown.sign_in
    return {
        "has_password": factors.password_hash is not None,
        "authenticator_set_at": _time(factors.authenticator.set_at if factors.authenticator else None),
        "recovery_codes_left": len(factors.recovery),
        "reset": reset_answer(factors),
        "proven_by": sign_in.own_factor,
        "may_change": shown.may_change,
        "wanted_for_text": shown.is_wanted,
    }


def reset_answer(factors: Any, caller: Caller | None = None) -> dict[str, Any] | None:
    """The reset that waits, or None."""
    if factors.reset is None:
        return None
    return {
        "asked_at": _time(factors.reset.asked_at),
        "takes_effect_at": _time(factors.reset.takes_effect_at),
    }


def offered_answer(offered: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"secret": offered.seed, "uri": offered.uri, "until": _time(offered.until)}


def confirmed_answer(confirmed: Any, caller: Caller | None = None) -> dict[str, Any]:
    return tokens_answer(confirmed.tokens) | codes_answer(confirmed.codes)


def codes_answer(codes: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"recovery_codes": list(codes)}


def _time(moment: Any) -> str | None:
    return None if moment is None else moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
