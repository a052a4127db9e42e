"""A browser without script: follows links, keeps cookies, sends forms with the fields it was given."""

import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from deploy.tools.api import Api

FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
FORM = "application/x-www-form-urlencoded"


class PageRefused(Exception):
    """A page answered with a problem: `status`, and the page's text."""

    def __init__(self, status: int, path: str, text: str) -> None:
        super().__init__(f"{status} at {path}")
        self.status, self.text = status, text


class Browser:
    """One person at one device."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.cookies: dict[str, str] = {}
        self.text = ""
        self.path = ""

    def open(self, path: str) -> str:
        """Return the page at `path`."""
        return self._go("GET", path, None)

    def send(self, path: str, **fields: str) -> str:
        """Send a form of the open page to `path` with its hidden fields; return the page that follows."""
        return self._go("POST", path, urlencode(dict(FIELD.findall(self.text)) | fields))

    def _go(self, method: str, path: str, body: str | None) -> str:
        status, headers, text = self._once(method, path, body)
        hops = 0
        while status == 303 and hops < 5:
            path, hops = urlsplit(headers["location"]).path or "/", hops + 1
            status, headers, text = self._once("GET", path, None)
        self.text, self.path = text, path
        if status >= 400:
            raise PageRefused(status, path, text)
        return text

    def _once(self, method: str, path: str, body: str | None) -> tuple[int, dict[str, str], str]:
        api = Api(self.url)
        connection = api._open()
        fields = {"Accept": "text/html"} | (
            {"Content-Type": FORM, "Origin": self.url} if body is not None else {}
        )
        if self.cookies:
            fields["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(method, path, body, fields)
        answer = connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        headers = {name.lower(): value for name, value in answer.getheaders()}
        api.close()
        return answer.status, headers, text
