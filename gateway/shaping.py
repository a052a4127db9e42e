"""From what a route's function returned to an `Answer`: JSON, lists with their cursors, ETags and 304."""

import re
from typing import Any

import orjson

from gateway.answers import Answer, Json
from gateway.calls import Call
from gateway.http import is_unchanged
from gateway.loading import Loader

JSON_UTF8 = "application/json"
_FIELD = re.compile(r"\{(\w+)\}")


def shape(call: Call, result: Any, loader: Loader) -> Answer:
    """Return the finished answer for `result`: a dict, a `Json`, text of a page, an `Answer`, or None."""
    if isinstance(result, Answer):
        return result
    if isinstance(result, str):
        return Answer(200, result.encode(), "text/html; charset=utf-8")
    if result is None:
        return Answer(204)
    route = call.route
    done = result if isinstance(result, Json) else Json(result, route.status)
    headers: list[tuple[str, str]] = []
    data = done.data
    if route.paged:
        data = _paged(call, data, headers, loader)
    location = done.location or (route.location and _filled(route.location, call.path | data))
    if location:
        headers.append(("Location", location))
    cache = "private, no-cache" if route.revalidated else "no-store"
    if route.revalidated:
        headers.append(("Vary", "Authorization, Cookie"))
    if call.etag:
        headers.append(("ETag", f'"{call.etag}"'))
        if not route.writes and is_unchanged(call.request.fields, call.etag):
            return Answer(304, headers=headers, cache=cache)
    return Answer(done.status, orjson.dumps(data), JSON_UTF8, headers, cache)


def _filled(template: str, values: dict[str, Any]) -> str:
    return _FIELD.sub(lambda found: str(values[found[1]]), template)


def _paged(
    call: Call, data: dict[str, Any], headers: list[tuple[str, str]], loader: Loader
) -> dict[str, Any]:
    position = data.get("next")
    cursor = None if position is None else loader.cursors.write(position, call.bound)
    if cursor:
        kept = [part for part in call.request.query.split("&") if part and not part.startswith("cursor=")]
        query = "&".join([*kept, f"cursor={cursor}"])
        headers.append(("Link", f'<{call.request.path}?{query}>; rel="next"'))
    return {"data": data["data"], "has_more": cursor is not None, "next_cursor": cursor}
