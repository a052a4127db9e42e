"""What partners may hear is a list; whatever is not on it is invisible to them (SECURITY 1.39)."""

import json
from pathlib import Path

import pytest

from services.contracts.schemas import fact_types, load
from services.notifications.domain.partner_events import LISTED, shown_to_partner, types_for

MESSAGES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(Path("services/contracts/examples").glob("*.json"))
}
SCOPES = frozenset({"people:read", "cohorts:read", "webhooks:manage"})


def test_the_list_is_the_one_that_was_reviewed():
    assert {name: listing.scope for name, listing in LISTED.items()} == {
        "cohort_formed": "cohorts:read",
        "program_designed": "cohorts:read",
        "program_changed": "cohorts:read",
        "person_added": "people:read",
        "person_changed": "people:read",
    }


def test_every_listed_type_is_announced_and_shows_fields_it_has():
    for name, listing in LISTED.items():
        assert set(listing.shows) <= set(fact_types()[name].__dataclass_fields__)


@pytest.mark.parametrize("name", sorted(set(MESSAGES) - set(LISTED)))
def test_an_event_that_is_not_listed_is_never_shown(name):
    fact = load(name, MESSAGES[name]["data"])

    assert shown_to_partner(name, fact, "org_06f3k2x8t5w7y9a1b2c3d4e5a1") is None
    assert name not in types_for(SCOPES)


@pytest.mark.parametrize("name", sorted(LISTED))
def test_no_name_address_roster_or_answer_of_a_person_is_shown(name):
    fact = load(name, MESSAGES[name]["data"])

    shown = json.dumps(shown_to_partner(name, fact, "org_06f3k2x8t5w7y9a1b2c3d4e5a1"))

    for private in ("Okafor", "Lindqvist", "roster", "signed_by", "facilitators", "weekly_hours", "email"):
        assert private not in shown


def test_a_person_is_shown_to_their_own_organization_alone():
    fact = load("person_added", MESSAGES["person_added"]["data"])

    assert shown_to_partner("person_added", fact, fact.organization_id) is not None
    assert shown_to_partner("person_added", fact, "org_other") is None
    assert shown_to_partner("person_added", fact, None) is None


def test_a_restatement_tells_partners_nothing():
    fact = load("cohort_restated", MESSAGES["cohort_formed"]["data"])

    assert shown_to_partner("cohort_restated", fact, None) is None
