from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.events.feedback import ReportPublished
from services.feedback.domain.periods import read_period
from services.feedback.domain.rank import unmasked
from services.feedback.domain.refusals import NothingToReport, PeriodNotOver, PeriodOverlaps, WouldUnmask
from services.feedback.domain.reports import (
    FEWEST,
    Figure,
    Release,
    check_period,
    publish_report,
    reported,
)
from tests.builders.feedback import a_leaf, a_ledger

TODAY = date(2027, 2, 1)
JANUARY = read_period("2027-01")
MIXED = (5, 4, 2, 3, 5, 1)


def publish(ledger, *leaves, period=JANUARY, name="rep_1", questionnaires=("qst_1",)):
    after, _ = publish_report(ledger, name, period, questionnaires, leaves, TODAY)
    return after


def figures(ledger, audience, subject="p_1"):
    return {each.group: each for each in ledger.reports[-1].figures[audience] if each.subject == subject}


def test_a_report_is_told_and_freezes_its_questionnaires():
    after, facts = publish_report(a_ledger(), "rep_1", JANUARY, ("qst_1",), [a_leaf("coh_a", *MIXED)], TODAY)

    assert [type(fact) for fact in facts] == [ReportPublished]
    assert (facts[0].period_from, facts[0].period_to) == ("2027-01-01", "2027-01-31")
    assert reported(after) == {"qst_1"}


def test_staff_and_sponsor_see_means_and_bands():
    after = publish(a_ledger(), a_leaf("coh_a", *MIXED))

    assert figures(after, "sponsor")["prg_1"] == Figure("prg_1", "p_1", mean=3.3, people="5-9")
    attendance = Figure("prg_1", "attendance", low=75, high=100, people="5-9")
    assert figures(after, "sponsor", "attendance")["prg_1"] == attendance


def test_a_cohort_of_four_is_shown_to_staff_and_withheld_from_the_sponsor():
    after = publish(a_ledger(), a_leaf("coh_a", *MIXED), a_leaf("coh_b", 1, 5, 3, 2))

    assert figures(after, "staff")["coh_b"].mean == 2.8
    assert figures(after, "sponsor")["coh_b"].withheld == "too-few"
    assert figures(after, "sponsor")["coh_a"].withheld == "protected"


def test_a_unanimous_cohort_shows_no_figure():
    after = publish(a_ledger(), a_leaf("coh_a", 5, 5, 4, 5, 5))

    assert figures(after, "staff")["prg_1"] == Figure("prg_1", "p_1", withheld="protected")


def test_no_report_names_a_person():
    after = publish(a_ledger(), a_leaf("coh_a", *MIXED))

    assert "per_" not in repr(after.reports[-1].figures)


def test_without_questionnaires_there_is_nothing_to_report():
    with pytest.raises(NothingToReport):
        publish_report(a_ledger(), "rep_1", JANUARY, (), [], TODAY)


def test_what_would_unmask_with_an_earlier_release_is_refused():
    leaf = a_leaf("coh_a", *MIXED)
    parts = tuple((part, person) for part, person, _ in leaf.answers["p_1"])
    before = a_ledger(released=(Release("staff", "p_1", parts[:-1]),))

    with pytest.raises(WouldUnmask):
        publish(before, leaf)


def test_a_period_is_published_when_it_is_over():
    with pytest.raises(PeriodNotOver):
        check_period(a_ledger(), JANUARY, date(2027, 1, 30))


def test_a_period_is_published_once():
    ledger = publish(a_ledger(), a_leaf("coh_a", *MIXED))

    assert check_period(ledger, JANUARY, TODAY) == ledger.reports[0]


def test_a_period_that_shares_a_day_with_a_published_one_is_refused():
    ledger = publish(a_ledger(), a_leaf("coh_a", *MIXED))

    with pytest.raises(PeriodOverlaps):
        check_period(ledger, read_period("2027-01-31/2027-02-01"), TODAY)


PEOPLE = [f"per_{number}" for number in range(12)]


@st.composite
def leaves(draw, number):
    """Up to four cohorts whose members overlap, each answering once in the period."""
    found = []
    for cohort in range(draw(st.integers(1, 4))):
        members = tuple(draw(st.lists(st.sampled_from(PEOPLE), unique=True, max_size=7)))
        values = [draw(st.integers(1, 5)) for _ in members]
        leaf = a_leaf(f"coh_{cohort}", *values, people_of=members)
        renamed = {
            key: tuple((f"{number}/{cohort}/{part}", person, value) for part, person, value in cases)
            for key, cases in leaf.answers.items()
        }
        seen = tuple((f"{number}/{part}", person, value) for part, person, value in leaf.attended)
        found.append(replace(leaf, answers=renamed, attended=seen))
    return found


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_over_any_sequence_of_reports_nothing_released_tells_of_fewer_people_than_it_may(data):
    ledger = a_ledger()
    for number in range(1, data.draw(st.integers(1, 3)) + 1):
        batch = data.draw(leaves(number))
        period = read_period(f"2026-{number:02}")
        ledger = publish(
            ledger, *batch, period=period, name=f"rep_{number}", questionnaires=(f"qst_{number}",)
        )

    person_of = {part: person for release in ledger.released for part, person in release.parts}
    for subject in {release.subject for release in ledger.released}:
        for audience, k in FEWEST.items():
            seen = [
                frozenset(part for part, _ in release.parts)
                for release in ledger.released
                if release.subject == subject and audience in ("staff", release.audience)
            ]
            assert unmasked(seen, person_of, k) is None
