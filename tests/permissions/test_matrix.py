"""Every operation as every role, on its own and on others' cohorts, organizations and networks."""

from collections import Counter

from tests.permissions.table import FORBIDDEN, FOREIGN, HIDDEN, UNKNOWN


def as_lines(found):
    """What failed, a line each: pytest's own list is cut."""
    return "\n".join(found[:3000])


def differing(one, other):
    """Where two answers part."""
    if one[:2] != other[:2]:
        return f"{one[:2]} or {other[:2]}"
    at = next(place for place in range(len(one[2])) if one[2][: place + 1] != other[2][: place + 1])
    return f"{one[2][at - 40 : at + 60]!r} or {other[2][at - 40 : at + 60]!r}"


def test_every_cell_of_the_matrix_comes_out_as_it_says(ran):
    wrong = [
        f"{one.cell}: {one.outcome} ({one.status}), not {one.cell.expected}"
        for one in ran.tried
        if one.outcome != one.cell.expected
    ]
    counted = Counter(one.outcome for one in ran.tried)
    print(f"\nmatrix: {len(ran.tried)} cells, {len(wrong)} wrong; {dict(counted)}")

    assert wrong == [], as_lines(wrong)


def test_what_is_refused_answers_the_same_bytes_as_what_is_not_there(ran):
    nowhere = {
        (one.cell.row.operation, one.cell.caller): one for one in ran.tried if one.cell.place == UNKNOWN
    }
    told = [
        f"{one.cell}: {differing(one.bytes, nowhere[key].bytes)}"
        for one in ran.tried
        if one.cell.place != UNKNOWN and one.outcome in (HIDDEN, FORBIDDEN)
        for key in [(one.cell.row.operation, one.cell.caller)]
        if key in nowhere and one.outcome == nowhere[key].outcome and one.bytes != nowhere[key].bytes
    ]

    assert told == [], as_lines(told)
    assert any(one.cell.place == FOREIGN and one.outcome == HIDDEN for one in ran.tried)


def test_a_refused_write_changes_nothing(ran):
    assert ran.changed_by_refused == []


def test_reading_everything_twice_changes_nothing(ran):
    assert ran.changed_by_reads == []
