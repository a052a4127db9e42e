"""The gateway as a program sees it: JSON over HTTP, with whatever the standard library has."""

import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

TIMEOUT = 30.0  # seconds
TRIES = 5  # of what may be repeated: AGAIN, a cut connection
AGAIN = (429, 502, 503, 504)
JSON = "application/json"


class ApiProblem(Exception):
    """A problem answer: `status`, `code` and the whole `document` of RFC 9457."""

    def __init__(self, status: int, document: Mapping[str, Any]) -> None:
        super().__init__(f"{status} {document.get('code', '')}: {document.get('detail', '')}")
        self.status, self.document = status, document
        self.code = str(document.get("code", ""))
        self.errors = list(document.get("errors", ()))


class Api:
    """One caller of the gateway.

    Args:
        url: of the gateway, `CT_PUBLIC_URL`.
        authorization: the header's value ("Bearer …", "Basic …"), or None.
    """

    def __init__(self, url: str, authorization: str | None = None) -> None:
        self.url, self.authorization = url.rstrip("/"), authorization
        self._connection: HTTPConnection | None = None
        self._refresh: str | None = None
        self._fetch: Callable[[], str] | None = None

    def as_bearer(self, token: str) -> "Api":
        """The same gateway for the holder of `token`."""
        return Api(self.url, f"Bearer {token}")

    def signed_in(self, tokens: Mapping[str, Any]) -> "Api":
        """The same gateway for a person; its access token is renewed when it has run out."""
        person = self.as_bearer(tokens["access_token"])
        person._refresh = tokens["refresh_token"]
        return person

    def renewed_by(self, fetch: Callable[[], str]) -> "Api":
        """The same caller; `fetch` returns a new access token when the present one has run out."""
        self._fetch = fetch
        return self

    def get(self, path: str, **query: Any) -> Any:
        """Return the answer's JSON. Raises: ApiProblem."""
        return self.send("GET", path + (f"?{urlencode(query)}" if query else ""))

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", path, {} if body is None else body, headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("PUT", path, {} if body is None else body, headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self.send("PATCH", path, body, headers)

    def tag(self, path: str) -> str:
        """Return the ETag of what stands at `path`, as If-Match wants it. Raises: ApiProblem."""
        self.get(path)  # renews what has run out
        self.close()  # a connection kept open may have been closed at the other end
        connection = self._open()
        connection.request("GET", path, headers={"Authorization": self.authorization or ""})
        answer = connection.getresponse()
        answer.read()
        return str(answer.getheader("ETag", ""))

    def every(self, path: str, **query: Any) -> Iterator[Any]:
        """Yield the items of a list, page after page."""
        cursor: dict[str, str] = {}
        while True:
            page = self.get(path, **query, limit=100, **cursor)
            yield from page["data"]
            if not page.get("has_more"):
                return
            cursor = {"cursor": page["next_cursor"]}

    def send(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Any:
        """Return the answer's JSON, None without one; what may be repeated is, under one Idempotency-Key.

        Args:
            body: JSON, or text sent as it is where `headers` name its Content_Type.
        """
        fields = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        if method != "GET" and path.startswith("/v1/"):
            fields.setdefault("Idempotency-Key", secrets.token_hex(16))
        renewed = False
        for attempt in range(TRIES):
            try:
                status, kind, content = self.raw(method, path, body, fields)
            except (OSError, HTTPException):
                if attempt == TRIES - 1:
                    raise
                status, kind, content = 503, "", b""
            if status == 401 and (self._refresh or self._fetch) and not renewed:
                self._renew()
                renewed = True
                continue
            if status not in AGAIN or attempt == TRIES - 1:
                break
            time.sleep(0.3 * 2**attempt)
        found = json.loads(content) if "json" in kind and content else None
        if status >= 400:
            raise ApiProblem(status, found or {})
        return found

    def raw(
        self, method: str, path: str, body: Any = None, fields: Mapping[str, str] | None = None
    ) -> tuple[int, str, bytes]:
        """Send once; return (status, media type, content)."""
        sent = {"Accept": JSON} | dict(fields or {})
        if self.authorization:
            sent.setdefault("Authorization", self.authorization)
        if body is not None and not isinstance(body, str | bytes):
            body = json.dumps(body)
            sent.setdefault("Content-Type", JSON)
        try:
            connection = self._open()
            connection.request(method, path, body.encode() if isinstance(body, str) else body, sent)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, HTTPException):
            self.close()
            raise
        return answer.status, answer.getheader("Content-Type", ""), content

    def close(self) -> None:
        """Let go of the connection; the next request opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _renew(self) -> None:
        if self._fetch is not None:
            self.authorization = f"Bearer {self._fetch()}"
            return
        token, self._refresh = self._refresh, None
        tokens = Api(self.url).post("/v1/sign-ins/refresh", {"refresh_token": token})
        self.authorization, self._refresh = f"Bearer {tokens['access_token']}", tokens["refresh_token"]

    def _open(self) -> HTTPConnection:
        if self._connection is None:
            parts = urlsplit(self.url)
            kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
            self._connection = kind(parts.netloc, timeout=TIMEOUT)
        return self._connection


def await_that(look: Callable[[], Any], what: str, seconds: float = 120.0, every: float = 0.25) -> Any:
    """Look until something true comes, and return it.

    Raises:
        TimeoutError: `what` did not come within `seconds`.
    """
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not come within {seconds:.0f} seconds")
        time.sleep(every)
