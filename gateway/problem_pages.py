"""How a no looks on a page: plain, unless the portal puts its own in place with `@problem_page`."""

from collections.abc import Callable
from html import escape
from typing import Any

from gateway.access import Passport
from gateway.answers import Answer, html
from gateway.connection import Request

Show = Callable[[dict[str, Any], Request, Passport | None], Answer | None]


def plain_problem(problem: dict[str, Any], request: Request, passport: Passport | None) -> Answer:
    """The page shown where nobody offers a better one."""
    title, detail = escape(problem["title"]), escape(problem["detail"])
    faults = "".join(f"<li>{escape(error['detail'])}</li>" for error in problem.get("errors", ()))
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><main><h1>{title}</h1><p>{detail}</p><ul>{faults}</ul>"
        f"<p>Request {escape(problem['request_id'])}</p></main></body></html>"
    )
    return html(text, problem["status"])


_shown: list[Show] = [plain_problem]


def problem_page(show: Show) -> Show:
    """Have `show(problem, request, passport)` answer refusals of pages; None means: as JSON.

    `problem` holds the members of the problem document (`http.problem_document`); `passport` is None when the
    request failed before anybody was recognised. A sign-in page can be offered for status 401.
    """
    _shown.append(show)
    return show


def show_problem(problem: dict[str, Any], request: Request, passport: Passport | None) -> Answer | None:
    """Return the page for a problem, as the latest `problem_page` shows it."""
    return _shown[-1](problem, request, passport)
