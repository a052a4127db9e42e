"""Scheduling and notifications as processes of their own: broker, database and mail server are real.

A cohort is announced as membership would; what comes out is read in the mailboxes of its people.
"""

import json
import time
import urllib.request
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
import vobject
from icalendar import Calendar

from deploy.local.local_stack import LocalStack
from deploy.local.secret_files import read_secret
from services.kit.envelope import announce, encode
from services.kit.wire import Broker, Wire
from tests.builders.notifications import a_contact_fact, a_network_fact
from tests.builders.scheduling import a_cohort_formed, a_person_fact

PEOPLE = ("ada", "bo", "cy", "fay")
SESSIONS = 4
PATIENCE = 90.0


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """The two services and a mail catcher."""
    services = ("scheduling", "notifications", "mail")
    town = LocalStack(tmp_path_factory.mktemp("town"), services=services)
    for name in ("mail", "gateway"):
        town.ports.of(name)  # any free one: another stack on this machine may want the usual ones, too
    with town:
        yield town


def say(town, *facts):
    """Announce as membership does, under its own name."""
    host, _, port = town.broker.address.rpartition(":")
    password = read_secret(town.places.secrets, "membership", "broker_password")
    wire = Wire(Broker(host, int(port), town.broker.vhost, "membership", password), "test")
    wire.connect()
    try:
        channel = wire.channel()
        for fact in facts:
            told = announce(fact, 1, datetime.now(UTC))
            wire.publish(channel, "membership.events", told.routing_key, encode(told.body), delivery_mode=2)
    finally:
        wire.close()


def mails(town):
    listed = json.loads(read(town, "/messages"))
    numbers = [each["number"] for each in listed]
    return [message_from_bytes(read(town, f"/messages/{number}/raw"), policy=default) for number in numbers]


def read(town, path):
    with urllib.request.urlopen(f"{town.mail_url}{path}", timeout=5) as answer:
        return answer.read()


def await_mails(town, count):
    deadline = time.monotonic() + PATIENCE
    while len({mail["Message-ID"] for mail in mails(town)}) < count:
        if time.monotonic() > deadline:
            pytest.fail(
                f"{len(mails(town))} mails of {count}\n{town.log('notifications')}\n{town.log('scheduling')}"
            )
        time.sleep(0.2)
    return mails(town)


def test_an_announced_cohort_is_planned_and_everybody_invited_though_both_are_killed(town):
    starts_on = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
    cohort = a_cohort_formed(members=PEOPLE[:3], facilitators=PEOPLE[3:], starts_on=starts_on)
    say(
        town,
        a_network_fact(),
        *(a_contact_fact(name) for name in PEOPLE),
        *map(a_person_fact, PEOPLE),
        cohort,
    )

    await_mails(town, 1)
    for name in ("notifications", "scheduling"):
        town.kill(name)
        town.start_part(name)
    say(town, cohort)
    arrived = await_mails(town, len(PEOPLE) * SESSIONS)

    per_person = Counter(
        mail["To"].addresses[0].username for mail in {mail["Message-ID"]: mail for mail in arrived}.values()
    )
    assert per_person == dict.fromkeys(PEOPLE, SESSIONS)
    for mail in arrived:
        (shown,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        (event,) = Calendar.from_ical(shown.get_content()).walk("VEVENT")
        other = vobject.readOne(shown.get_content()).vevent
        assert event["DTSTART"].dt.astimezone(UTC) == other.dtstart.value.astimezone(UTC)
        assert event["ATTENDEE"] == other.attendee.value == f"mailto:{mail['To'].addresses[0].addr_spec}"
