"""JSON lines to stdout: an event's name, a closed list of fields, no personal data (SECURITY 1.42, 1.43).

A field that is not on the list is dropped and counted, so that nobody logs a name, an address or a text by
accident. Of an exception we keep its class and where it happened; its text may quote what a person wrote.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import orjson
import structlog

from services.kit.context import work
from services.kit.tracing import trace_id

_FIELDS = """
    aggregate ask attempt attempts client_id code cohort_id collection connection_id count database
    dependency dropped_fields endpoint_id event event_id exception exchange formation_id host import_id index
    kind level limit logger method milliseconds name network notice_id outcome path_template person_id port
    process program_id queue reason request_id revision seconds service session_id setting signal size
    source state status step steps subject timestamp trace_id type user version where
"""
FIELDS = frozenset(_FIELDS.split())
_FRAMES = 12
Entry = MutableMapping[str, Any]


def configure_logging(service: str, level: str = "INFO") -> None:
    """Send structlog and the standard library's logging through the same filter to stdout."""
    structlog.configure(
        processors=[
            _context(service),
            structlog.processors.add_log_level,
            _exception,
            _time,
            _allowed,
            _render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = _ToStructlog()
    logging.root.handlers = [handler]
    logging.root.setLevel(max(logging.getLevelName(level), logging.WARNING))


def get_logger() -> Any:
    """Return the logger; use as `log.info("outbox_relayed", count=3)`."""
    return structlog.get_logger()


def where(error: BaseException) -> list[str]:
    """Return the innermost frames of `error` as "file:line function", without any value."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return [f"{frame.filename.rsplit('/site-packages/')[-1]}:{frame.lineno} {frame.name}" for frame in frames]


def _context(service: str) -> Any:
    def add(_logger: Any, _name: str, entry: Entry) -> Entry:
        present = work()
        entry["service"] = service
        if present.request_id:
            entry["request_id"] = present.request_id
        if present.traceparent:
            entry["trace_id"] = trace_id(present.traceparent)
        return entry

    return add


def _exception(_logger: Any, _name: str, entry: Entry) -> Entry:
    error = entry.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        entry["exception"] = type(error).__name__
        entry["where"] = where(error)
    return entry


def _allowed(_logger: Any, _name: str, entry: Entry) -> Entry:
    stray = entry.keys() - FIELDS
    for field in stray:
        del entry[field]
    if stray:
        entry["dropped_fields"] = len(stray)
    return {field: _plain(value) for field, value in entry.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in value[:500])
    if isinstance(value, int | float | bool | None):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in list(value)[:50]]
    return _plain(str(value))


_time = structlog.processors.TimeStamper(fmt="iso", utc=True)


def _render(_logger: Any, _name: str, entry: Entry) -> str:
    return orjson.dumps(entry).decode()


class _ToStructlog(logging.Handler):
    """What libraries log: their words are kept (they are format strings), their values are not."""

    def emit(self, record: logging.LogRecord) -> None:
        entry: dict[str, Any] = {"logger": record.name, "reason": str(record.msg)}
        if record.exc_info:
            entry["exc_info"] = record.exc_info
        structlog.get_logger().log(record.levelno, "library_message", **entry)
