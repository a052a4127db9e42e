import time
from dataclasses import dataclass

import eventlet
import pytest
from marshmallow import Schema, ValidationError, fields, post_load

from services.contracts.caller import Caller
from services.kit import carry
from services.kit.askwire import Request
from services.kit.carry import Terms, carry_out, loader, pointers, presenter
from services.kit.context import RequestKey, work
from services.kit.errors import Invalid, NotFound, Stale
from services.kit.outcomes import Answered, Overtaken, StoreAway

CALLER = Caller(kind="person", network="net_1", person_id="per_1")


@dataclass(frozen=True)
class Greet:
    name: str
    caller: Caller | None = None


class GreetSchema(Schema):
    name = fields.String(required=True)

    @post_load
    def build(self, data, **_):
        return Greet(**data)


def terms(write=True):
    return Terms(
        "greet", loader(GreetSchema), presenter(_shown), lambda answer: f"tag-{answer['said']}", write
    )


def _shown(result, caller):
    return {"said": result, "to": caller.person_id}


def a_request(payload=None, **more):
    return Request("greet", {"name": "Ada"} if payload is None else payload, CALLER, **more)


def carried(use_case, seconds=5, **more):
    return carry_out(use_case, a_request(**more), terms(), time.monotonic() + seconds)


def test_a_result_is_presented_to_its_caller_and_tagged():
    reply = carried(lambda command: f"hello {command.name}")

    assert reply == {
        "answer": {"said": "hello Ada", "to": "per_1"},
        "etag": "tag-hello Ada",
        "replayed": False,
    }


def test_a_command_gets_its_caller_from_the_ask_never_from_the_payload():
    assert carried(lambda command: command.caller.person_id)["answer"]["said"] == "per_1"
    assert "refused" in carried(lambda command: "x", payload={"name": "Ada", "caller": {"kind": "operator"}})


def test_what_was_answered_before_is_replayed():
    def use_case(_):
        raise Answered({"said": "first", "to": "per_1"})

    reply = carried(use_case)
    assert reply == {"answer": {"said": "first", "to": "per_1"}, "etag": "tag-first", "replayed": True}


def test_the_present_work_is_that_of_the_ask():
    seen = []
    key = RequestKey("k", "h")
    carried(lambda command: seen.append(work()) or "x", key=key, if_match="tag", request_id="req_1")

    (now,) = seen
    assert (now.kind, now.caller, now.request, now.if_match, now.request_id) == (
        "ask",
        CALLER,
        key,
        "tag",
        "req_1",
    )
    assert now.etag(now.present("x")) == "tag-x"
    assert work().kind == "none"


def test_a_read_keeps_no_record_of_its_request():
    seen = []
    request = a_request(key=RequestKey("k", "h"))
    carry_out(lambda _: seen.append(work().request), request, terms(write=False), time.monotonic() + 5)

    assert seen == [None]


@pytest.mark.parametrize(
    "refusal", [NotFound("none"), Stale("old"), Invalid("bad", errors=[{"pointer": "/a"}])]
)
def test_a_refusal_is_told_with_its_kind_code_and_errors(refusal):
    def use_case(_):
        raise refusal

    assert carried(use_case)["refused"] == {
        "kind": refusal.kind,
        "code": refusal.code,
        "message": refusal.message,
        "errors": refusal.errors,
    }


class _Interrupt(BaseException):
    pass


@pytest.mark.parametrize(
    ("raised", "failure"),
    [
        (RuntimeError("canary"), "fault"),
        (eventlet.Timeout(None), "fault"),
        (_Interrupt(), "fault"),
        (SystemExit(3), "fault"),
        (StoreAway("elsewhere"), "away"),
    ],
    ids=str,
)
def test_whatever_is_raised_there_is_one_reply_without_its_text(raised, failure):
    def use_case(_):
        raise raised

    assert carried(use_case) == {"failed": failure}


def test_an_overtaken_use_case_decides_again(monkeypatch):
    monkeypatch.setattr(carry, "_FIRST_PAUSE", 0)
    tried = []

    def use_case(_):
        tried.append(1)
        if len(tried) < 8:
            raise Overtaken
        return len(tried)

    assert carried(use_case)["answer"]["said"] == 8


def test_who_is_overtaken_eight_times_is_told_to_come_back(monkeypatch):
    monkeypatch.setattr(carry, "_FIRST_PAUSE", 0)
    tried = []

    def use_case(_):
        tried.append(1)
        raise Overtaken

    assert carried(use_case) == {"failed": "overloaded"}
    assert len(tried) == 8


def test_nobody_decides_again_beyond_the_deadline():
    tried = []

    def use_case(_):
        tried.append(1)
        raise Overtaken

    assert carried(use_case, seconds=0) in ({"failed": "overloaded"}, {"failed": "late"})
    assert len(tried) <= 1


def test_faults_of_a_payload_are_pointed_at():
    class Outer(Schema):
        items = fields.List(fields.Nested(GreetSchema), required=True)

    with pytest.raises(ValidationError) as fault:
        Outer().load({"items": [{"name": "a"}, {"name": 7}], "a/b~c": 1})

    assert {each["pointer"] for each in pointers(fault.value.messages)} == {"/items/1/name", "/a~1b~0c"}


def test_an_ask_without_a_schema_takes_nothing():
    with pytest.raises(Invalid):
        loader(None)({"stray": 1}, CALLER)

    assert loader(None)({}, CALLER) == {}
