from hypothesis import given, settings
from hypothesis import strategies as st

from services.feedback.domain.figures import all_in_one_band, never_alike
from services.feedback.domain.rank import unmasked
from services.feedback.domain.release import group_of, shown_groups
from tests.builders.feedback import a_group


def test_groups_of_k_people_are_shown_with_their_parent():
    program = group_of("program", [a_group("a", 1, 2, 3), a_group("b", 4, 5, 1)])

    assert shown_groups(program, 3, never_alike) == {"program", "a", "b"}


def test_a_small_group_takes_its_smallest_sibling_along_into_hiding():
    program = group_of(
        "program", [a_group("tiny", 1), a_group("small", 1, 2, 3), a_group("big", 1, 2, 3, 4, 5)]
    )

    assert shown_groups(program, 3, never_alike) == {"program", "big"}


def test_two_small_groups_hide_each_other():
    program = group_of("program", [a_group("x", 1, 2), a_group("y", 1, 2), a_group("z", 1, 2, 3)])

    assert shown_groups(program, 3, never_alike) == {"program", "z"}


def test_a_group_nobody_answered_in_hides_nobody():
    program = group_of("program", [a_group("silent"), a_group("a", 1, 2, 3)])

    assert shown_groups(program, 3, never_alike) == {"program", "a"}


def test_a_unanimous_group_is_hidden_and_cannot_be_had_by_subtraction():
    program = group_of("program", [a_group("happy", 5, 5, 4), a_group("mixed", 1, 3, 5)])

    assert shown_groups(program, 3, all_in_one_band) == {"program"}


def test_a_program_below_k_shows_nothing():
    assert shown_groups(group_of("program", [a_group("a", 1, 5)]), 3, never_alike) == frozenset()


def test_somebody_in_two_cohorts_counts_once():
    program = group_of("program", [a_group("a", 1, 5, who=("ada", "bo")), a_group("b", 1, who=("ada",))])

    assert shown_groups(program, 3, never_alike) == frozenset()


def test_the_next_audience_sees_nothing_that_the_first_did_not():
    program = group_of("program", [a_group("a", *[1, 5] * 5), a_group("b", *[1, 5] * 5)])

    shown = shown_groups(program, 5, all_in_one_band, frozenset({"program", "a"}))

    assert "b" not in shown


PEOPLE = [f"p{number}" for number in range(9)]
answer = st.tuples(st.sampled_from(PEOPLE), st.integers(1, 5))
cohort = st.lists(answer, max_size=6)
program = st.lists(cohort, min_size=1, max_size=4)


def a_tree(name, cohorts):
    return group_of(
        name,
        [
            a_group(f"{name}/{n}", *(value for _, value in answers), who=tuple(who for who, _ in answers))
            for n, answers in enumerate(cohorts)
        ],
    )


def everything(group):
    yield group
    for child in group.children:
        yield from everything(child)


@settings(max_examples=400, deadline=None)
@given(programs=st.lists(program, min_size=1, max_size=3), k=st.integers(2, 5), by_band=st.booleans())
def test_no_release_of_a_network_tells_of_fewer_than_k_people(programs, k, by_band):
    network = group_of("network", [a_tree(f"prg{n}", cohorts) for n, cohorts in enumerate(programs)])

    shown = shown_groups(network, k, all_in_one_band if by_band else never_alike)

    groups = [group for group in everything(network) if group.key in shown]
    vectors = [frozenset(part for part, _ in group.parts) for group in groups]
    assert unmasked(vectors, dict(network.parts), k) is None
