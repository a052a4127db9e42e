import pytest

from services.feedback.domain.periods import Period, read_period
from services.feedback.domain.refusals import BadPeriod


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2027-02", "2027-02-01", "2027-02-28"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2027-Q4", "2027-10-01", "2027-12-31"),
        ("2027-01-01/2027-02-28", "2027-01-01", "2027-02-28"),
    ],
)
def test_a_period_is_read(text, first, last):
    assert read_period(text) == Period(first, last)


@pytest.mark.parametrize(
    "text",
    ["", "2027", "2027-13", "2027-00", "2027-Q5", "2027-02-28/2027-02-01", "2027-02-30/2027-03-01", "a/b/c"],
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(BadPeriod):
        read_period(text)


def test_periods_that_share_a_day_overlap():
    assert read_period("2027-01").overlaps(read_period("2027-Q1"))
    assert not read_period("2027-01").overlaps(read_period("2027-02"))
