"""Events as they really are, made from the literal examples of the contracts."""

import copy
import json
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import services.contracts

EXAMPLES = Path(services.contracts.__file__).parent / "examples"


def rsvp_recorded(number: int) -> dict[str, Any]:
    """Return the envelope of an answer to an invitation; every number another session."""
    return _envelope("rsvp_recorded", number, f"ses_{number:026d}", "session_id")


def contact_changed(number: int, version: int = 2) -> dict[str, Any]:
    """Return the envelope of an address, of another person for each number."""
    return _envelope("contact_changed", number, f"per_{number:026d}", "person_id") | {"sequence": version}


def session_scheduled(number: int, cohort: str, network: str, tag: str) -> dict[str, Any]:
    """Return the envelope of a session's first time, two weeks from now."""
    body = _envelope("session_scheduled", number, f"ses_{tag}{number:020d}", "session_id")
    at = datetime.now(UTC) + timedelta(days=14)
    times = {"starts_at": at.isoformat(), "ends_at": (at + timedelta(hours=1)).isoformat()}
    body["network"] = network
    body["data"] |= {"network": network, "cohort_id": cohort, **times}
    return body


def _envelope(name: str, number: int, subject: str, field: str) -> dict[str, Any]:
    body = copy.deepcopy(_example(name))
    body |= {"id": f"evt_{number:026d}", "subject": subject, "partitionkey": subject}
    body["data"][field] = subject
    return body


@cache
def _example(name: str) -> dict[str, Any]:
    return json.loads((EXAMPLES / f"{name}.json").read_text())
