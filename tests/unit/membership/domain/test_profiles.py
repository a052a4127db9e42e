"""What a person says of themselves, and who may see it."""

import pytest

from services.membership.domain.profiles import (
    FIELDS,
    ConsentTooWide,
    HalfAPlace,
    blank_profile,
    change_profile,
    place_of,
)
from tests.builders.people import somebody


def a_profile(**said):
    return change_profile(blank_profile(somebody("per_ada")), said)


def test_a_profile_begins_with_the_roster_and_is_shown_to_nobody():
    ada = somebody("per_ada", title="Nurse", languages=("lv", "en"), city="Riga", country="Latvia", years=7)

    blank = blank_profile(ada)

    assert (blank.position, blank.languages, blank.place.city, blank.years) == (
        "Nurse",
        ("lv", "en"),
        "Riga",
        7,
    )
    assert {blank.audience(name) for name in ("listed", *FIELDS)} == {"nobody"}


def test_what_is_not_named_stays():
    before = a_profile(offers=["Budgets"], consent={"offers": "network"})

    after = change_profile(before, {"position": "Chief nurse"})

    assert (after.offers, after.consent["offers"], after.position) == (("Budgets",), "network", "Chief nurse")


def test_no_field_is_shown_to_more_people_than_the_entry_itself():
    profile = a_profile(consent={"listed": "cohort", "offers": "network", "asks": "nobody"})

    assert [profile.audience(name) for name in ("offers", "asks")] == ["cohort", "nobody"]


@pytest.mark.parametrize("way", ["email", "phone"])
def test_ways_to_reach_somebody_are_for_their_own_cohorts_at_most(way):
    assert a_profile(consent={way: "cohort", "listed": "cohort"}).audience(way) == "cohort"
    with pytest.raises(ConsentTooWide) as refused:
        a_profile(consent={way: "network"})

    assert refused.value.errors[0]["pointer"] == f"/consent/{way}"


def test_a_point_is_kept_to_a_tenth_of_a_degree():
    place = place_of("Riga", "Latvia", 56.949649, 24.105186)

    assert (place.latitude, place.longitude) == (56.9, 24.1)


def test_half_a_point_is_refused_by_the_name_of_its_other_half():
    with pytest.raises(HalfAPlace) as refused:
        a_profile(place={"city": "Riga", "latitude": 56.9})

    assert refused.value.errors[0]["pointer"] == "/place/longitude"


def test_two_spellings_of_one_thread_are_one_thread():
    profile = a_profile(
        threads=[
            {"kind": "initiative", "name": "Safe wards"},
            {"kind": "initiative", "name": "The safe ward"},
            {"kind": "community", "name": "Safe wards"},
        ]
    )

    assert [(one.kind, one.name) for one in profile.threads] == [
        ("initiative", "Safe wards"),
        ("community", "Safe wards"),
    ]
    assert profile.threads[0].words == ("safe", "ward")
