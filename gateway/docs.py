"""The API as a page for people: made from openapi.json on the server, without scripts or anybody's CDN."""

from html import escape
from typing import Any


def render_docs(document: dict[str, Any], style: str) -> str:
    """Return the page for an OpenAPI document; `style` is the address of its style sheet."""
    groups: dict[str, list[str]] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            groups.setdefault(operation["tags"][0], []).append(_operation(method, path, operation, document))
    title = f"{document['info']['title']} {document['info']['version']}"
    body = "".join(
        f"<h2 id='{tag}'>{escape(tag)}</h2>{''.join(parts)}" for tag, parts in sorted(groups.items())
    )
    links = " · ".join(f"<a href='#{tag}'>{escape(tag)}</a>" for tag in sorted(groups))
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{escape(title)}</title><link rel='stylesheet' href='{style}'></head><body>"
        f"<h1>{escape(title)}</h1><p>{escape(document['info']['description'])} "
        "For programs: <a href='/openapi.json'>openapi.json</a> and "
        "<a href='/asyncapi.json'>asyncapi.json</a>.</p>"
        f"<nav aria-label='Areas'>{links}</nav><main>{body}</main></body></html>"
    )


def _operation(method: str, path: str, operation: dict[str, Any], document: dict[str, Any]) -> str:
    shown = f"<span class='method'>{method.upper()}</span> <code>{escape(path)}</code>"
    return (
        f"<section><h3 id='{operation['operationId']}'>{shown}</h3>"
        f"<p>{escape(operation['summary'])}. <span class='dim'>{escape(_who(operation))}</span></p>"
        f"{_described(operation)}{_parameters(operation)}{_body(operation, document)}{_answers(operation)}"
        "</section>"
    )


def _described(operation: dict[str, Any]) -> str:
    text = operation.get("description")
    return f"<p>{escape(text)}</p>" if text else ""


def _who(operation: dict[str, Any]) -> str:
    names = {"bearer": "token", "cookie": "portal sign-in", "link": "signed link"}
    found = []
    for scheme in operation["security"]:
        for name, scopes in scheme.items():
            found.append(f"{names[name]} ({', '.join(scopes)})" if scopes else names[name])
        if not scheme:
            found.append("anyone")
    return "For: " + ", ".join(found)


def _parameters(operation: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(each['name'])}</code></td><td>{escape(each['in'])}</td>"
        f"<td>{'required' if each.get('required') else 'optional'}</td>"
        f"<td>{escape(_kind(each.get('schema', {})))}</td></tr>"
        for each in operation["parameters"]
    )
    return _table(("Parameter", "In", "", "Kind"), rows)


def _body(operation: dict[str, Any], document: dict[str, Any]) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    rows = "".join(_fields(each["schema"], document) for each in content.values())
    return _table(("Body", "", "Kind"), rows)


def _fields(schema: dict[str, Any], document: dict[str, Any]) -> str:
    found = _resolved(schema, document)
    required = found.get("required", ())
    return "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{'required' if name in required else 'optional'}</td>"
        f"<td>{escape(_kind(field))}</td></tr>"
        for name, field in found.get("properties", {}).items()
    )


def _answers(operation: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td>{escape(status)}</td><td>{escape(answer['description'])}</td></tr>"
        for status, answer in operation["responses"].items()
    )
    table = _table(("Status", "Meaning"), rows)
    return f"<details><summary>Answers</summary>{table}</details>"


def _table(heads: tuple[str, ...], rows: str) -> str:
    if not rows:
        return ""
    cells = "".join(f"<th scope='col'>{head}</th>" for head in heads)
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>"


def _resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref")
    return document["components"]["schemas"][reference.rsplit("/", 1)[1]] if reference else schema


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1]
    kind = schema.get("type", "any")
    text = " or ".join(kind) if isinstance(kind, list) else str(kind)
    if "enum" in schema:
        return "one of " + ", ".join(str(value) for value in schema["enum"])
    if text == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    limits = [f"{word} {schema[key]}" for key, word in _LIMITS.items() if key in schema]
    return ", ".join([text + (f" ({schema['format']})" if "format" in schema else ""), *limits])


_LIMITS = {
    "minLength": "at least",
    "maxLength": "at most",
    "minimum": "from",
    "maximum": "to",
    "pattern": "matching",
}
