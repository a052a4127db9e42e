"""Ten reads that MongoDB holds open for a moment, in ten green threads: all begin before the first ends."""

import eventlet

eventlet.monkey_patch()

import sys  # noqa: E402

from services.kit.mongo import connect  # noqa: E402
from services.kit.settings import Settings  # noqa: E402

client = connect(Settings(service="tests", mongo=sys.argv[1]))
streams = [client["nothing_happens_here"].watch(max_await_time_ms=300) for _ in range(10)]
seen = []


def wait_for_news(stream):
    seen.append("began")
    stream.try_next()
    seen.append("ended")


list(eventlet.GreenPool(10).imap(wait_for_news, streams))
assert seen == ["began"] * 10 + ["ended"] * 10, seen
print("overlapped")
