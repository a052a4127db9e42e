"""What an operation may return besides a plain dict."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Answer:
    """A finished answer: `body` is bytes, or an iterator of bytes for what is sent piece by piece."""

    status: int = 200
    body: bytes | Iterator[bytes] = b""
    content_type: str | None = None
    headers: list[tuple[str, str]] = field(default_factory=list)
    cache: str = "no-store"


@dataclass(frozen=True)
class Down:
    """The place of a part that did not arrive in `call.together`; falsy, for pages' `{% if part %}`."""

    reason: str = "unavailable"

    def __bool__(self) -> bool:
        return False


def json_answer(data: Any, status: int = 200, *, location: str | None = None) -> "Json":
    """A dict with another status than the route's own, or with a `Location`."""
    return Json(data, status, location)


@dataclass(frozen=True)
class Json:
    data: Any
    status: int = 200
    location: str | None = None


def html(text: str, status: int = 200) -> Answer:
    """A page."""
    return Answer(status, text.encode(), "text/html; charset=utf-8")


def see_other(path: str, cookies: list[str] | None = None) -> Answer:
    """303 after a form was carried out, so that reloading repeats nothing; `path` is one of our own."""
    return Answer(303, headers=[("Location", path), *(("Set-Cookie", cookie) for cookie in cookies or ())])


def download(body: bytes, content_type: str, file_name: str) -> Answer:
    """A file for keeping, never shown in place; its name keeps letters, digits, `.`, `_` and `-`."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", file_name)
    disposition = ("Content-Disposition", f'attachment; filename="{plain}"')
    return Answer(200, body, content_type, [disposition])
