"""The API described (OpenAPI 3.1), made from the schemas that validate and the routes that answer."""

import re
import warnings
from collections.abc import Iterable
from typing import Any, cast

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import fields, validate

from gateway.cursors import LIMIT_DEFAULT, LIMIT_MOST
from gateway.http import PROBLEM
from gateway.routing import JSON, Route, pattern_of

LONGEST_TEXT = 100_000
_SEGMENT = re.compile(r"\{(\w+)\}")
PROBLEM_SCHEMA = {
    "type": "object",
    "description": "RFC 9457; `code` is the public slug of what went wrong.",
    "required": ["type", "title", "status", "code", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
MEANINGS = {
    400: "Not HTTP or JSON as we read it",
    401: "No sign-in, or a token that is not accepted",
    403: "Not open to this caller",
    404: "Nothing by that name that this caller may know of",
    406: "Nothing of that kind",
    409: "Not now: the state of things forbids it",
    410: "The link has run out",
    412: "The state named in If-Match is no longer the present one",
    413: "The body is too large",
    415: "Another media type is expected",
    422: "Some fields cannot be accepted; `errors` names them",
    428: "If-Match is needed",
    429: "Too many requests; wait as long as Retry-After says",
    500: "Something went wrong on our side",
    503: "Not reachable just now; a write may have been carried out: repeat it with the same key",
}
SECURITY_SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "__Host-commonthread"},
    "link": {"type": "apiKey", "in": "header", "name": "Authorization", "description": "`Link <token>`"},
}


def describe(routes: Iterable[Route], public_url: str, version: str) -> dict[str, Any]:
    """Return the OpenAPI document of the routes that answer data; pages are left out."""
    plugin = MarshmallowPlugin(schema_name_resolver=_schema_name)
    spec = APISpec(
        title="Commonthread",
        version=version,
        openapi_version="3.1.0",
        plugins=[plugin],
        info={
            "description": "Peer learning cohorts across organizations.",
            "license": {"name": "Apache-2.0"},
        },
        servers=[{"url": public_url}],
    )
    for function in (_plain_text, _plain_keys):
        cast(OpenAPIConverter, plugin.converter).add_attribute_function(function)
    spec.components.schema("Problem", component=PROBLEM_SCHEMA)
    for name, scheme in SECURITY_SCHEMES.items():
        spec.components.security_scheme(name, scheme)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # apispec's notice on schemas that share a name
        for route in routes:
            if not route.html and route.tag != "static":
                spec.path(route.template, operations={route.method.lower(): _operation(route)})
    document = spec.to_dict()
    _close_bodies(document)
    return document


def _close_bodies(document: dict[str, Any]) -> None:
    """Say of every body that fields it does not name are refused."""
    schemas = document["components"]["schemas"]
    waiting = [
        operation.get("requestBody") for path in document["paths"].values() for operation in path.values()
    ]
    seen: set[str] = set()
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            name = str(part.get("$ref", "")).rsplit("/", 1)[-1]
            if name and name not in seen:
                seen.add(name)
                schemas[name].setdefault("additionalProperties", False)
                waiting.append(schemas[name])
            waiting += part.values()


def _plain_text(_converter: Any, field: Any, **_: Any) -> dict[str, Any]:
    """Texts hold no NUL; whole files go without saying so, their generators choke on it."""
    if not isinstance(field, fields.String) or isinstance(field, fields.Email | fields.UUID):
        return {}
    for check in field.validators:
        is_file = isinstance(check, validate.Length) and (check.max or 0) > LONGEST_TEXT
        if is_file or isinstance(check, validate.Regexp | validate.OneOf):
            return {}
    return {"pattern": "^[^\\u0000]*$"}


def _plain_keys(converter: Any, field: Any, **_: Any) -> dict[str, Any]:
    """Keys of free maps are what their own field says, and never what a database takes for an operator."""
    if not isinstance(field, fields.Dict):
        return {}
    said = converter.field2property(field.key_field) if field.key_field else {}
    return {"propertyNames": {"pattern": "^[^$.\\u0000]*$"} | said}


def _schema_name(schema: Any) -> str:
    found = schema if isinstance(schema, type) else type(schema)
    return found.__name__.removesuffix("Schema")


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary or route.name.replace("_", " ").capitalize(),
        "tags": [route.tag],
        "parameters": _parameters(route),
        "responses": _responses(route),
        "security": _security(route),
    }
    if route.handler.__doc__:
        operation["description"] = route.handler.__doc__.strip()
    if route.body is not None or (route.writes and route.media != JSON):
        shape = route.body if route.body is not None else {"type": "string"}
        operation["requestBody"] = {"required": True, "content": {route.media: {"schema": shape}}}
    return operation


def _parameters(route: Route) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name in _SEGMENT.findall(route.template):
        pattern = pattern_of(name).pattern.removesuffix("\\Z")
        shape = {"type": "string", "pattern": f"^{pattern}$"}
        found.append({"name": name, "in": "path", "required": True, "schema": shape})
    if route.query is not None:
        found.append({"in": "query", "schema": route.query})
    if route.paged:
        limit = {"type": "integer", "minimum": 1, "maximum": LIMIT_MOST, "default": LIMIT_DEFAULT}
        found.append({"name": "limit", "in": "query", "schema": limit})
        cursor = {"type": "string", "pattern": "^[A-Za-z0-9_-]{20,2000}\\.[A-Za-z0-9_-]{43}$"}
        found.append({"name": "cursor", "in": "query", "schema": cursor})
    if route.writes and route.keyed:
        key = {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[\\x21-\\x7e]+$"}
        found.append({"name": "Idempotency-Key", "in": "header", "schema": key})
    if route.guarded:
        etag = {"type": "string", "pattern": '^"[!#-~]+"$'}
        found.append({"name": "If-Match", "in": "header", "required": True, "schema": etag})
    return found


def _responses(route: Route) -> dict[str, Any]:
    answers: dict[str, Any] = {str(route.status): _success(route)}
    for status in _refusal_statuses(route):
        said = [f"`{code}`: {text}" for code, text in route.refusals.items()] if status == 409 else []
        answers[str(status)] = {
            "description": "; ".join([MEANINGS[status], *said]),
            "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        if route.fault is not None and status in (400, 401):
            answers[str(status)]["content"] = {JSON: {"schema": route.fault}}
    return answers


def _success(route: Route) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": "Done" if route.writes else "Found"}
    if route.status == 204:
        return answer
    shape: Any = route.answer if route.answer is not None else {"type": "object"}
    if route.answers_media != JSON:
        shape = {"type": "string"}
    elif route.paged:
        shape = _list_of(shape)
    answer["content"] = {media: {"schema": shape} for media in route.answers_media.split(", ")}
    if route.location:
        answer["headers"] = {"Location": {"schema": {"type": "string"}}}
    return answer


def _list_of(item: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["data", "has_more", "next_cursor"],
        "properties": {
            "data": {"type": "array", "items": item},
            "has_more": {"type": "boolean"},
            "next_cursor": {"type": ["string", "null"]},
        },
    }


def _refusal_statuses(route: Route) -> list[int]:
    found = {400, 401, 404, 422, 429, 500, 503}  # 401 everywhere: a token that is no good is nobody's
    if not route.who.knows("anonymous"):
        found.add(403)
    if route.writes:
        found |= {403, 409, 413, 415}
    if route.guarded:
        found |= {412, 428}
    if route.who.knows("link"):
        found.add(410)
    return sorted(found)


def _security(route: Route) -> list[dict[str, list[str]]]:
    found: list[dict[str, list[str]]] = []
    for admission in route.who.admissions:
        if admission.kind == "person":
            found += [{"bearer": []}, {"cookie": []}]
        elif admission.kind in ("client", "operator"):
            found.append({"bearer": sorted(admission.needs)})
        elif admission.kind == "link":
            found.append({"link": []})
        else:
            found.append({})
    return [scheme for number, scheme in enumerate(found) if scheme not in found[:number]]
