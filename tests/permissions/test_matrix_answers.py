"""What every answer of the matrix carries, and where it may send a browser."""

from gateway.http import ALWAYS, CSP_DATA, CSP_PAGE
from gateway.routing import ROUTES
from gateway.wiring import import_routes

import_routes()
SHAPES = {
    f"{route.method} {route.template}": route.answer for route in ROUTES if route.answer and not route.html
}
KEPT_FOR_EVER = "public, max-age=31536000, immutable"
OF_ALL = ("/openapi.json", "/asyncapi.json", "/docs")


def fields_of(tried):
    return {name.lower(): value for name, value in tried.headers}


def test_every_answer_protects_itself(ran):
    for one in [*ran.tried, *ran.again]:
        fields = fields_of(one)
        is_page = fields.get("content-type", "").startswith("text/html")

        assert {name: fields.get(name.lower()) for name, _ in ALWAYS} == dict(ALWAYS), one.cell
        assert fields["content-security-policy"] == (CSP_PAGE if is_page else CSP_DATA), one.cell
        assert not [name for name in fields if name.startswith("access-control-")], one.cell


def test_nothing_personal_is_kept_by_anybody_but_its_reader(ran):
    for one in ran.tried:
        cache = fields_of(one)["cache-control"]
        if one.cell.row.template == "/static/{file}":
            assert cache == KEPT_FOR_EVER
        elif one.cell.row.template in OF_ALL:
            assert cache == "no-cache"
        else:
            assert cache in ("no-store", "private, no-cache"), one.cell
            assert cache == "no-store" or "Cookie" in fields_of(one)["vary"], one.cell


def test_nobody_is_sent_to_another_site(ran):
    sent = {fields_of(one).get("location", "/") for one in [*ran.tried, *ran.again]}

    assert not [path for path in sent if not path.startswith("/") or path.startswith(("//", "/\\"))]


def test_no_answer_says_more_than_its_schema(ran):
    beyond = {
        f"{one.cell.row.operation} as {one.cell.caller}: {sorted(found)}"
        for one in ran.tried
        if one.status in (200, 201, 202) and one.cell.row.operation in SHAPES
        for found in [unknown_keys(SHAPES[one.cell.row.operation], one.json)]
        if found
    }

    assert beyond == set()


def unknown_keys(shape, shown):
    """Return what stands in an answer, or in the items of a list, beside the fields of its schema."""
    if "data" in shown and "data" not in shape.fields:
        return set().union(*(unknown_keys(shape, item) for item in shown["data"]), set())
    found = shown.keys() - {field.data_key or name for name, field in shape.fields.items()}
    for name, field in shape.fields.items():
        inner = getattr(getattr(field, "inner", field), "schema", None)
        values = shown.get(field.data_key or name)
        for value in values if isinstance(values, list) else [values]:
            if inner is not None and isinstance(value, dict):
                found |= {f"{name}.{key}" for key in unknown_keys(inner, value)}
    return found
