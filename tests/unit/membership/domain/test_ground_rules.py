"""A cohort's own rules: another wording is signed anew, typing errors are not, old wordings are kept."""

from datetime import UTC, datetime

import pytest

from services.contracts.events.cohorts import AgreementChanged
from services.membership.domain.agreements import text_of
from services.membership.domain.cohorts import NotOfTheCohort, exchange, form_cohort, sign_agreement
from services.membership.domain.ground_rules import (
    MOST_WORDINGS,
    NotATypingError,
    NotYoursToWord,
    TooManyWordings,
    new_since,
    word_rules,
)
from tests.builders.people import a_program, somebody

NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)
PHONES, START = "Phones stay in the bag.", "We begin on the minute."


def a_cohort(*guides):
    members = [somebody("per_ada"), somebody("per_bo")]
    return form_cohort("frm_1", 0, a_program(), members, [somebody(f"per_{one}") for one in guides])[0]


def worded(cohort, *rules, by="per_guide", mends=False):
    return word_rules(cohort, by, rules, NOON, only_typing_errors=mends)


def signed_by_all(cohort):
    for person_id in ("per_ada", "per_bo", "per_guide"):
        cohort, _ = sign_agreement(cohort, person_id, cohort.agreement_version, NOON)
    return cohort


def test_another_wording_is_another_version_that_nobody_has_signed():
    cohort = signed_by_all(a_cohort("guide"))

    after, facts = worded(cohort, PHONES)

    assert (after.own_rules, after.agreement_version, after.signed_by) == ((PHONES,), "keys-1.0+1", ())
    assert [type(fact) for fact in facts] == [AgreementChanged]
    assert text_of(after.agreement_version).title == "Keys to Peer Learning Success"
    assert [one.version for one in after.signatures] == ["keys-1.0"] * 3


def test_the_rules_as_they_are_change_nothing():
    cohort, _ = worded(a_cohort("guide"), PHONES)

    assert worded(cohort, f" {PHONES} ") == (cohort, ())


def test_mending_a_typing_error_keeps_every_signature():
    cohort, _ = worded(a_cohort("guide"), "Phones stay in teh bag.")
    cohort = signed_by_all(cohort)

    after, facts = worded(cohort, PHONES, mends=True)

    assert (after.own_rules, after.signed_by, facts) == ((PHONES,), cohort.signed_by, ())
    assert after.agreement_version == cohort.agreement_version


@pytest.mark.parametrize(
    ("rules", "pointer"),
    [((START,), "/rules/0"), ((PHONES, START), "/rules"), ((), "/rules")],
    ids=["another", "one-more", "none"],
)
def test_what_says_something_else_is_no_typing_error(rules, pointer):
    cohort, _ = worded(a_cohort("guide"), PHONES)

    with pytest.raises(NotATypingError) as refused:
        worded(cohort, *rules, mends=True)

    assert [error["pointer"] for error in refused.value.errors] == [pointer]


def test_old_wordings_are_kept_and_each_reader_is_shown_what_is_new_to_them():
    cohort, _ = worded(a_cohort("guide"), PHONES)
    cohort, _ = sign_agreement(cohort, "per_ada", cohort.agreement_version, NOON)

    cohort, _ = worded(cohort, PHONES, START)

    assert [one.rules for one in cohort.wordings] == [(PHONES,), (PHONES, START)]
    assert new_since(cohort, "per_ada") == (START,)
    assert new_since(cohort, "per_bo") == (PHONES, START)


def test_who_leads_words_the_rules_and_members_do_where_nobody_leads():
    with pytest.raises(NotYoursToWord):
        worded(a_cohort("guide"), PHONES, by="per_ada")
    with pytest.raises(NotOfTheCohort):
        worded(a_cohort("guide"), PHONES, by="per_staff")

    assert worded(a_cohort(), PHONES, by="per_ada")[0].own_rules == (PHONES,)


def test_wordings_have_an_end():
    cohort = a_cohort("guide")
    for number in range(MOST_WORDINGS):
        cohort, _ = worded(cohort, f"Rule number {number}")

    with pytest.raises(TooManyWordings):
        worded(cohort, PHONES)


def test_who_comes_back_signs_again():
    cohort = signed_by_all(a_cohort("guide"))

    gone, _ = exchange(cohort, ["per_ada"], [])
    back, _ = exchange(gone, [], [somebody("per_ada")])

    assert "per_ada" not in back.signed_by
    assert sign_agreement(back, "per_ada", "keys-1.0", NOON)[0].signed_by == (
        "per_bo",
        "per_guide",
        "per_ada",
    )
