"""The sample network: synthetic, always the same, and fit to form cohorts from."""

import io
from collections import Counter

from deploy.local.sample import NETWORK, ROSTER, people, write_roster


def test_the_shipped_roster_is_the_one_this_code_makes():
    made = io.StringIO()
    write_roster(made)

    assert made.getvalue() == ROSTER.read_text(encoding="utf-8")


def test_it_says_that_it_is_synthetic():
    assert "synthetic" in NETWORK


def test_three_organizations_share_120_people():
    assert Counter(row.organization for row in people()).most_common() == [
        ("Alder & Wyke Engineering", 40),
        ("Meridian Health Partners", 40),
        ("Saffron Coast Logistics", 40),
    ]


def test_every_manager_stands_before_those_who_report_to_them():
    known = {""}
    for row in people():
        assert row.manager_id in known
        known.add(row.employee_id)


def test_addresses_are_of_a_domain_nobody_can_own():
    assert all(row.email.endswith(".example") for row in people())
    assert len({row.email for row in people()}) == 120
