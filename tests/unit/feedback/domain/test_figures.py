from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.feedback.domain.figures import all_in_one_band, mean, people_band, rate_band


@pytest.mark.parametrize("answers", [(4, 5, 5), (1, 2, 1), (3, 3, 3)])
def test_answers_of_one_band_are_alike(answers):
    assert all_in_one_band(answers)


def test_answers_of_two_bands_are_not():
    assert not all_in_one_band((3, 4, 5))


@pytest.mark.parametrize(("answers", "expected"), [((4, 5), 4.5), ((1, 2, 2), 1.7), ((1, 1, 1, 2), 1.3)])
def test_a_mean_has_one_decimal_halves_up(answers, expected):
    assert mean(answers) == expected


@pytest.mark.parametrize(
    ("count", "band"), [(3, "3-4"), (5, "5-9"), (10, "10-19"), (49, "20-49"), (900, "500 or more")]
)
def test_people_are_counted_in_bands(count, band):
    assert people_band(count) == band


@given(st.integers(3, 400))
def test_everybody_and_nobody_are_never_told_apart_from_nearly(cases):
    everybody, nearly = [1] * cases, [1] * (cases - 1) + [0]

    assert rate_band(everybody) == rate_band(nearly)
    assert rate_band([0] * cases) == rate_band([0] * (cases - 1) + [1])


@given(st.lists(st.integers(0, 1), min_size=3, max_size=60))
def test_a_rate_lies_in_its_band(cases):
    low, high = rate_band(cases)

    assert low <= sum(cases) * 100 / len(cases) <= high


def what_is_shown(answers):
    return "withheld" if all_in_one_band(answers) else (mean(answers), people_band(len(answers)))


@given(st.lists(st.integers(1, 5), min_size=3, max_size=5))
def test_no_figure_fixes_any_single_answer(answers):
    could_be = [
        other
        for other in product(range(1, 6), repeat=len(answers))
        if what_is_shown(other) == what_is_shown(answers)
    ]

    assert all(len({other[person] for other in could_be}) > 1 for person in range(len(answers)))
