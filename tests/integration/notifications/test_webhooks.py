"""A partner system adds an endpoint and is told, signed, of what its scopes open; nothing else, ever."""

import json
from datetime import timedelta

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from services.contracts.caller import Caller
from services.contracts.events.cohorts import AgreementSigned
from services.contracts.events.membership import PersonAdded
from services.kit.clock import WallClock
from services.kit.outcomes import RemoteRefusal
from services.notifications.domain.webhooks import RETRIES
from tests.builders.hearing import hear, run_due
from tests.builders.notifications import NETWORK, a_slot_fact
from tests.builders.scheduling import a_cohort_formed

PARTNER = Caller(
    "client",
    NETWORK,
    client_id="cli_1",
    organization_id="org_1",
    scopes=frozenset({"webhooks:manage", "cohorts:read", "people:read"}),
)
OTHER_PARTNER = Caller("client", NETWORK, client_id="cli_2", scopes=frozenset({"webhooks:manage"}))
ADMIN = Caller("person", NETWORK, person_id="per_nat", roles=frozenset({"network_admin"}))
MEMBER = Caller("person", NETWORK, person_id="per_ada")


def add(house, partner=None, caller=PARTNER, types=("cohort_formed",), key="k1"):
    """Add an endpoint, and have it deliver to the partner on this machine, where plain http is allowed."""
    added = house.ask("add_endpoint", caller, key=key, url="https://partner.example/hook", types=list(types))
    if partner is not None:
        url = f"http://127.0.0.1:{partner.address.port}/hook"
        house.service.endpoints.documents.update_one({"_id": added["endpoint_id"]}, {"$set": {"url": url}})
    return added


def deliver(house, most=50):
    return run_due(house, "deliveries", "on_delivery_due", most)


def test_a_formed_cohort_is_told_without_anybody_in_it(house, partner):
    add(house, partner)
    hear(house, "on_membership_announced", a_cohort_formed())

    deliver(house)

    ((_, body),) = partner.requests
    told = json.loads(body)
    assert (told["type"], told["data"]["cohort_id"]) == ("cohort_formed", "coh_1")
    assert "per_" not in body.decode()
    assert "Harbor" not in body.decode()


def test_the_librarys_verifier_takes_the_delivery_and_refuses_an_altered_one(house, partner, clock):
    clock.now = WallClock().now  # the verifier looks at the wall's clock and refuses what is old
    added = add(house, partner)
    hear(house, "on_membership_announced", a_cohort_formed())
    deliver(house)
    ((headers, body),) = partner.requests
    headers = {name.lower(): value for name, value in headers.items()}

    assert Webhook(added["secret"]).verify(body, headers)["type"] == "cohort_formed"
    with pytest.raises(WebhookVerificationError):
        Webhook(added["secret"]).verify(body.replace(b"coh_1", b"coh_2"), headers)


def test_hearing_twice_delivers_once(house, partner):
    add(house, partner)
    for _ in range(2):
        hear(house, "on_membership_announced", a_cohort_formed())

    deliver(house)

    assert len(partner.requests) == 1


def test_what_is_not_listed_is_told_to_nobody(house, partner):
    add(house, partner)
    hear(house, "on_membership_announced", a_cohort_formed(cls=AgreementSigned))
    hear(house, "on_scheduling_announced", a_slot_fact())

    assert deliver(house) == []


def test_a_partner_hears_of_its_own_people_only(house, partner):
    add(house, partner, types=("person_added",))
    for name, organization in (("ada", "org_1"), ("bo", "org_2")):
        person = PersonAdded(NETWORK, f"per_{name}", name, organization, "UTC", "en", (), "active")
        hear(house, "on_membership_announced", person)

    deliver(house)

    assert [json.loads(body)["data"]["person_id"] for _, body in partner.requests] == ["per_ada"]


def test_a_failing_endpoint_is_tried_by_the_schedule_and_then_disabled(house, partner, clock):
    added = add(house, partner)
    partner.answers = [500] * (len(RETRIES) + 1)
    hear(house, "on_membership_announced", a_cohort_formed())
    for wait in (timedelta(), *RETRIES):
        clock.moment += wait
        deliver(house, most=1)

    (delivery,) = house.ask("list_webhook_deliveries", PARTNER, endpoint_id=added["endpoint_id"])["data"]
    (endpoint,) = house.ask("list_endpoints", PARTNER)["data"]
    assert (delivery["state"], len(delivery["attempts"])) == ("failed", len(RETRIES) + 1)
    assert len({dict(headers)["webhook-id"] for headers, _ in partner.requests}) == 1
    assert (endpoint["standing"], endpoint["reason"]) == ("disabled", "kept-failing")
    document = house.service.endpoints.documents.find_one({"_id": added["endpoint_id"]})
    announced = [entry["routing_key"] for entry in document["outbox"]]
    assert announced == ["audit_noted", "webhook_disabled"]  # the note is of its having been added


def test_a_disabled_endpoint_gets_nothing_more(house, partner):
    added = add(house, partner)
    hear(house, "on_membership_announced", a_cohort_formed())
    house.ask("remove_endpoint", PARTNER, key="k2", endpoint_id=added["endpoint_id"])

    deliver(house)
    hear(house, "on_membership_announced", a_cohort_formed(cohort_id="coh_2"))
    deliver(house)

    assert partner.requests == []


def test_a_private_address_is_never_dialled(house, clock):
    added = add(house)
    for url in ("https://127.0.0.1:1/", "https://169.254.169.254/latest", "https://[::1]/"):
        house.service.endpoints.documents.update_one({"_id": added["endpoint_id"]}, {"$set": {"url": url}})
        house.ask("test_endpoint", PARTNER, key=url, endpoint_id=added["endpoint_id"])
        clock.moment += timedelta(seconds=1)
        deliver(house, most=1)

    deliveries = house.ask("list_webhook_deliveries", PARTNER, endpoint_id=added["endpoint_id"])["data"]
    assert {each["attempts"][0]["reason"] for each in deliveries} == {"refused-address"}


def test_the_secret_is_shown_once_and_lies_sealed(house):
    first = add(house)

    again = add(house)

    assert first["secret"].startswith("whsec_")
    assert "secret" not in again
    assert again["endpoint_id"] == first["endpoint_id"]
    assert first["secret"] not in repr(house.service.endpoints.documents.find_one({}))
    assert "secret" not in house.ask("list_endpoints", PARTNER)["data"][0]


@pytest.mark.parametrize(
    ("caller", "payload", "code"),
    [
        (MEMBER, {"url": "https://p.example", "types": ["cohort_formed"]}, "not-your-endpoints"),
        (Caller(), {"url": "https://p.example", "types": ["cohort_formed"]}, "not-your-endpoints"),
        (OTHER_PARTNER, {"url": "https://p.example", "types": ["cohort_formed"]}, "event-type-not-listed"),
        (PARTNER, {"url": "http://p.example", "types": ["cohort_formed"]}, "endpoint-address-refused"),
        (PARTNER, {"url": "https://p.example/\r\nHost: x", "types": ["cohort_formed"]}, "invalid"),
        (PARTNER, {"url": {"$gt": ""}, "types": ["cohort_formed"]}, "invalid"),
        (PARTNER, {"url": "https://p.example", "types": ["rsvp_recorded"]}, "invalid"),
        (PARTNER, {"url": "https://p.example", "types": []}, "invalid"),
        (PARTNER, {"url": "https://p.example", "types": ["cohort_formed"], "secret": "x"}, "invalid"),
    ],
)
def test_an_endpoint_that_may_not_be_is_refused(house, caller, payload, code):
    with pytest.raises(RemoteRefusal) as refused:
        house.ask("add_endpoint", caller, key="k1", **payload)

    assert refused.value.code == code


@pytest.mark.parametrize("name", ["remove_endpoint", "test_endpoint", "list_webhook_deliveries"])
def test_another_partners_endpoint_does_not_exist(house, name):
    added = add(house)

    with pytest.raises(RemoteRefusal) as refused:
        house.ask(name, OTHER_PARTNER, key="k2", endpoint_id=added["endpoint_id"])

    assert refused.value.code == "not-found"


def test_an_admin_sees_all_endpoints_of_the_network_and_a_partner_its_own(house):
    add(house)
    add(house, caller=ADMIN, key="k2")

    assert len(house.ask("list_endpoints", ADMIN)["data"]) == 2
    assert len(house.ask("list_endpoints", PARTNER)["data"]) == 1
    assert house.ask("list_endpoints", OTHER_PARTNER)["data"] == []


def test_a_test_delivery_says_nothing_and_arrives(house, partner):
    added = add(house, partner)

    queued = house.ask("test_endpoint", PARTNER, key="k2", endpoint_id=added["endpoint_id"])
    deliver(house)

    assert queued["state"] == "queued"
    assert json.loads(partner.requests[0][1])["type"] == "endpoint_tested"
