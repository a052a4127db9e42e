import pytest

from services.membership.domain.names import NameReserved, check_name


@pytest.mark.parametrize(
    "name",
    [
        "Leaders Circles",
        "LEADER'S-CIRCLE",
        "Our Leaders\u00a0Circles\u2122 of the north",
        "Le\u200baders Circles",
        "L\u00e9aders   circles",
        "Lean In Circles Baltic",
        "Working Out Loud 3",
    ],
)
def test_a_mark_is_found_however_it_is_spelled(name):
    with pytest.raises(NameReserved, match="record the licence"):
        check_name(name, "", "cohort_title")


@pytest.mark.parametrize("name", ["Peer learning circle", "Learning circle", "Leaders who circle back", ""])
def test_any_other_name_is_free(name):
    check_name(name, "", "cohort_title")


def test_a_mark_passes_under_a_recorded_licence():
    check_name("Leaders Circles", "agreement of 2027-01-11", "cohort_title")
