import json
import logging

import pytest
import structlog

from services.kit.context import Work, working
from services.kit.logs import configure_logging, get_logger

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.fixture
def lines(capsys):
    before = logging.root.handlers[:], logging.root.level
    configure_logging("sessions")
    yield lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    structlog.reset_defaults()
    logging.root.handlers, logging.root.level = before


def test_only_known_fields_are_written_and_the_others_counted(lines):
    get_logger().info("rsvp_recorded", session_id="ses_1", email="ada@example.org", display_name="Ada")

    (line,) = lines()
    assert (line["event"], line["session_id"], line["dropped_fields"]) == ("rsvp_recorded", "ses_1", 2)
    assert "ada" not in json.dumps(line).lower()


def test_line_breaks_and_control_characters_stay_within_their_line(lines):
    get_logger().info("odd", reason='x\r\n{"event":"forged"}\x1b[31m\u2028')

    (line,) = lines()
    assert line["reason"] == 'x\\r\\n{"event":"forged"}\\x1b[31m\\u2028'


def test_of_an_exception_its_class_and_place_are_kept_not_its_text(lines):
    try:
        raise RuntimeError("canary-11")
    except RuntimeError as error:
        get_logger().error("failed", exc_info=error)

    (line,) = lines()
    assert line["exception"] == "RuntimeError"
    assert line["where"][-1].endswith("test_of_an_exception_its_class_and_place_are_kept_not_its_text")
    assert "canary-11" not in json.dumps(line)


def test_a_line_bears_the_request_and_trace_of_its_work(lines):
    with working(Work(kind="ask", request_id="req_1", traceparent=TRACE)):
        get_logger().info("done")

    (line,) = lines()
    assert (line["request_id"], line["trace_id"]) == ("req_1", "4bf92f3577b34da6a3ce929d0e0e4736")


def test_libraries_words_are_kept_and_their_values_are_not(lines):
    logging.getLogger("some.library").warning("cannot reach %s", "ada@example.org")

    (line,) = lines()
    assert (line["event"], line["logger"], line["reason"]) == (
        "library_message",
        "some.library",
        "cannot reach %s",
    )
