from datetime import UTC, date, datetime

import pytest

from services.contracts.events.launches import LaunchChanged
from services.membership.domain.launch_guide import (
    Found,
    PurposeNotVerified,
    check_enrollment_open,
    guide,
    is_open,
    is_ready,
)
from services.membership.domain.launches import (
    MOST_BUY_INS,
    BuyIn,
    GroupNotNamed,
    NotTheirsToVerify,
    PurposeSuperseded,
    Stakeholder,
    TooManyBuyIns,
    drop_stakeholder,
    forget_in_launch,
    name_stakeholder,
    not_begun,
    record_buy_in,
    state_purpose,
    verify_purpose,
)
from tests.builders.people import NET, a_program

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)
SPONSOR = Stakeholder("sponsor", ("problem_solving", "deep_networking"), speaker_id="per_spon")
MEMBERS = Stakeholder("participant", ("problem_solving", "support"))


def a_launch(*stakeholders, purpose="Problems are solved together."):
    launch = not_begun(NET, "prg_1")
    if purpose:
        launch, _ = state_purpose(launch, purpose)
    for one in stakeholders:
        launch, _ = name_stakeholder(launch, one)
    return launch


def verified(launch, group, by="per_staff", version=None):
    is_staff = by == "per_staff"
    version = launch.purpose_version if version is None else version
    return verify_purpose(launch, group, version, by, is_staff, NOW)[0]


def all_verified():
    launch = verified(a_launch(SPONSOR, MEMBERS), "sponsor", by="per_spon")
    return verified(launch, "participant")


def a_buy_in(office="Finance", **fields):
    return BuyIn(office, **({"stance": "supports", "said_on": date(2027, 1, 4)} | fields))


def test_goals_intersect_where_every_group_has_them():
    launch = a_launch(SPONSOR, MEMBERS)

    assert launch.shared_goals == ("problem_solving",)
    assert launch.goal_counts["support"] == 1


def test_without_stakeholders_no_goal_is_shared():
    assert a_launch().shared_goals == ()


def test_a_launch_that_was_never_begun_keeps_nobody_out():
    check_enrollment_open(None)
    check_enrollment_open(not_begun(NET, "prg_1"))
    assert is_open(not_begun(NET, "prg_1"))


@pytest.mark.parametrize(
    ("launch", "missing"),
    [
        (a_launch(SPONSOR, purpose=""), "the purpose is not stated yet"),
        (a_launch(), "no group of stakeholders is named yet"),
        (a_launch(SPONSOR, Stakeholder("champion", ("support",))), "no goal is shared by every group yet"),
        (a_launch(SPONSOR, MEMBERS), "not verified yet by: sponsors, participants"),
        (record_buy_in(not_begun(NET, "prg_1"), a_buy_in())[0], "the purpose is not stated yet"),
    ],
)
def test_a_launch_that_was_begun_closes_enrollment_and_says_what_is_missing(launch, missing):
    with pytest.raises(PurposeNotVerified, match=missing):
        check_enrollment_open(launch)


def test_enrollment_opens_when_each_group_has_verified_the_purpose():
    check_enrollment_open(all_verified())
    assert all_verified().is_verified


def test_another_wording_is_verified_anew_and_the_same_wording_is_not():
    again, facts = state_purpose(all_verified(), "Problems are  solved together.")
    anew, _ = state_purpose(all_verified(), "We learn to solve problems.")

    assert (again, facts) == (all_verified(), ())
    assert anew.purpose_version == 2
    assert not anew.is_verified


def test_a_group_with_other_goals_verifies_anew_and_one_with_the_same_has_verified():
    same, _ = name_stakeholder(all_verified(), Stakeholder("participant", MEMBERS.goals, "One case each."))
    other, _ = name_stakeholder(all_verified(), Stakeholder("participant", ("problem_solving",)))

    assert same.is_verified
    assert not other.is_verified


def test_only_its_speaker_verifies_for_a_group_that_has_one():
    launch = a_launch(SPONSOR, MEMBERS)

    for by in ("per_staff", "per_else"):
        with pytest.raises(NotTheirsToVerify):
            verified(launch, "sponsor", by=by)
    assert verified(launch, "sponsor", by="per_spon").of_group("sponsor").verified.by == "per_spon"


def test_a_speaker_verifies_for_no_other_group():
    with pytest.raises(NotTheirsToVerify):
        verified(a_launch(SPONSOR, MEMBERS), "participant", by="per_spon")


def test_a_wording_that_is_not_the_present_one_is_not_verified_by_it():
    with pytest.raises(PurposeSuperseded):
        verified(a_launch(MEMBERS), "participant", version=7)
    with pytest.raises(PurposeSuperseded):
        verified(a_launch(MEMBERS, purpose=""), "participant")


def test_a_group_that_is_not_named_verifies_nothing():
    with pytest.raises(GroupNotNamed):
        verified(a_launch(MEMBERS), "champion")


def test_verifying_again_changes_nothing():
    launch = all_verified()

    assert verify_purpose(launch, "participant", 1, "per_staff", True, NOW) == (launch, ())


def test_a_group_is_taken_off_once():
    without, facts = drop_stakeholder(a_launch(SPONSOR, MEMBERS), "sponsor")

    assert [one.group for one in without.stakeholders] == ["participant"]
    assert [type(fact) for fact in facts] == [LaunchChanged]
    assert drop_stakeholder(without, "sponsor") == (without, ())


def test_the_last_word_of_an_office_counts():
    launch, _ = record_buy_in(a_launch(), a_buy_in(stance="undecided"))
    launch, _ = record_buy_in(launch, a_buy_in("FINANCE"))

    assert [one.stance for one in launch.buy_ins] == ["supports"]


def test_a_program_records_no_endless_list_of_offices():
    launch = a_launch()
    for number in range(MOST_BUY_INS):
        launch, _ = record_buy_in(launch, a_buy_in(f"Office {number}"))

    with pytest.raises(TooManyBuyIns):
        record_buy_in(launch, a_buy_in("One more"))


def test_an_announcement_names_neither_a_person_nor_what_was_said():
    launch, facts = record_buy_in(all_verified(), a_buy_in(note="Ask again in May.", person_id="per_cfo"))

    (told,) = facts
    assert told.verified_groups == told.groups == ("sponsor", "participant")
    assert told.is_verified
    assert not [word for word in ("per_", "May", "Finance", "Problems are") if word in str(vars(told))]
    assert launch.buy_ins[0].note == "Ask again in May."


def test_somebody_forgotten_speaks_for_nobody_and_what_they_said_is_gone():
    launch, _ = record_buy_in(all_verified(), a_buy_in(person_id="per_spon"))

    after, facts = forget_in_launch(launch, "per_spon")

    assert "per_spon" not in str(after)
    assert (after.buy_ins, after.is_verified, len(facts)) == ((), True, 1)
    assert forget_in_launch(after, "per_spon") == (after, ())


def test_the_guide_is_ready_when_every_must_step_is_done():
    found = Found(people=12, facilitators=0)
    steps = {step.key: step for step in guide(a_program(), all_verified(), found)}

    assert [step.key for step in steps.values() if step.is_must] == [
        *("purpose", "stakeholders", "shared_goal", "verified", "people"),
    ]
    assert is_ready(tuple(steps.values()))
    assert not steps["facilitators"].is_done
    assert steps["shared_goal"].words == "every group wants: Problem solving"


def test_a_program_led_by_its_members_waits_for_no_facilitator():
    program = a_program(facilitation="rotating")
    steps = guide(program, all_verified(), Found(people=1, facilitators=0))

    assert next(step for step in steps if step.key == "facilitators").is_done


def test_the_guide_is_not_ready_with_nobody_to_ask_or_nothing_begun():
    assert not is_ready(guide(a_program(), all_verified(), Found(people=0, facilitators=3)))
    assert not is_ready(guide(a_program(), not_begun(NET, "prg_1"), Found(people=9, facilitators=3)))


@pytest.mark.parametrize(
    ("standing", "done"),
    [
        ("designed", []),
        ("enrolling", ["enrollment"]),
        ("running", ["enrollment", "cohorts"]),
        ("ended", ["enrollment", "cohorts", "evaluation"]),
    ],
)
def test_the_guide_follows_the_program_to_its_evaluation(standing, done):
    steps = guide(a_program(standing=standing), all_verified(), Found(9, 3))

    assert [step.key for step in steps[-3:] if step.is_done] == done
