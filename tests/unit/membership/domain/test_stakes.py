"""How important a thread is, as staff may see it, and what a participant may say."""

import pytest

from services.membership.domain import stakes
from services.membership.domain.enrollments import Enrollment

PLACED = Enrollment("enr_1", "net_1", "prg_1", "per_ada", "coh_1", "placed")
ENROLLED = Enrollment("enr_2", "net_1", "prg_1", "per_bo")


def a_stake(person_id="per_ada", **importance):
    return stakes.Stake(f"stk_{person_id[4:]}", "net_1", "prg_1", person_id, importance)


@pytest.mark.parametrize(
    ("ratings", "rated", "band"),
    [
        ((), 0, None),
        ((1, 1), 0, None),
        ((1, 1, 5), 3, "low"),
        ((3, 3, 3, 5), 3, "middling"),
        ((4, 5, 5, 1, 4), 3, "high"),
        ((2, 3, 2, 3, 5, 5), 6, "middling"),
    ],
)
def test_a_band_of_the_median_is_told_over_three_in_whole_lots(ratings, rated, band):
    found = stakes.importance_of("enrollment", ratings)

    assert (found.rated, found.band) == (rated, band)


def test_a_cohort_is_named_by_its_latest_ratings_and_never_below_three():
    cohort_of = {"per_ada": "coh_1", "per_bo": "coh_1", "per_cy": "coh_1", "per_dee": "coh_2"}
    said = [
        a_stake("per_ada", enrollment=5, midway=1),
        a_stake("per_bo", enrollment=2),
        a_stake("per_cy", enrollment=4),
        a_stake("per_dee", enrollment=1),
        a_stake("per_gone", enrollment=1),
    ]

    assert stakes.low_cohorts(said, cohort_of) == ("coh_1",)
    assert stakes.low_cohorts(said[1:], cohort_of) == ()


def test_saying_the_same_again_tells_nothing():
    stake, facts = stakes.say_stake(a_stake(), PLACED, {"goals": ["Run a ward"], "importance": {"midway": 4}})
    again = stakes.say_stake(stake, PLACED, {"goals": ["Run a ward "]})

    assert (facts[0].rated, facts[0].has_goals) == (("midway",), True)
    assert again == (stake, ())


def test_midway_is_for_who_is_placed_and_a_rating_may_always_be_taken_back():
    with pytest.raises(stakes.NotMidwayYet):
        stakes.say_stake(a_stake("per_bo"), ENROLLED, {"importance": {"midway": 3}})

    rated = a_stake("per_bo", enrollment=3)
    after, _ = stakes.say_stake(rated, ENROLLED, {"importance": {"enrollment": None, "midway": None}})
    assert after.importance == {}


@pytest.mark.parametrize("standing", ["declined", "lapsed", "withdrawn"])
def test_who_left_or_never_came_has_nothing_at_stake(standing):
    gone = Enrollment("enr_3", "net_1", "prg_1", "per_cy", None, standing)

    for enrollment in (gone, None):
        with pytest.raises(stakes.NothingAtStake):
            stakes.check_takes_part(enrollment)
