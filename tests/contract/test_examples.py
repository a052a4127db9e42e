"""Both sides of every event against one literal message that nobody generates."""

import json
from pathlib import Path

import pytest
from marshmallow import ValidationError

from services.contracts.schemas import fact_type, fact_types, full_type, load, schema_for, to_data

EXAMPLES = sorted(Path("services/contracts/examples").glob("*.json"))
MESSAGES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in EXAMPLES}
each_example = pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES.keys())


@each_example
def test_a_listener_accepts_the_published_example_and_a_newer_one(message):
    schema = schema_for(message["type"])

    known = schema.load(message["data"])
    newer = schema.load(message["data"] | {"added_next_year": True})

    assert known == newer
    assert schema.dump(known) == message["data"]


@each_example
def test_an_announcer_writes_exactly_the_published_example(message):
    fact = load(message["type"], message["data"])

    assert type(fact) is fact_type(message["type"])
    assert to_data(fact) == message["data"]
    assert message["type"] == full_type(fact.source, message["type"].rpartition(".")[2])
    assert message["source"] == fact.source
    assert message["subject"] == message["partitionkey"] == fact.subject()
    assert message["network"] == fact.network


@each_example
def test_a_message_without_a_required_field_is_refused_by_that_fields_name(message):
    schema = schema_for(message["type"])
    for name in (name for name, field in schema.fields.items() if field.required):
        lacking = {key: value for key, value in message["data"].items() if key != name}

        with pytest.raises(ValidationError) as refusal:
            schema.load(lacking)

        assert set(refusal.value.messages) == {name}


@each_example
def test_a_restatement_carries_the_same_state(message):
    fact = load(message["type"], message["data"])

    restated = load(f"{fact.aggregate}_restated", message["data"])

    assert to_data(restated) == message["data"]


def test_every_event_has_its_example_and_every_example_its_event():
    announced = {name for name in fact_types() if not name.endswith("_restated")}

    assert announced == set(MESSAGES)


@pytest.mark.parametrize("time", ["2027-01-12T14:00:00", "2027-01-12", "soon", 1799762400, None])
def test_a_time_without_its_offset_is_refused(time):
    with pytest.raises(ValidationError):
        schema_for("session_scheduled").load(MESSAGES["session_scheduled"]["data"] | {"starts_at": time})


@pytest.mark.parametrize("number", ["1", 1.5, True, {"$gt": ""}, None])
def test_a_number_must_be_a_number(number):
    with pytest.raises(ValidationError):
        schema_for("session_scheduled").load(MESSAGES["session_scheduled"]["data"] | {"number": number})


@pytest.mark.parametrize(
    "name", ["cake_served", "commonthread.sessions.cohort_formed", "cohort_formed.v2", ""]
)
def test_an_unknown_event_is_a_key_error_so_that_it_becomes_a_dead_letter(name):
    with pytest.raises(KeyError):
        schema_for(name)
