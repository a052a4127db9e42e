"""How a caller shows who they are: over the API by a header, on pages by a cookie and its form token."""

from dataclasses import dataclass, field
from typing import Any

from gateway.signins import SignIn, SignIns


@dataclass(frozen=True)
class Credentials:
    """`headers` for the API, `page_headers` for pages; `csrf` for every form; `person_id` of a person."""

    headers: dict[str, str] = field(default_factory=dict)
    page_headers: dict[str, str] = field(default_factory=dict)
    csrf: str = ""
    person_id: str | None = None


def by_header(authorization: str) -> Credentials:
    """A partner system or the holder of a link: the same header everywhere."""
    return Credentials({"Authorization": authorization}, {"Authorization": authorization})


def by_person(api: Any, cookie_key: str, person_id: str) -> Credentials:
    """A signed-in person: their token over the API, the cookie that keeps it in a browser."""
    access = api.authorization.removeprefix("Bearer ")
    cookies = SignIns(cookie_key, tls=False)
    signin = SignIn.begin(access, api._refresh or "")
    cookie = cookies.write(signin).partition(";")[0]
    csrf = cookies.form_token(signin.mark)
    return Credentials({"Authorization": api.authorization}, {"Cookie": cookie}, csrf, person_id)


def by_nobody(cookie_key: str) -> Credentials:
    """A stranger: nothing over the API, in a browser the mark its forms are bound to."""
    cookies = SignIns(cookie_key, tls=False)
    mark, cookie = cookies.browser({})
    return Credentials({}, {"Cookie": (cookie or "").partition(";")[0]}, cookies.form_token(mark))
