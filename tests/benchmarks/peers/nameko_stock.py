"""nameko as its documentation shows it: its HTTP entrypoint in front, its RPC to a second process."""
# ruff: noqa: E402

import eventlet

eventlet.monkey_patch()

import json
import os
import time

from common import Refused, change, person_of, shown
from nameko.rpc import RpcProxy, rpc
from nameko.runners import ServiceRunner
from nameko.web.handlers import http
from pymongo import MongoClient


class Front:
    name = "front"
    back = RpcProxy("peer_back")

    @http("GET", "/v1/sessions/<session_id>")
    def show(self, request, session_id):
        try:
            person = person_of(request.headers.get("Authorization", ""))
        except Refused as reason:
            return reason.status, "{}"
        reply = self.back.show(session_id, person)
        return reply["status"], {"Content-Type": "application/json"}, json.dumps(reply["body"])

    @http("PUT", "/v1/sessions/<session_id>/rsvp")
    def rsvp(self, request, session_id):
        try:
            person = person_of(request.headers.get("Authorization", ""))
        except Refused as reason:
            return reason.status, "{}"
        reply = self.back.rsvp(session_id, person, json.loads(request.get_data())["answer"])
        return reply["status"], {"Content-Type": "application/json"}, json.dumps(reply["body"])

    @http("GET", "/echoes/<int:seconds>")
    def echoes(self, request, seconds):
        """RPC alone: how many echoes of 1 kB a second 16 green threads get."""
        began, text = time.monotonic(), "x" * 1000

        def client():
            count = 0
            while time.monotonic() - began < seconds:
                self.back.echo(text)
                count += 1
            return count

        threads = [eventlet.spawn(client) for _ in range(16)]
        count = sum(thread.wait() for thread in threads)
        return json.dumps({"rate": count / (time.monotonic() - began)})


class Back:
    name = "peer_back"
    sessions = None

    @classmethod
    def collection(cls):
        if cls.sessions is None:
            client = MongoClient(os.environ["PEER_MONGO"], w="majority", journal=True)
            cls.sessions = client.get_default_database().sessions
        return cls.sessions

    @rpc
    def echo(self, text):
        return {"text": text}

    @rpc
    def show(self, session_id, person):
        try:
            return {"status": 200, "body": shown(self.collection().find_one({"_id": session_id}), person)}
        except Refused as reason:
            return {"status": reason.status, "body": {}}

    @rpc
    def rsvp(self, session_id, person, answer):
        try:
            for _ in range(8):
                where, update = change(self.collection().find_one({"_id": session_id}), person, answer)
                if self.collection().update_one(where, update).matched_count:
                    return {"status": 200, "body": {"answer": answer}}
        except Refused as reason:
            return {"status": reason.status, "body": {}}
        return {"status": 409, "body": {}}


if __name__ == "__main__":
    port = os.environ.get("PEER_PORT", "0")
    runner = ServiceRunner(
        {"AMQP_URI": os.environ["PEER_AMQP"], "WEB_SERVER_ADDRESS": f"127.0.0.1:{port}", "max_workers": 64}
    )
    runner.add_service(Back if os.environ["PEER_PART"] == "back" else Front)
    runner.start()
    runner.wait()
