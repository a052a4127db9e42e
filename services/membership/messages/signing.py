"""What the operator asks about signing keys, and what is told: names, never a key."""

from dataclasses import dataclass
from typing import Any

from marshmallow import fields

from services.contracts.caller import Caller
from services.membership.messages.identity import Asked
from services.membership.messages.identity_answers import time_said


@dataclass(frozen=True)
class RotateSigningKeys:
    """`compromised`: nothing signed until now is good any more, and everybody signs in anew."""

    compromised: bool = False


class RotateSigningKeysSchema(Asked):
    makes = RotateSigningKeys
    compromised = fields.Boolean()


def ring_answer(ring: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "keys": [
            {
                "kid": key.kid,
                "standing": key.standing,
                "made_at": time_said(key.made_at),
                "retired_at": time_said(key.retired_at),
            }
            for key in ring.keys
        ]
    }
