from datetime import UTC, datetime

import pytest

from services.contracts.events.cohorts import AgreementSigned, CohortFormed
from services.membership.domain.agreements import AgreementSuperseded
from services.membership.domain.cohorts import NotOfTheCohort, form_cohort, sign_agreement
from services.membership.domain.enrollments import AlreadyPlaced, enroll, place
from services.membership.domain.facilitation import Candidate, choose_facilitators
from services.membership.domain.safety import HardRuleBroken, check_neutral, find_breaches
from tests.builders.people import NET, a_program, somebody

NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)

MEMBERS = [somebody(f"per_{name}") for name in ("ada", "bo", "cy")]
FAY = somebody("per_fay")
ALL_WEEK = (1 << 672) - 1


def a_cohort():
    return form_cohort("frm_1", 0, a_program(), MEMBERS, [FAY])[0]


def test_forming_announces_the_whole_roster_and_the_agreement():
    _, (fact,) = form_cohort("frm_1", 0, a_program(), MEMBERS, [FAY])

    assert isinstance(fact, CohortFormed)
    assert [entry.person_id for entry in fact.roster] == ["per_ada", "per_bo", "per_cy"]
    assert ([entry.person_id for entry in fact.facilitators], fact.agreement_version) == (
        ["per_fay"],
        "keys-1.0",
    )


def test_the_same_place_of_a_formation_is_the_same_cohort():
    assert a_cohort().id == a_cohort().id
    assert form_cohort("frm_1", 1, a_program(), MEMBERS, [FAY])[0].id != a_cohort().id


@pytest.mark.parametrize(
    ("title", "name"), [("", "Harbor 3"), ("Peer learning circle", "Peer learning circle 3")]
)
def test_a_cohort_carries_the_title_its_program_prefers(title, name):
    cohort, _ = form_cohort("frm_1", 2, a_program(cohort_title=title), MEMBERS, [FAY])

    assert (cohort.display_name, cohort.form) == (name, "action_learning")


@pytest.mark.parametrize("person_id", ["per_ada", "per_fay"])
def test_members_and_facilitators_sign_once(person_id):
    signed, facts = sign_agreement(a_cohort(), person_id, "keys-1.0", NOON)
    again, nothing = sign_agreement(signed, person_id, "keys-1.0", NOON)

    assert (signed.signed_by, [type(fact) for fact in facts]) == ((person_id,), [AgreementSigned])
    assert (again, nothing) == (signed, ())


def test_another_version_cannot_be_signed():
    with pytest.raises(AgreementSuperseded, match=r"keys-1\.0"):
        sign_agreement(a_cohort(), "per_ada", "keys-0.9", NOON)


@pytest.mark.parametrize("person_id", ["per_stranger", None])
def test_for_a_stranger_there_is_no_cohort_to_sign_for(person_id):
    with pytest.raises(NotOfTheCohort):
        sign_agreement(a_cohort(), person_id, "keys-1.0", NOON)


def test_an_enrollment_goes_to_one_cohort():
    enrollment, _ = enroll(NET, "prg_1", "per_ada")
    placed, facts = place(enrollment, "coh_1")

    assert len(facts) == 1
    assert place(placed, "coh_1") == (placed, ())
    with pytest.raises(AlreadyPlaced):
        place(placed, "coh_2")


def test_who_is_above_or_below_a_member_does_not_lead():
    boss, report, far = (Candidate(somebody(f"per_{name}"), 0, 0) for name in ("boss", "report", "far"))
    ancestors = {"per_ada": frozenset({"per_boss"}), "per_report": frozenset({"per_bo"})}

    chosen = choose_facilitators("pair", MEMBERS, ALL_WEEK, [boss, report, far], ancestors)

    assert chosen == (far.person,)
    with pytest.raises(HardRuleBroken):
        check_neutral(["per_boss"], ["per_ada"], ancestors)


def test_who_can_come_goes_before_who_has_less_to_do():
    busy, away = Candidate(somebody("per_busy"), 5, ALL_WEEK), Candidate(somebody("per_away"), 0, 0b10)

    assert choose_facilitators("outside", MEMBERS, 0b01, [away, busy], {}) == (busy.person,)


def test_where_members_lead_the_one_of_longest_experience_begins():
    members = [somebody("per_a", years=3), somebody("per_b", years=9), somebody("per_c")]

    assert choose_facilitators("rotating", members, ALL_WEEK, [], {}) == (members[1],)


def test_each_broken_hard_rule_is_named():
    groups = [("a", "b"), ("c",), ("a", "d")]
    starts = {"a": 1, "b": 1, "c": 1, "d": 2}

    breaches = find_breaches(groups, {"a": frozenset({"b"})}, starts, (2, 3))

    assert [(one.rule, one.group) for one in breaches] == [
        ("reporting-line", 0),
        ("size", 1),
        ("no-common-start", 2),
        ("twice", 2),
    ]
