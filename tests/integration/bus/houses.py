"""Services for these tests, under the names of real ones, because the broker's rights go by name."""

import time

import eventlet
from marshmallow import Schema, fields

from services.contracts.catalogue import COHORT
from services.kit.ask import ask
from services.kit.context import work
from services.kit.crash import crash_point
from services.kit.errors import Conflict, Forbidden
from services.kit.floor import provided
from services.kit.listen import listen
from services.kit.outbox import Outbox, register
from services.kit.outcomes import AlreadyHeard, Overtaken, StoreAway


class Word(Schema):
    word = fields.String(required=True)
    times = fields.Integer(load_default=0)


class Board:
    """What handlers leave for the tests to look at, and what tests tell handlers to do."""

    def __init__(self, floor):
        self.heard = floor.database["heard"]
        self.orders = floor.database["orders"]
        things = floor.database["things"]
        register(Outbox(floor.database.name, "things", floor.service, things))


def _answer(result, caller):
    return {"said": result, "by": caller.person_id}


class Asked:
    """Answers asks; each does one odd thing."""

    name = "sessions"
    board = provided(Board)
    busy: set[str] = set()
    overlapped = 0

    @ask(Word, answer=_answer, write=False)
    def say(self, command):
        return command["word"]

    @ask(Word, answer=_answer)
    def refuse(self, command):
        raise Conflict("not now", code="not-now", errors=[{"pointer": "/word", "detail": command["word"]}])

    @ask(Word, answer=_answer)
    def fail(self, command):
        raise RuntimeError(f"a text that must not travel: {command['word']}")

    @ask(Word, answer=_answer)
    def time_out(self, command):
        raise eventlet.Timeout(0.001)

    @ask(Word, answer=_answer)
    def dawdle(self, command):
        eventlet.sleep(command["times"] / 1000)
        crash_point("dawdled")
        self.board.heard.insert_one({"dawdled": command["word"]})
        return command["word"]

    @ask(Word, answer=_answer, lane="word")
    def one_by_one(self, command):
        if command["word"] in Asked.busy:
            Asked.overlapped += 1
        Asked.busy.add(command["word"])
        eventlet.sleep(0.02)
        Asked.busy.discard(command["word"])
        return Asked.overlapped

    @ask(Word, answer=_answer)
    def be_overtaken(self, command):
        tried = self.board.orders.find_one_and_update(
            {"_id": command["word"]}, {"$inc": {"tried": 1}}, upsert=True, return_document=True
        )["tried"]
        if tried <= command["times"]:
            raise Overtaken
        return tried

    @ask(Word, answer=_answer)
    def who_asks(self, command):
        request = work().request
        return [work().kind, work().caller.kind, request.key if request else None, work().if_match]

    @ask(Word, answer=lambda result, caller: {"odd": object()})
    def answer_oddly(self, command):
        return command["word"]

    @ask(Word, answer=_answer, operator=True)
    def operate(self, command):
        return command["word"]

    @ask(Word, answer=_answer)
    def store_away(self, command):
        raise StoreAway("elsewhere")


class Listening:
    """Hears cohorts; the cohort's display name says what goes wrong."""

    name = "sessions"
    board = provided(Board)

    @listen("membership", *COHORT)
    def on_cohort(self, fact, heard):
        orders = {
            "fail twice": self._fail_twice,
            "fail always": self._fail,
            "time out": self._time_out_once,
            "store away": self._wait_for_the_store,
            "already heard": self._already_heard,
            "refuse": self._refuse,
        }
        orders.get(fact.display_name, lambda _: None)(heard)
        self.board.heard.insert_one(
            {"event": heard.event_id, "type": heard.type, "version": heard.version, "at": time.time()}
        )

    def _tries(self, heard):
        order = self.board.orders.find_one_and_update(
            {"_id": heard.event_id}, {"$inc": {"tried": 1}}, upsert=True, return_document=True
        )
        return order["tried"]

    def _fail(self, heard):
        self._tries(heard)
        raise RuntimeError("a text that must not travel")

    def _fail_twice(self, heard):
        if self._tries(heard) <= 2:
            raise RuntimeError

    def _time_out_once(self, heard):
        if self._tries(heard) == 1:
            raise eventlet.Timeout(0.001)

    def _refuse(self, heard):
        if self._tries(heard) == 1:
            raise Forbidden("not you")

    def _wait_for_the_store(self, heard):
        self._tries(heard)
        if self.board.orders.find_one({"_id": "the store is back"}) is None:
            raise StoreAway("elsewhere")

    def _already_heard(self, heard):
        self._tries(heard)
        raise AlreadyHeard
