"""A membership for tests of the gateway's own matters: it shows keys, says who asks, and takes its time."""

import os
from pathlib import Path

import eventlet
import orjson
from marshmallow import EXCLUDE, Schema

from services.kit.ask import ask


class Anything(Schema):
    class Meta:
        unknown = EXCLUDE


def _as_it_is(result, caller):
    return result


class Membership:
    name = "membership"

    @ask(Anything, answer=_as_it_is, write=False)
    def show_signing_keys(self, command):
        return orjson.loads(Path(os.environ["CT_TEST_KEYS"]).read_bytes())

    @ask(Anything, answer=lambda result, caller: {"person_id": caller.person_id}, write=False)
    def show_me(self, command):
        return None

    @ask(Anything, answer=_as_it_is, write=False)
    def show_network(self, command):
        eventlet.sleep(1)
        return {"network": "net_1"}

    @ask(Anything, answer=_as_it_is)
    def start_sign_in(self, command):
        return {}
