"""W3C trace context: one `traceparent` from the gateway through asks, announcements and what they cause."""

import re
import secrets

_TRACEPARENT = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})")


def new_traceparent() -> str:
    """Return the beginning of a new trace."""
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"


def read_traceparent(text: object) -> str | None:
    """Return `text` when it is a traceparent by W3C, else None; nothing else is kept."""
    return text if isinstance(text, str) and _TRACEPARENT.fullmatch(text) else None


def next_traceparent(parent: str | None) -> str:
    """Return a traceparent for what `parent` causes: same trace, new span; without one, a new trace."""
    if parent is None:
        return new_traceparent()
    version, trace, _, flags = parent.split("-")
    return f"{version}-{trace}-{secrets.token_hex(8)}-{flags}"


def trace_id(traceparent: str | None) -> str | None:
    """Return the 32 hex digits that all logs of one trace share."""
    return traceparent.split("-")[1] if traceparent else None
