import subprocess
import sys

from services.kit.together import Together

GREEN = """
import eventlet; eventlet.monkey_patch()
from services.kit.together import Together
calls = []
def act(some):
    calls.append(len(some))
    eventlet.sleep(0.01)
    if "bad" in some:
        raise ValueError("bad")
    return [one.upper() for one in some]
together = Together(act, most=10)
def one(word):
    try:
        return together(word)
    except ValueError:
        return "refused"
threads = [eventlet.spawn(one, word) for word in ["a", "b", "bad", "c"] + ["d"] * 20]
print([thread.wait() for thread in threads][:4], max(calls), sum(calls) < 40, len(calls) < 24)
"""


def test_without_green_threads_each_is_carried_out_alone():
    calls = []
    together = Together(lambda some: calls.append(some) or [each * 2 for each in some])

    assert [together(1), together(2)] == [2, 4]
    assert calls == [[1], [2]]


def test_what_comes_together_is_done_at_once_and_a_bad_one_spoils_nobody_else():
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", GREEN], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "['A', 'B', 'refused', 'C'] 10 True True"
