from hypothesis import given
from hypothesis import strategies as some

from services.membership.domain.reporting import above, find_circles, in_one_line, levels_above

MATRIX = {"cy": ("bo", "di"), "bo": ("ada",), "di": ("eve",), "fay": ("ada",)}


def test_everyone_above_is_found_at_any_depth_and_along_every_line():
    assert above(MATRIX)["cy"] == {"bo", "di", "ada", "eve"}


def test_colleagues_under_one_manager_are_no_line():
    ancestors = above(MATRIX)

    assert in_one_line("ada", "cy", ancestors)
    assert in_one_line("cy", "ada", ancestors)
    assert not in_one_line("bo", "fay", ancestors)


def test_a_line_of_ten_thousand_is_walked_without_recursion():
    lines = {str(number): (str(number + 1),) for number in range(10_000)}

    assert levels_above(lines)["0"] == 10_000
    assert find_circles(lines) == []


def test_a_circle_is_named_once_from_its_smallest():
    assert find_circles({"c": ("a",), "a": ("b",), "b": ("c",), "d": ("a",)}) == [("a", "b", "c")]


@given(
    some.dictionaries(some.integers(0, 12).map(str), some.lists(some.integers(0, 12).map(str), max_size=3))
)
def test_somebody_is_above_themselves_exactly_when_there_is_a_circle(lines):
    is_circular = any(person in over for person, over in above(lines).items())

    assert bool(find_circles(lines)) == is_circular
