from datetime import date

import pytest

from services.membership.domain.people import person_id
from services.membership.domain.roster_check import Known, check_roster
from services.membership.domain.roster_columns import map_columns
from services.membership.domain.roster_file import read_roster
from services.membership.domain.roster_rows import Reading
from tests.builders.people import NET, a_roster, a_row

ANY_ORGANIZATION = {"create_organizations": True}


def checked(*rows, known=None, **how):
    table = read_roster(a_roster(*rows))
    mapping = map_columns(table.columns, {})
    reading = Reading(table.columns, mapping, date(2027, 1, 11), lambda text: "@" in text)
    return check_roster(NET, table, reading, known or Known(), **(ANY_ORGANIZATION | how))


def problems(*rows, **how):
    return [(one.row, one.column, one.code) for one in checked(*rows, **how).problems]


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"email": ""}, "Email", "email-missing"),
        ({"email": "ada"}, "Email", "email-wrong"),
        ({"zone": "Mars/Olympus"}, "Zone", "zone-unknown"),
        ({"years": "many"}, "Years", "years-wrong"),
        ({"hours": "mornings"}, "Weekly hours", "hours-not-understood"),
        ({"language": "?"}, "Language", "language-wrong"),
        ({"title": "x" * 201}, "Title", "too-long"),
        ({"title": "\x07"}, "Title", "control-character"),
        ({"manager": "nobody@example.org"}, "Manager", "manager-unknown"),
    ],
)
def test_each_fault_names_row_and_column_and_what_to_do(cells, column, code):
    found = checked(a_row("Bo"), a_row("Ada", **cells))

    assert [(one.row, one.column, one.code) for one in found.problems] == [(3, column, code)]
    assert found.problems[0].todo
    assert [placed.said.name for placed in found.good] == ["Bo"]


def test_a_nameless_row_is_told():
    assert problems(a_row("", email="x@example.org")) == [(2, "Name", "name-missing")]


def test_all_faults_of_a_row_are_told_at_once():
    assert len(problems(a_row("", email="x", zone="y"))) == 3


def test_the_second_row_of_an_address_or_id_is_left_out():
    found = problems(
        a_row("Ada", id="1"),
        a_row("Ada2", email="ADA@example.org"),
        a_row("Bo", id="1"),
    )

    assert found == [(3, "Email", "email-twice"), (4, "ID", "id-twice")]


def test_an_unknown_organization_is_told_unless_it_may_be_created():
    rows = (a_row("Ada", organization="Northwind"),)

    assert problems(*rows, create_organizations=False) == [(2, "Organization", "organization-unknown")]
    assert checked(*rows).new_organizations == ("Northwind",)
    assert checked(*rows, known=Known(organizations=frozenset({"northwind"}))).new_organizations == ()


def test_managers_are_found_by_address_or_id_in_the_file_or_the_network():
    found = checked(
        a_row("Ada", id="1"),
        a_row("Bo", manager="1|ADA@example.org|old@example.org"),
        known=Known(by_email={"old@example.org": "per_old"}),
    )

    assert found.good[1].manager_ids == (person_id(NET, "id:1"), "per_old")


def test_a_circle_of_managers_is_named_and_left_out_whole():
    found = checked(
        a_row("Ada", manager="bo@example.org"),
        a_row("Bo", manager="cy@example.org"),
        a_row("Cy", manager="ada@example.org"),
        a_row("Di"),
    )

    assert [one.code for one in found.problems] == ["manager-circle"] * 3
    assert all(name in found.problems[0].reason for name in ("Ada", "Bo", "Cy"))
    assert [placed.said.name for placed in found.good] == ["Di"]


def test_a_line_deeper_than_any_house_is_left_out_from_there_on():
    rows = [a_row("P0")] + [a_row(f"P{n}", manager=f"p{n - 1}@example.org") for n in range(1, 60)]

    found = checked(*rows)

    assert len(found.good) == 51
    assert {one.code for one in found.problems} == {"line-too-deep"}


def test_being_ones_own_manager_is_a_circle():
    assert problems(a_row("Ada", manager="ada@example.org")) == [(2, "Manager", "manager-circle")]


def test_a_circle_through_people_the_network_knows_is_found():
    known = Known(
        by_email={"ada@example.org": "per_ada", "old@example.org": "per_old"}, lines={"per_old": ("per_ada",)}
    )

    assert problems(a_row("Ada", manager="old@example.org"), known=known) == [
        (2, "Manager", "manager-circle")
    ]


def test_who_reports_to_a_row_that_leaves_leaves_too():
    found = problems(
        a_row("Ada", zone="nowhere"),
        a_row("Bo", manager="ada@example.org"),
        a_row("Cy", manager="bo@example.org"),
    )

    assert found == [
        (2, "Zone", "zone-unknown"),
        (3, "Manager", "manager-unknown"),
        (4, "Manager", "manager-unknown"),
    ]


def test_a_known_person_keeps_their_id_and_may_change_address():
    known = Known(by_email={"ada@example.org": "per_ada"}, by_external_id={"1": "per_ada"})

    assert checked(a_row("Ada", email="new@example.org", id="1"), known=known).good[0].person_id == "per_ada"


def test_taking_somebody_elses_address_is_refused():
    known = Known(by_email={"ada@example.org": "per_ada"}, by_external_id={"2": "per_bo"})

    assert problems(a_row("Bo", email="ada@example.org", id="2"), known=known) == [
        (2, "Email", "address-taken")
    ]


def test_two_rows_that_mean_one_known_person_are_told():
    known = Known(by_email={"old@example.org": "per_ada"}, by_external_id={"1": "per_ada"})

    found = problems(
        a_row("Ada", email="new@example.org", id="1"), a_row("Ada", email="old@example.org"), known=known
    )

    assert found == [(3, "Email", "person-twice")]


def test_fifty_thousand_rows_are_checked_whole():
    rows = [a_row("P0", id="0")]
    rows += [
        a_row(f"P{number}", manager=f"p{(number - 1) // 6}@example.org", id=str(number))
        for number in range(1, 50_000)
    ]
    rows[777] = a_row("P777", zone="nowhere", id="777")

    found = checked(*rows)

    assert len(found.good) + len({one.row for one in found.problems}) == 50_000
    assert {one.code for one in found.problems} == {"zone-unknown", "manager-unknown"}
