import time

import eventlet
import pytest

from services.contracts.catalogue import COHORT
from services.kit import hear
from services.kit.context import work
from services.kit.hear import Heeding, Spoken, Verdict, carry_out, understand
from services.kit.outcomes import AlreadyHeard, Overtaken, StoreAway
from services.kit.wire import Delivery
from tests.builders.events import an_envelope, as_bytes

HEEDING = Heeding("evt-membership-cohort_formed--sessions.on_cohort", "membership", COHORT, "sessions")


def a_delivery(body, user="membership", unreadable=None, **headers):
    properties = {"user_id": user, "application_headers": headers}
    return Delivery(None, 1, False, "", "cohort_formed", properties, body, unreadable)


def spoken(**attributes):
    found = understand(a_delivery(as_bytes(an_envelope(**attributes))), HEEDING)
    assert isinstance(found, Spoken)
    return found


def test_an_event_of_its_source_is_understood():
    found = spoken(id="evt_1", sequence=3)

    assert (found.heard.event_id, found.heard.version, found.heard.type) == ("evt_1", 3, "cohort_formed")
    assert found.fact.display_name == "Harbor"


@pytest.mark.parametrize("user", ["membership", "sessions", "operator"])
def test_the_source_we_ourselves_and_the_operator_are_believed(user):
    assert isinstance(understand(a_delivery(as_bytes(an_envelope()), user), HEEDING), Spoken)


@pytest.mark.parametrize("user", ["notifications", "gateway", "", None])
def test_nobody_else_is_believed(user):
    assert understand(a_delivery(as_bytes(an_envelope()), user), HEEDING) == Verdict("bad", "forged")


def test_a_restatement_of_what_is_listened_to_is_known():
    restated = an_envelope() | {"type": "commonthread.membership.cohort_restated"}

    assert isinstance(understand(a_delivery(as_bytes(restated)), HEEDING), Spoken)


def test_another_type_of_the_same_source_is_not():
    person = as_bytes(an_envelope("person_added"))

    assert understand(a_delivery(person), HEEDING) == Verdict("bad", "unknown-type")


def test_who_listens_to_everything_knows_every_type():
    feed = Heeding(
        "evt-membership-any--notifications.on_membership_announced", "membership", ("#",), "notifications"
    )

    assert isinstance(understand(a_delivery(as_bytes(an_envelope("person_added"))), feed), Spoken)


def test_a_message_whose_properties_cannot_be_read_is_bad():
    found = understand(a_delivery(b"{}", user=None, unreadable="UnicodeDecodeError"), HEEDING)

    assert found == Verdict("bad", "undecodable", "UnicodeDecodeError")


def test_the_present_work_is_the_event_heard():
    seen = []
    carry_out(lambda fact, heard: seen.append(work()), spoken(id="evt_1"))

    assert (seen[0].kind, seen[0].event.event_id) == ("heard", "evt_1")


class _Interrupt(BaseException):
    pass


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        (AlreadyHeard(), "done"),
        (StoreAway("elsewhere"), "away"),
        (RuntimeError("canary"), "failed"),
        (eventlet.Timeout(None), "failed"),
        (_Interrupt(), "failed"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_whatever_a_use_case_raises_there_is_a_verdict(raised, kind):
    def use_case(fact, heard):
        raise raised

    verdict = carry_out(use_case, spoken())
    assert verdict.kind == kind
    assert "canary" not in str(verdict)


def test_an_overtaken_save_is_decided_again_at_once(monkeypatch):
    monkeypatch.setattr(hear.eventlet, "sleep", lambda _: None)
    tried = []

    def use_case(fact, heard):
        tried.append(1)
        if len(tried) < 3:
            raise Overtaken

    assert carry_out(use_case, spoken()) == Verdict("done")
    assert len(tried) == 3


def test_a_use_case_that_never_ends_has_failed(monkeypatch):
    monkeypatch.setattr(hear, "HANDLER_SECONDS", 0.01)
    begun = time.monotonic()

    verdict = carry_out(lambda fact, heard: eventlet.sleep(30), spoken())

    assert verdict.kind == "failed"
    assert time.monotonic() - begun < 30
