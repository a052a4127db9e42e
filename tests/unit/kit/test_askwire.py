import contextlib
from datetime import UTC, date, datetime

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.caller import Caller
from services.kit.askwire import BadRequest, Request, pack, pack_request, read_request, unpack
from services.kit.context import RequestKey

CALLER = Caller(
    kind="person",
    network="net_1",
    person_id="per_1",
    roles=frozenset({"program_staff"}),
    scopes=frozenset({"a", "b"}),
    text_open=True,
)


def test_a_request_arrives_as_it_was_sent():
    sent = Request(
        "record_rsvp",
        {"session_id": "ses_1", "answer": "yes"},
        CALLER,
        RequestKey("k", "h"),
        "tag",
        2500,
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "req_1",
    )

    assert read_request(pack_request(sent)) == sent


def test_a_signed_link_travels_with_its_caller():
    caller = Caller(kind="link", network="net_1", link={"act": "rsvp", "subject": "ses_1"})

    assert read_request(pack_request(Request("x", {}, caller))).caller == caller


@pytest.mark.parametrize("said", [None, "yes", 1, [], {}])
def test_text_is_open_to_a_caller_of_whom_exactly_that_is_said(said):
    ask = unpack(pack_request(Request("x", {}, CALLER)))
    ask["caller"]["text_open"] = said

    assert read_request(pack(ask)).caller.text_open is False


def test_a_malformed_trace_is_dropped_not_believed():
    sent = Request("x", {}, CALLER, traceparent="junk")

    assert read_request(pack_request(sent)).traceparent is None


def test_times_days_and_sets_travel_as_text_and_lists():
    body = {
        "at": datetime(2027, 1, 5, 9, tzinfo=UTC),
        "on": date(2027, 1, 5),
        "some": {"b", "a"},
        "pair": (1, 2),
    }

    assert unpack(pack(body)) == {
        "at": "2027-01-05T09:00:00.000Z",
        "on": "2027-01-05",
        "some": ["a", "b"],
        "pair": [1, 2],
    }


def test_what_is_not_plain_does_not_travel():
    with pytest.raises(TypeError, match="object does not travel"):
        pack({"odd": object()})


@given(st.binary(max_size=200))
def test_no_bytes_at_all_do_more_than_be_refused(body):
    with contextlib.suppress(BadRequest):
        read_request(body)


_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=5) | st.binary(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.fixed_dictionaries(
        {"ask": _values, "payload": _values, "ms": _values},
        optional=dict.fromkeys(("caller", "key", "if_match", "traceparent", "request_id"), _values),
    )
)
def test_no_map_of_odd_values_does_more_than_be_refused(body):
    with contextlib.suppress(BadRequest):
        read_request(msgpack.packb(body))


@pytest.mark.parametrize("milliseconds", [0, -1, 120_001, None, 1.5, "10"])
def test_an_ask_without_a_sensible_deadline_is_refused(milliseconds):
    body = unpack(pack_request(Request("x", {}, CALLER))) | {"ms": milliseconds}

    with pytest.raises(BadRequest, match="ms"):
        read_request(msgpack.packb(body))
