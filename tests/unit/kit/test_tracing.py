import pytest

from services.kit.tracing import new_traceparent, next_traceparent, read_traceparent, trace_id

GIVEN = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def test_what_is_caused_stays_in_its_trace_under_a_new_span():
    caused = next_traceparent(GIVEN)

    assert trace_id(caused) == trace_id(GIVEN)
    assert caused != GIVEN
    assert read_traceparent(caused) == caused


def test_without_a_cause_a_trace_begins():
    assert read_traceparent(next_traceparent(None))
    assert trace_id(new_traceparent()) != trace_id(new_traceparent())


@pytest.mark.parametrize(
    "stranger",
    [None, 7, "", GIVEN.upper(), GIVEN + "\n", "00-" + "0" * 32 + "-00f067aa0ba902b7-01", "ff" + GIVEN[2:]],
)
def test_what_is_no_traceparent_is_not_taken_over(stranger):
    assert read_traceparent(stranger) is None
