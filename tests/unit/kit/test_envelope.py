import json
from datetime import UTC, datetime

import orjson
import pytest

from services.contracts.schemas import load
from services.kit import envelope
from tests.builders.events import an_envelope

AT = datetime(2027, 1, 5, 9, 0, 0, 7000, tzinfo=UTC)


def a_fact(name="cohort_formed"):
    return load(name, an_envelope(name)["data"])


def test_an_announcement_is_a_cloud_event_that_says_whose_state_at_which_version():
    announced = envelope.announce(a_fact(), 7, AT)
    body, fact = announced.body, a_fact()

    assert announced.routing_key == "cohort_formed"
    assert announced.id == body["id"]
    assert body["id"].startswith("evt_")
    assert (body["type"], body["source"]) == ("commonthread.membership.cohort_formed", "membership")
    assert (body["sequence"], body["time"]) == (7, "2027-01-05T09:00:00.007Z")
    assert (body["subject"], body["partitionkey"]) == (fact.cohort_id, fact.cohort_id)
    assert body["network"] == fact.network


def test_what_is_announced_is_heard_as_it_was():
    body = envelope.decode(envelope.encode(envelope.announce(a_fact(), 7, AT).body))
    heard = envelope.heard(body)

    assert envelope.fact_in(body) == a_fact()
    assert (heard.type, heard.version, heard.time) == ("cohort_formed", 7, AT)


def test_a_restatement_carries_the_same_state_under_its_own_name():
    announced = envelope.announce(a_fact(), 7, AT, name="cohort_restated")

    assert announced.routing_key == "cohort_restated"
    assert vars(envelope.fact_in(announced.body)) == vars(a_fact())


def test_an_announcement_continues_the_trace_of_its_cause():
    cause = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    assert cause[3:35] in envelope.announce(a_fact(), 1, AT, cause).body["traceparent"]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", "not JSON"),
        (b"[]", "not an object"),
        (b"[" * 100_000, "not JSON"),
        (b"NaN", "not JSON"),
        (b" " * (envelope.MAX_BYTES + 1), "too large"),
        (orjson.dumps(an_envelope(sequence=True)), "sequence"),
        (orjson.dumps(an_envelope(id=None) | {"id": 7}), "id"),
        (orjson.dumps(an_envelope() | {"data": []}), "data"),
        (orjson.dumps(an_envelope(specversion="1.1")), "specversion"),
    ],
)
def test_what_is_no_envelope_is_refused_by_the_name_of_its_fault(raw, fault):
    with pytest.raises(envelope.BadEnvelope, match=fault):
        envelope.decode(raw)


def test_attributes_of_a_newer_announcer_are_ignored():
    body = envelope.decode(json.dumps(an_envelope(added_next_year=True)).encode())

    assert envelope.fact_in(body) == a_fact()


def test_a_fact_of_another_network_than_its_envelope_is_refused():
    with pytest.raises(envelope.BadEnvelope, match="network"):
        envelope.fact_in(an_envelope(network="net_other"))


@pytest.mark.parametrize("time", ["yesterday", "2027-01-05T09:00:00", ""])
def test_a_time_without_a_zone_is_no_time(time):
    with pytest.raises(envelope.BadEnvelope, match="time"):
        envelope.heard(an_envelope(time=time))
