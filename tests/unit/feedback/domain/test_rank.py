from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from services.feedback.domain.rank import unmasked


def each_alone(parts):
    return {part: part for part in parts}


def test_one_big_group_unmasks_nobody():
    assert unmasked([frozenset("abcde")], each_alone("abcde"), 3) is None


def test_a_group_too_small_is_found():
    assert unmasked([frozenset("ab")], each_alone("ab"), 3) == frozenset("ab")


def test_whole_minus_part_is_found():
    vectors = [frozenset("abcdef"), frozenset("abcd")]

    assert unmasked(vectors, each_alone("abcdef"), 3) == frozenset("ef")


def test_a_figure_shown_before_and_after_one_more_answer_is_found():
    assert unmasked([frozenset("abcde"), frozenset("abcdef")], each_alone("abcdef"), 3) == frozenset("f")


def test_slices_that_cross_are_found_although_each_is_large_enough():
    whole, cohort, organization = frozenset("abcdef"), frozenset("abcd"), frozenset("cdef")

    assert unmasked([whole, cohort, organization], each_alone("abcdef"), 3) is not None


def test_two_contributions_of_one_person_count_once():
    person_of = {"a1": "ada", "a2": "ada", "b": "bo"}

    assert unmasked([frozenset(person_of)], person_of, 3) == frozenset({"ada", "bo"})


def test_weights_other_than_one_are_seen():
    vectors = [frozenset("abcx"), frozenset("abcy"), frozenset("abcxy")]

    assert unmasked(vectors, each_alone("abcxy"), 2) is not None


def by_brute_force(vectors, parts, k):
    """Whether some combination of the vectors, not zero, rests on fewer than k parts: one by one."""
    rows = [[Fraction(part in vector) for part in parts] for vector in vectors]
    whole = rank(rows)
    return any(
        rank([[value for part, value in zip(parts, row, strict=True) if part not in group] for row in rows])
        < whole
        for size in range(1, k)
        for group in combinations(parts, size)
    )


def rank(rows):
    """Rank by picking a row, clearing its first column elsewhere, and so on down."""
    rows = [row for row in rows if any(row)]
    if not rows:
        return 0
    pivot = rows[0]
    column = next(index for index, value in enumerate(pivot) if value)
    cleared = [
        [value - row[column] / pivot[column] * top for value, top in zip(row, pivot, strict=True)]
        for row in rows[1:]
    ]
    return 1 + rank(cleared)


PARTS = "abcdefgh"


@settings(max_examples=300, deadline=None)
@given(
    vectors=st.lists(st.frozensets(st.sampled_from(PARTS), min_size=1), max_size=5),
    k=st.integers(2, 5),
)
def test_the_search_agrees_with_trying_every_group(vectors, k):
    found = unmasked(vectors, each_alone(PARTS), k)

    assert (found is not None) == by_brute_force(vectors, PARTS, k)
