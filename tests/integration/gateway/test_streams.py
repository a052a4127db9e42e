"""Server-sent events: membership, a broker and two gateways; a stream ends with the right to read it."""

import contextlib
import http.client
import json
import threading
from datetime import UTC, datetime, timedelta

import pytest

from tests.builders.houses import eventually

AT_MOST = 5  # seconds from the loss of a right until its stream is closed
WEEK = "Mo-Fr 09:00-17:00"


class Stream:
    """One client listening; `events` as (name, id, data) so far, `is_over` once the gateway ended it."""

    def __init__(self, gateway, path, token, **fields):
        self._connection = http.client.HTTPConnection("127.0.0.1", gateway.http_port, timeout=30)
        head = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}
        self._connection.request(
            "GET", path, headers=head | {n.replace("_", "-"): v for n, v in fields.items()}
        )
        self._answer = self._connection.getresponse()
        self.status, self.fields = self._answer.status, self._answer.headers
        self.events, self.is_over = [], False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        found = {}
        with contextlib.suppress(OSError, http.client.HTTPException, AttributeError, ValueError):
            for line in self._answer:
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name:
                    found[name] = value
                elif found:
                    self.events.append((found["event"], found.get("id"), json.loads(found["data"])))
                    found = {}
        self.is_over = True

    def close(self):
        self._connection.close()


@pytest.fixture
def listen(gateways):
    """Open a stream; all are closed after the test."""
    opened = []

    def open_stream(path, token, gateway=None, **fields):
        opened.append(Stream(gateway or gateways[0], path, token, **fields))
        return opened[-1]

    yield open_stream
    for one in opened:
        one.close()


@pytest.fixture
def staff(gateways, admin):
    """Requests of the admin as they hold their roles now."""

    def ask(method, path, body=None, token=None):
        status, _, answer = gateways[0].request(method, path, body, token=token or admin["access_token"])
        assert status < 300, answer
        return answer

    return ask


@pytest.fixture
def searched(staff):
    """A formation that is searched for ever: no worker runs beside these gateways."""
    for number in range(6):
        body = {
            "display_name": f"Person {number}",
            "email": f"p{number}@{number}.example",
            "weekly_hours": WEEK,
        }
        staff("POST", "/v1/people", body)
    starts_on = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    design = {"display_name": "Harbor", "outcome": "problem_solving", "starts_on": starts_on}
    program = staff("POST", "/v1/programs", design)["id"]
    enrolling = staff("POST", f"/v1/programs/{program}/enrollments", {"everyone": True})["id"]
    eventually(lambda: staff("GET", f"/v1/enrollings/{enrolling}")["standing"] == "done", 30)
    return staff("POST", f"/v1/programs/{program}/formations", {})


def path_of(formation):
    return f"/v1/formations/{formation['id']}/progress"


def test_a_stream_begins_with_the_state_and_tells_each_change_until_it_is_over(
    listen, staff, searched, admin
):
    stream = listen(path_of(searched), admin["access_token"])
    eventually(lambda: stream.events, AT_MOST)
    staff("POST", f"/v1/formations/{searched['id']}/cancel")
    eventually(lambda: len(stream.events) == 2, AT_MOST)

    assert stream.status == 200
    assert stream.fields["Content-Type"].startswith("text/event-stream")
    assert stream.fields["Cache-Control"] == "no-store"
    assert [name for name, *_ in stream.events] == ["progress", "progress"]
    assert [state["cancel_wanted"] for *_, state in stream.events] == [False, True]
    assert not stream.is_over


def test_who_returns_with_what_they_saw_last_is_told_only_what_is_new(listen, staff, searched, admin):
    first = listen(path_of(searched), admin["access_token"])
    eventually(lambda: first.events, AT_MOST)
    seen = first.events[0][1]
    first.close()

    same = listen(path_of(searched), admin["access_token"], last_event_id=seen)
    strange = listen(path_of(searched), admin["access_token"], last_event_id="of another time")
    eventually(lambda: strange.events, AT_MOST)

    assert same.events == []
    assert strange.events[0][1] == seen


def test_an_ended_sign_in_closes_its_stream_within_seconds_at_every_gateway(
    listen, gateways, searched, admin
):
    streams = [listen(path_of(searched), admin["access_token"], gateway) for gateway in gateways]
    eventually(lambda: all(one.events for one in streams), AT_MOST)

    gateways[1].request("DELETE", "/v1/sign-ins/current", token=admin["access_token"])

    eventually(lambda: all(one.is_over for one in streams), AT_MOST)


def test_a_lost_role_closes_the_stream_it_opened(listen, gateways, staff, searched, admin):
    person = staff("GET", "/v1/me")["person_id"]
    role = staff("POST", "/v1/roles", {"person_id": person, "role": "sponsor"})
    renewed = gateways[0].request("POST", "/v1/sign-ins/refresh", {"refresh_token": admin["refresh_token"]})[
        2
    ]["access_token"]
    stream = listen(path_of(searched), renewed)
    eventually(lambda: stream.events, AT_MOST)

    staff("DELETE", f"/v1/roles/{role['id']}", token=renewed)

    eventually(lambda: stream.is_over, AT_MOST)


def test_a_stranger_and_a_foreign_network_get_no_stream(listen, searched, admin, gateways):
    missing = listen("/v1/formations/frm_00000000000000000000000000/progress", admin["access_token"])
    unknown = listen(path_of(searched), "nobody's token")

    assert (missing.status, unknown.status) == (404, 401)


def test_one_caller_holds_a_few_streams_and_no_more(listen, searched, admin):
    streams = [listen(path_of(searched), admin["access_token"]) for _ in range(6)]
    eventually(lambda: all(one.events for one in streams), AT_MOST)
    refused = listen(path_of(searched), admin["access_token"])
    streams[0].close()

    assert refused.status == 429
    eventually(lambda: listen(path_of(searched), admin["access_token"]).status == 200, 30)
