from dataclasses import replace
from datetime import timedelta

import pytest

from services.contracts.events.notifications import WebhookDisabled
from services.notifications.domain.refusals import EndpointAddressRefused, TypeNotListed
from services.notifications.domain.webhooks import (
    RETRIES,
    Endpoint,
    begin_attempt,
    check_endpoint,
    disable,
    end_attempt,
    is_worn_out,
    queue_delivery,
)
from tests.builders.notifications import NETWORK, NOW

FORMED = frozenset({"cohort_formed"})


def an_endpoint(**fields):
    given = {
        "id": "whk_1",
        "network": NETWORK,
        "url": "https://partner.example/hook",
        "types": ("cohort_formed",),
        "organization_id": "org_1",
        "client_id": "cli_1",
        "secret": "whsec_x",
        "added_at": NOW,
    }
    return Endpoint(**given | fields)


def a_try(delivery, status, at=NOW):
    return end_attempt(begin_attempt(delivery, at), status, "" if status else "unreachable", at)


def a_delivery():
    return queue_delivery(an_endpoint(), "evt_1", "cohort_formed", "{}", NOW)


def test_any_2xx_is_taken_and_nothing_else():
    assert [a_try(a_delivery(), status).state for status in (200, 204, 299)] == ["delivered"] * 3
    assert [a_try(a_delivery(), status).state for status in (0, 302, 400, 500)] == ["queued"] * 4


def test_the_tries_follow_the_schedule_of_standard_webhooks():
    delivery, waits, at = a_delivery(), [], NOW
    while delivery.state == "queued":
        delivery = a_try(delivery, 500, at)
        if delivery.due:
            waits.append(delivery.due[0].at - at)
            at = delivery.due[0].at

    assert tuple(waits) == RETRIES
    assert (delivery.state, len(delivery.attempts)) == ("failed", len(RETRIES) + 1)


def test_gone_is_gone_at_once():
    failed = a_try(a_delivery(), 410)

    assert failed.state == "failed"
    assert is_worn_out(an_endpoint(taken_at=NOW + timedelta(hours=1)), failed)


def test_an_endpoint_that_took_something_meanwhile_is_kept():
    failed = replace(a_try(a_delivery(), 500), state="failed")

    assert not is_worn_out(an_endpoint(taken_at=NOW + timedelta(hours=1)), failed)
    assert is_worn_out(an_endpoint(taken_at=NOW - timedelta(days=9)), failed)
    assert is_worn_out(an_endpoint(), failed)


def test_disabling_is_announced_once():
    disabled, facts = disable(an_endpoint(), "kept-failing")

    assert [type(fact) for fact in facts] == [WebhookDisabled]
    assert disable(disabled, "kept-failing") == (disabled, [])


@pytest.mark.parametrize("url", ["http://partner.example", "ftp://x", "//x", "HTTPS://X", "javascript:x", ""])
def test_only_https_is_taken(url):
    with pytest.raises(EndpointAddressRefused):
        check_endpoint(url, ("cohort_formed",), FORMED)


@pytest.mark.parametrize("name", ["person_added", "feedback_given", "rsvp_recorded", "agreement_signed", "#"])
def test_a_type_the_scopes_do_not_open_is_refused_by_name(name):
    with pytest.raises(TypeNotListed) as refusal:
        check_endpoint("https://partner.example", ("cohort_formed", name), FORMED)

    assert refusal.value.errors[0]["pointer"] == "/types/1"
