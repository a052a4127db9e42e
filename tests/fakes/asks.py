"""A service's answers without a broker: what was asked is kept, what is answered is said beforehand."""

from dataclasses import dataclass, field
from typing import Any

from services.kit.asks import Reply


@dataclass
class FakeAsks:
    """Answers `ask` from `answers`: name -> dict, exception, or function of the payload."""

    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)

    def ask(self, service, name, payload, caller, **details):
        self.asked.append({"service": service, "name": name, "payload": payload, "caller": caller} | details)
        found = self.answers.get(name, {})
        if isinstance(found, Exception):
            raise found
        answer = found(payload) if callable(found) else found
        return Reply(answer, details.pop("etag", "") or f"tag-of-{name}")
