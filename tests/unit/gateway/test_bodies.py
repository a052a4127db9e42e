import pytest
from marshmallow import Schema, fields

from gateway.bodies import load, read_json, read_pairs
from gateway.http import Problem


def refusal_of(call, *arguments, **options):
    with pytest.raises(Problem) as found:
        call(*arguments, **options)
    return found.value


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"nonsense",
        b"\xef\xbb\xbf{}",
        b'{"a": NaN}',
        b'{"a": "\xff"}',
        b'{"a": "\\ud800"}',
        b"[" * 5_000,
    ],
)
def test_what_is_no_json_is_a_malformed_request(raw):
    assert refusal_of(read_json, raw).status == 400


@pytest.mark.parametrize("raw", [b'{"a": 1, "a": 2}', b'{"x": [{"a": 1, "\\u0061": 2}]}'])
def test_a_key_that_stands_twice_is_refused(raw):
    assert refusal_of(read_json, raw).status == 400


@pytest.mark.parametrize(
    ("raw", "pointer"),
    [
        (b'{"email": {"$gt": ""}}', "/email/$gt"),
        (b'{"a.b": 1}', "/a.b"),
        (b'{"list": [1, {"$where": "x"}]}', "/list/1/$where"),
        (b'{"a\\u0000b": 1}', "/a\0b"),
        (b'{"name": "a\\u0000b"}', "/name"),
        (b'{"a/b": "\\u0000"}', "/a~1b"),
    ],
)
def test_what_a_database_could_take_for_more_than_a_value_is_named_and_refused(raw, pointer):
    refusal = refusal_of(read_json, raw)

    assert refusal.status == 422
    assert [error["pointer"] for error in refusal.errors] == [pointer]


def test_a_body_may_be_thirty_two_levels_deep_and_no_more():
    def nested(levels):
        return b'{"a":' * levels + b"1" + b"}" * levels

    assert read_json(nested(32))
    assert refusal_of(read_json, nested(33)).code == "too-deep"


def test_a_number_that_readers_would_understand_differently_is_refused():
    assert refusal_of(read_json, b'{"n": [9007199254740993]}').errors[0]["pointer"] == "/n/0"


def test_a_whole_number_may_be_written_with_a_point():
    assert read_json(b'{"n": 90.0, "m": 0.5}') == {"n": 90, "m": 0.5}
    assert isinstance(read_json(b"90.0"), int)


class Seat(Schema):
    number = fields.Integer(required=True)


class Table(Schema):
    name = fields.String(required=True)
    seats = fields.List(fields.Nested(Seat))


def test_every_field_at_fault_is_named_by_a_pointer():
    body = {"seats": [{"number": 1}, {"number": "x"}], "stray": 1}

    refusal = refusal_of(load, Table(), body)

    assert {error["pointer"] for error in refusal.errors} == {"/name", "/seats/1/number", "/stray"}


@pytest.mark.parametrize("body", [[], "text", 7, None])
def test_a_body_that_is_no_object_is_refused(body):
    assert refusal_of(load, Table(), body).status == 422


@pytest.mark.parametrize("query", ["a=1&a=2", "a", "a=%ff", "a=%00", "&".join(f"a{n}=1" for n in range(41))])
def test_a_query_that_can_be_read_in_two_ways_is_refused(query):
    assert refusal_of(read_pairs, query, most=40, where="query").status == 400


def test_an_empty_value_in_a_query_is_a_value():
    assert read_pairs("a=&b=x%20y", most=40, where="query") == {"a": "", "b": "x y"}
