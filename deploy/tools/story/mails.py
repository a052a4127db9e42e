"""The mail catcher as the story reads it."""

import json
import re
from typing import Any
from urllib.parse import quote

from deploy.tools.api import Api, await_that

ONE_TIME = re.compile(r"/link/([A-Za-z0-9_.~-]+)")
SIGNED = re.compile(r"https?://[^\s]*(/a/[A-Za-z0-9_.~-]+)")


class Mails:
    """Reads what was caught since the story began.

    Args:
        url: of the mail catcher's pages.
    """

    def __init__(self, url: str) -> None:
        self._api = Api(url)
        self._raw: dict[int, bytes] = {}
        listed = self._list()
        self._before = listed[-1]["number"] if listed else 0

    def since(self, mark: int | None = None, to: str = "") -> list[dict[str, Any]]:
        """Return envelopes after `mark`, oldest first; `to` narrows them to one address."""
        return self._list(self._before if mark is None else mark, to)

    @property
    def last(self) -> int:
        """The number of the newest mail."""
        listed = self._list()
        return listed[-1]["number"] if listed else 0

    def raw(self, number: int) -> bytes:
        """Return a mail as it arrived; each is fetched once."""
        if number not in self._raw:
            self._raw[number] = self._api.raw("GET", f"/messages/{number}/raw")[2]
        return self._raw[number]

    def invitations(self) -> list[dict[str, Any]]:
        """Return the mails since the story began that carry an iTIP REQUEST."""
        return [mail for mail in self.since() if b'method="REQUEST"' in self.raw(mail["number"])]

    def text(self, number: int) -> str:
        """Return the plain part of a mail."""
        parts = json.loads(self._api.raw("GET", f"/messages/{number}")[2])["parts"]
        return next(part["text"] for part in parts if part["type"] == "text/plain")

    def one_time_token(self, address: str, mark: int) -> str:
        """Wait for the sign-in link to `address` that came after `mark`; return its token."""
        return await_that(lambda: self._found(ONE_TIME, address, mark), "a sign-in link by mail")

    def page_linked(self, to: str, address: str, mark: int) -> str:
        """Wait for the mail to `address` after `mark` with a link to a page below `to`; return its path."""
        pattern = re.compile(rf"https?://[^\s/]+(/{to}/[A-Za-z0-9_.~-]+)")
        return await_that(lambda: self._found(pattern, address, mark), f"a mail with a link to /{to}")

    def signed_link(self, address: str, number: int = 1) -> str | None:
        """Return the path of the link with which `address` answers for session `number`; None without one."""
        return self._found(SIGNED, address, self._before, f"Session {number} of")

    def _found(self, pattern: re.Pattern[str], address: str, mark: int, about: str = "") -> str | None:
        for mail in self._list(mark, address):
            text = self.text(mail["number"])
            match = pattern.search(text)
            if match and about in text:
                return match[1]
        return None

    def _list(self, after: int = 0, to: str = "") -> list[dict[str, Any]]:
        return json.loads(self._api.raw("GET", f"/messages?after={after}&to={quote(to)}")[2])
