"""Reading by id side by side: one round trip, each its own document and its own request's record."""

import subprocess
import sys

GREEN = """
import eventlet; eventlet.monkey_patch()
from services.kit.context import RequestKey
from services.kit.lookup import Lookup
from tests.fakes.collection import FakeClient
documents = FakeClient()["a"]["b"]
for id in "abc":
    requests = [{"key": f"{id}{n}", "body_hash": "h"} for n in (1, 2)]
    documents.insert_one({"_id": id, "network": "n", "outbox": [1], "heard": [1], "requests": requests})
calls = []
real = documents.find
documents.find = lambda *words: calls.extend(words[:1]) or real(*words)
lookup = Lookup(documents)
def one(id, key=None):
    eventlet.sleep(0)
    found = lookup(id, RequestKey(key, "h") if key else None)
    return found and (found["_id"], [each["key"] for each in found.get("requests", ())], "outbox" in found)
asked = [("a",), ("a",), ("x",), ("b", "b2"), ("c", "c1"), ("c", "c2"), ("c", "none")]
threads = [eventlet.spawn(one, *each) for each in asked]
print([thread.wait() for thread in threads], sum("$in" in str(each) for each in calls))
"""


def test_documents_asked_for_side_by_side_come_together_each_with_its_own_record():
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", GREEN], capture_output=True, text=True, check=True
    )

    found, finds = done.stdout.strip().rsplit(" ", 1)
    a, c = "('a', [], False)", "('c', ['c1'], False), ('c', ['c2'], False), ('c', [], False)"
    assert found == f"[{a}, {a}, None, ('b', ['b2'], False), {c}]"
    assert finds == "2"
