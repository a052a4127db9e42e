from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.membership.domain.roster_file import RosterUnreadable, read_roster


def test_separators_and_a_byte_order_mark_do_not_matter():
    tables = [
        read_roster(f"\ufeffName{sign}Email\nAda{sign}ada@example.org\n".encode())
        for sign in (",", ";", "\t")
    ]

    assert {table.columns for table in tables} == {("Name", "Email")}
    assert {table.rows for table in tables} == {((2, ("Ada", "ada@example.org")),)}


def test_rows_are_counted_as_spreadsheets_count_and_empty_ones_are_passed_over():
    table = read_roster("Name,Email\r\n\r\nAda,ada@example.org\r\n,\r\nBo,bo@example.org\r\n")

    assert [row for row, _ in table.rows] == [3, 5]


def test_a_cell_may_hold_separators_quotes_and_lines():
    table = read_roster('Name,Email\n"Roe, ""Ada""\nthe first",ada@example.org\n')

    assert table.rows[0][1][0] == 'Roe, "Ada"\nthe first'


@pytest.mark.parametrize("formula", ["=1+1", "+4", "-2", "@SUM(A1)", "＝1"])
def test_the_apostrophe_before_a_formula_is_taken_off(formula):
    table = read_roster(f"Name,Email\n'{formula},a@example.org\n'quoted',b@example.org\n")

    assert [cells[0] for _, cells in table.rows] == [formula, "'quoted'"]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"Name,Email\nAda,ada@example.org\nB\xff,b@example.org", "row 3: not valid UTF-8"),
        ("Name,Email\nA\0da,ada@example.org", "row 2: holds a NUL"),
        ("", "row 1: the file is empty"),
        ("Name,Email\n", "row 2: there is nobody"),
        ("Name,Name\nA,B", "row 1: two columns are called 'Name'"),
        ("Name,,Email\nA,B,C", "row 1: column 2 has no name"),
        ("Name,Email\nAda,ada@example.org,more", "row 2: more cells"),
        ('Name,Email\n"Ada,ada@example.org\n', "row 2: the quotation marks"),
    ],
)
def test_a_file_that_cannot_be_read_says_in_which_row(content, named):
    with pytest.raises(RosterUnreadable) as refused:
        read_roster(content)

    assert named in refused.value.message


def test_fifty_thousand_rows_are_read_and_one_more_is_refused():
    rows = "".join(f"P{number},p{number}@example.org\n" for number in range(50_000))

    assert len(read_roster("Name,Email\n" + rows).rows) == 50_000
    with pytest.raises(RosterUnreadable, match="more than 50000"):
        read_roster("Name,Email\n" + rows + "One,more@example.org\n")


@given(some.text(max_size=200) | some.binary(max_size=200))
def test_whatever_is_sent_is_read_or_refused_and_never_a_fault(content):
    with suppress(RosterUnreadable):
        read_roster(content)
