"""Doors of the signing keys."""

from typing import Any

from services.kit.ask import ask
from services.membership.handlers import signing
from services.membership.messages.identity import NothingSchema
from services.membership.messages.identity_answers import keys_answer
from services.membership.messages.signing import RotateSigningKeysSchema, ring_answer


class SigningDoors:
    """Everybody may have the public halves; turning the ring is the operator's."""

    tokens: Any

    @ask(NothingSchema, answer=keys_answer, write=False)
    def show_signing_keys(self, question):
        return self.tokens.signing_keys()

    @ask(answer=ring_answer, operator=True, write=False)
    def show_signing_ring(self, question):
        return signing.show_ring(self.tokens)

    @ask(RotateSigningKeysSchema, answer=ring_answer, operator=True)
    def rotate_signing_keys(self, command):
        return signing.rotate_signing_keys(command, self.tokens)
