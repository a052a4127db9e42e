"""What a swap may be: every refusal names the move, and nothing is brought about that no cohort may be."""

from dataclasses import replace

import pytest

from services.membership.domain.cohorts import exchange, form_cohort
from services.membership.domain.enrollments import enroll, place
from services.membership.domain.reporting import above
from services.membership.domain.resolutions import Move
from services.membership.domain.safety import HardRuleBroken
from services.membership.domain.swaps import (
    BadSwap,
    CohortFull,
    Leading,
    MovedMeanwhile,
    OtherProgram,
    Swap,
    check_swap,
    is_stranger,
    move_enrollment,
)
from tests.builders.people import NET, a_program, signed_in, somebody

LINES = above({"per_ada": ("per_boss",)})


def a_cohort(id, *names, leaders=(), program=None):
    members, leading = ([somebody(f"per_{name}") for name in each] for each in (names, leaders))
    cohort, _ = form_cohort("frm_1", 0, program or a_program(), members, leading)
    return replace(cohort, id=id)


COHORTS = {
    "coh_a": a_cohort("coh_a", "ada", "bo"),
    "coh_b": a_cohort("coh_b", "cy", "dee", leaders=("gus",)),
}


def a_swap(*moves, leading=None):
    return Swap("swp_1", NET, "per_staff", tuple(Move(*move) for move in moves), leading)


def check(swap, cohorts=COHORTS, high=3, lines=LINES):
    return check_swap(swap, cohorts, high, lines)


def test_two_who_change_places_are_let():
    check(a_swap(("per_ada", "coh_a", "coh_b"), ("per_cy", "coh_b", "coh_a")), high=2)


@pytest.mark.parametrize(
    ("swap", "pointer"),
    [
        (a_swap(), "/moves"),
        (a_swap(("per_ada", "coh_a", "coh_b"), ("per_ada", "coh_a", "coh_b")), "/moves/1/person_id"),
        (a_swap(("per_cy", "coh_a", "coh_b")), "/moves/0/person_id"),
        (a_swap(("per_ada", "coh_a", "coh_a")), "/moves/0/to_cohort_id"),
    ],
    ids=["nobody", "twice", "not-a-member", "to-where-they-are"],
)
def test_a_swap_that_cannot_be_is_refused_by_its_place(swap, pointer):
    with pytest.raises(BadSwap) as refused:
        check(swap)

    assert [error["pointer"] for error in refused.value.errors] == [pointer]


def test_members_stay_within_their_program():
    other = a_cohort("coh_b", "cy", program=replace(a_program(), id="prg_2"))

    with pytest.raises(OtherProgram):
        check(a_swap(("per_ada", "coh_a", "coh_b")), COHORTS | {"coh_b": other})


def test_no_cohort_grows_beyond_the_programs_size():
    with pytest.raises(CohortFull):
        check(a_swap(("per_ada", "coh_a", "coh_b")), high=2)


@pytest.mark.parametrize(
    "swap",
    [
        a_swap(("per_ada", "coh_a", "coh_b")),
        a_swap(leading=Leading("coh_a", ("per_boss",))),
    ],
    ids=["beside", "led-by"],
)
def test_nobody_comes_beside_or_under_somebody_of_their_line(swap):
    with_boss = COHORTS | {"coh_b": a_cohort("coh_b", "boss", "dee")}

    with pytest.raises(HardRuleBroken):
        check(swap, with_boss)


def test_of_two_conflicts_one_may_be_resolved_alone():
    lines = above({"per_ada": ("per_bo",), "per_cy": ("per_dee",)})
    cohorts = {"coh_a": a_cohort("coh_a", "ada", "bo", "cy", "dee"), "coh_b": a_cohort("coh_b", "eve")}

    check(a_swap(("per_ada", "coh_a", "coh_b")), cohorts, high=5, lines=lines)


def test_an_enrollment_is_moved_once_and_not_from_where_it_is_not():
    enrolled, _ = enroll(NET, "prg_1", "per_ada")
    placed, _ = place(enrolled, "coh_a")

    moved, facts = move_enrollment(placed, "coh_a", "coh_b")
    waiting, _ = move_enrollment(moved, "coh_b", None)

    assert (moved.cohort_id, len(facts)) == ("coh_b", 1)
    assert move_enrollment(moved, "coh_a", "coh_b") == (moved, ())
    assert (waiting.cohort_id, waiting.standing) == (None, "enrolled")
    with pytest.raises(MovedMeanwhile):
        move_enrollment(placed, "coh_b", "coh_c")


def test_who_comes_to_a_cohort_signs_anew_and_who_leaves_is_kept_as_gone():
    cohort = replace(COHORTS["coh_a"], signed_by=("per_ada", "per_bo"))

    after, facts = exchange(cohort, ["per_ada"], [somebody("per_cy")])
    back, _ = exchange(after, [], [somebody("per_ada")])

    assert after.member_ids() == {"per_bo", "per_cy"}
    assert (after.signed_by, back.signed_by) == (("per_bo",), ("per_bo",))
    assert [entry.standing for entry in after.roster if entry.person_id == "per_ada"] == ["left"]
    assert [type(fact).__name__ for fact in facts] == ["MemberJoined"]
    assert exchange(after, ["per_ada"], [somebody("per_cy")]) == (after, ())


def test_members_who_lead_and_who_is_in_a_line_are_no_strangers():
    cohort = replace(COHORTS["coh_b"], barred=("per_eve",))

    near = [one for one in ("cy", "gus", "eve", "hal") if not is_stranger(signed_in(f"per_{one}"), cohort)]

    assert near == ["cy", "gus", "eve"]
