"""One person's own data as one archive: what five services keep of them, asked side by side, page by page.

It is whole or it is refused: a part that does not answer is a 503, what would be too large a 413.
"""

import io
import time
import zipfile
from datetime import UTC, datetime
from typing import Any

import eventlet
import orjson

from gateway.calls import Call
from gateway.http import Problem
from gateway.own_data_words import NOTE, SCHEMA
from gateway.own_sessions import calendar_of
from services.kit.outcomes import Unavailable

SERVICES = ("membership", "scheduling", "sessions", "feedback", "notifications")
ROWS = 100
MOST_ROWS = 50_000  # of one service
MOST_BYTES = 32_000_000  # of the archive before it is packed
SECONDS, ASK_SECONDS = 40.0, 8.0
Rows = list[dict[str, Any]]


def archive_of(call: Call) -> bytes:
    """Return the archive of the caller: a JSON file a service, their sessions as ICS, and what it all means.

    Raises:
        Problem: it would be too large (413).
        RemoteRefusal: the caller's own factor is wanted, or they are nobody in particular.
        Unavailable: a service did not answer within the time there is.
    """
    ends = time.monotonic() + SECONDS
    threads = {service: eventlet.spawn(_rows_of, call, service, ends) for service in SERVICES}
    gathered = {service: thread.wait() for service, thread in threads.items()}
    return _packed(_files(call, gathered))


def _rows_of(call: Call, service: str, ends: float) -> Rows:
    rows: Rows = []
    position: dict[str, Any] = {}
    while True:
        answer = _page(call, service, position, ends)
        rows += answer["data"]
        if len(rows) > MOST_ROWS:
            raise _too_large()
        if answer["next"] is None:
            return rows
        position = {"after": answer["next"]}


def _page(call: Call, service: str, position: dict[str, Any], ends: float) -> dict[str, Any]:
    left = ends - time.monotonic()
    if left <= 0:
        raise Unavailable("the export takes too long just now", maybe_done=False)
    reply = call.asks.ask(
        service,
        "export_mine",
        {"limit": ROWS} | position,
        call.caller,
        timeout=min(ASK_SECONDS, left),
        traceparent=call.traceparent,
        request_id=call.request.id,
    )
    answer: dict[str, Any] = reply.answer
    return answer


def _files(call: Call, gathered: dict[str, Rows]) -> dict[str, bytes]:
    made_at = datetime.now(UTC)
    files = {"README.txt": NOTE.encode(), "schema.json": orjson.dumps(SCHEMA, option=orjson.OPT_INDENT_2)}
    for service, rows in gathered.items():
        told = {
            "service": service,
            "network": call.caller.network,
            "person_id": call.caller.person_id,
            "exported_at": made_at.isoformat(timespec="seconds"),
            "kinds": _by_kind(rows),
        }
        files[f"{service}.json"] = orjson.dumps(told, option=orjson.OPT_INDENT_2)
    times = [row for row in gathered["scheduling"] if row["kind"] == "session_time"]
    files["sessions.ics"] = calendar_of(times, made_at)
    return files


def _by_kind(rows: Rows) -> dict[str, Rows]:
    kinds: dict[str, Rows] = {}
    for row in rows:
        kinds.setdefault(row["kind"], []).append({name: row[name] for name in row if name != "kind"})
    return kinds


def _packed(files: dict[str, bytes]) -> bytes:
    if sum(map(len, files.values())) > MOST_BYTES:
        raise _too_large()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
            eventlet.sleep()  # packing gives way between files
    return out.getvalue()


def _too_large() -> Problem:
    return Problem(
        413, "export-too-large", "There is too much for one archive. Ask the admin of your network."
    )
