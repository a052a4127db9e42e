"""One's own data: the archive whole or refused, and the pages around it."""

import io
import json
import zipfile

import pytest
from icalendar import Calendar

from gateway import own_data
from gateway.portal.pages import own_data as pages
from gateway.routes import data_rights
from gateway.routing import ROUTES
from gateway.signins import SignIn
from services.contracts.links import SignedLink, write_link
from services.kit.outcomes import RemoteRefusal, Unavailable
from tests.builders.gateway import SECRET, a_gateway, a_token

URLENCODED = "application/x-www-form-urlencoded"
SLOT = {
    "kind": "session_time",
    "session_id": "ses_1",
    "number": 1,
    "of": 4,
    "starts_at": "2027-10-31T01:30:00.000Z",
    "ends_at": "2027-10-31T03:00:00.000Z",
    "zone": "Europe/Berlin",
    "place": "Room 3",
    "sequence": 2,
    "standing": "scheduled",
}
ERASURE = {
    "id": "era_1",
    "person_id": "per_1",
    "standing": "waiting",
    "begins_at": "2027-01-08T09:00:00.000Z",
    "can_be_taken_back": True,
    "confirmed": [],
    "missing": [],
}
ME = {"display_name": "Ada Roe", "zone": "Europe/Berlin", "language": "en"}


def a_page(payload, last=3):
    """Page after page of one row each."""
    number = int(payload.get("after", "0"))
    row = SLOT | {"session_id": f"ses_{number}"}
    return {"data": [row], "next": str(number + 1) if number < last else None, "is_first": number == 0}


def gateway_of(**answers):
    mine = [each for each in ROUTES if each.handler.__module__ in (data_rights.__name__, pages.__name__)]
    return a_gateway(mine, {"export_mine": a_page, "show_me": ME, "show_erasure": ERASURE} | answers)


def take(gateway):
    return gateway.request("GET", "/v1/me/export", token=a_token())


def refusal(code, kind="forbidden"):
    return RemoteRefusal(kind, code, "no", [])


def test_all_pages_of_all_five_services_are_in_one_archive():
    gateway = gateway_of()

    answer = take(gateway)

    archive = zipfile.ZipFile(io.BytesIO(answer.body))
    assert answer.fields["content-type"] == "application/zip"
    assert "no-store" in answer.fields["cache-control"]
    for service in own_data.SERVICES:
        told = json.loads(archive.read(f"{service}.json"))
        assert [row["session_id"] for row in told["kinds"]["session_time"]] == [f"ses_{n}" for n in range(4)]
    assert {asked["service"] for asked in gateway.asked} == set(own_data.SERVICES)


def test_sessions_are_events_of_a_calendar_with_their_zone():
    archive = zipfile.ZipFile(io.BytesIO(take(gateway_of()).body))

    calendar = Calendar.from_ical(archive.read("sessions.ics"))

    assert len(calendar.walk("VEVENT")) == 4
    assert calendar.walk("VEVENT")[0]["SUMMARY"] == "Session 1 of 4"
    assert len(calendar.walk("VTIMEZONE")) == 1


def test_a_sign_in_without_own_factor_gets_nothing_at_all():
    answer = take(gateway_of(export_mine=refusal("own-factor-needed")))

    assert (answer.status, answer.json["code"]) == (403, "own-factor-needed")


def test_a_part_that_is_down_refuses_the_whole():
    answer = take(gateway_of(export_mine=Unavailable("away")))

    assert answer.status == 503
    assert "retry-after" in answer.fields


def test_what_is_too_much_for_one_archive_is_said_so(monkeypatch):
    monkeypatch.setattr(own_data, "MOST_ROWS", 3)

    answer = take(gateway_of())

    assert (answer.status, answer.json["code"]) == (413, "export-too-large")


def test_what_takes_too_long_is_refused_within_its_time(monkeypatch):
    monkeypatch.setattr(own_data, "SECONDS", 0)

    assert take(gateway_of()).status == 503


def signed_in(gateway):
    signin = SignIn(a_token(), "r1", "a-mark")
    cookie = gateway.signins.write(signin).split(";")[0]
    return cookie, f"csrf={gateway.signins.form_token('a-mark')}&key={'k' * 24}"


def send(gateway, path, form=""):
    cookie, own = signed_in(gateway)
    body = "&".join(part for part in (own, form) if part).encode()
    return gateway.request("POST", path, body, cookie=cookie, content_type=URLENCODED)


def look(gateway, path):
    return gateway.request("GET", path, cookie=signed_in(gateway)[0])


def test_the_page_offers_to_stay_while_one_can():
    assert "I want to stay" in look(gateway_of(), "/me/data").body.decode()


@pytest.mark.parametrize("known", [refusal("no-erasure", "not-found"), ERASURE | {"standing": "cancelled"}])
def test_the_page_offers_to_be_forgotten_to_whoever_stays(known):
    assert "Forget me" in look(gateway_of(show_erasure=known), "/me/data").body.decode()


def test_nobody_is_forgotten_by_a_form_sent_without_being_sure():
    gateway = gateway_of(show_erasure=refusal("no-erasure", "not-found"))

    answer = send(gateway, "/me/data/forgetting")

    assert answer.status == 422
    assert "ask_erasure" not in [asked["name"] for asked in gateway.asked]


def test_who_is_sure_is_taken_to_the_page_that_says_so():
    answer = send(gateway_of(), "/me/data/forgetting", "sure=yes")

    assert (answer.status, answer.fields["location"]) == (303, "/me/data?said=forgetting")


def test_who_has_not_proven_it_is_sent_to_prove_it():
    answer = send(gateway_of(ask_erasure=refusal("own-factor-needed")), "/me/data/forgetting", "sure=yes")

    assert answer.status == 303
    assert "/me/step-up" in answer.fields["location"]


def test_the_link_of_the_letter_shows_how_far_it_is_to_who_signs_in_no_more():
    gateway = gateway_of(show_erasure=ERASURE | {"standing": "erasing", "can_be_taken_back": False})
    token = write_link(SECRET, SignedLink("erasure", "era_1", "net_1", "per_1"), 60)

    answer = gateway.request("GET", f"/forgetting/{token}")

    assert answer.status == 200
    assert "0 of 5 parts" in answer.body.decode()
