"""Rosters as people really send them, and as nobody should, through the running gateway."""

import secrets

import pytest

from deploy.tools.api import ApiProblem, await_that

HEADER = "Name,Email,Organization,Manager,Zone,Years,ID"
MANY = 50_000


@pytest.fixture(scope="module")
def admin(story):
    story.seen.admin.get("/v1/me")
    return story.seen.admin


def a_row(name, manager="", **cells):
    given = {
        "email": f"{name.lower()}@roster.example",
        "organization": "Roster",
        "zone": "",
        "years": "",
    } | cells
    return f"{name},{given['email']},{given['organization']},{manager},{given['zone']},{given['years']},"


def imported(admin, *rows, header=HEADER, text=None, **how):
    """Import rows, or a whole text; return how the import ended and its problems as (row, column, code)."""
    asked = {"text": text or "\n".join((header, *rows)), "create_organizations": True, "dry_run": True} | how
    started = admin.post("/v1/imports", asked)
    path = f"/v1/imports/{started['id']}"
    ended = await_that(lambda: _ended(admin, path), "the end of the import", 240)
    problems = admin.every(f"{path}/problems")
    return ended, [(one["row"], one["column"], one["code"]) for one in problems]


def _ended(admin, path):
    shown = admin.get(path)
    return shown if shown["standing"] in ("checked", "refused", "done") else None


def people_of(admin):
    return {one["id"]: one for one in admin.every("/v1/people")}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_byte_order_mark_and_other_separators_do_not_matter(admin, separator):
    text = "\ufeff" + "\r\n".join((HEADER, a_row("Ada"), a_row("Bo", "ada@roster.example")))

    ended, problems = imported(admin, text=text.replace(",", separator))

    assert (ended["standing"], ended["good"], problems) == ("checked", 2, [])


FAULTY = {
    "a wrong address": ((a_row("Ada", email="ada"),), [(2, "Email", "email-wrong")]),
    "an operator as address": ((a_row("Ada", email='{"$gt": ""}'),), [(2, "Email", "email-wrong")]),
    "an unknown zone": ((a_row("Ada", zone="Mars/Base"),), [(2, "Zone", "zone-unknown")]),
    "years in words": ((a_row("Ada", years="ten"),), [(2, "Years", "years-wrong")]),
    "an unknown manager": ((a_row("Ada", "who@roster.example"),), [(2, "Manager", "manager-unknown")]),
    "two who answer to each other": (
        (a_row("Ada", "bo@roster.example"), a_row("Bo", "ada@roster.example")),
        [(2, "Manager", "manager-circle"), (3, "Manager", "manager-circle")],
    ),
    "one address twice": (
        (a_row("Ada"), a_row("Adam", email="ADA@roster.example")),
        [(3, "Email", "email-twice")],
    ),
    "a control character": (
        (a_row("A\x07da", email="a@roster.example"),),
        [(2, "Name", "control-character")],
    ),
    "a name too long": ((a_row("A" * 201, email="a@roster.example"),), [(2, "Name", "too-long")]),
}


@pytest.mark.parametrize("case", FAULTY.values(), ids=FAULTY.keys())
def test_each_fault_is_named_by_row_and_column_and_refuses_the_whole(admin, case):
    rows, expected = case
    before = people_of(admin)

    ended, problems = imported(admin, *rows, a_row("Zoe"), dry_run=False)

    assert (ended["standing"], ended["added"], problems) == ("refused", 0, expected)
    assert people_of(admin) == before


def test_in_part_what_is_right_is_taken_and_what_is_wrong_is_listed(admin):
    tag = secrets.token_hex(4)
    rows = (
        a_row("'=HYPERLINK(1)", email=f"f.{tag}@roster.example", organization=f"Roster {tag}"),
        a_row("Bo", email="bo"),
        a_row("<b>Cy</b> {{7*7}}", email=f"c.{tag}@roster.example", organization=f"Roster {tag}"),
    )

    ended, problems = imported(admin, *rows, mode="partial", dry_run=False)

    assert (ended["standing"], ended["added"], ended["skipped"]) == ("done", 2, 1)
    assert problems == [(3, "Email", "email-wrong")]
    names = {one["email"]: one["display_name"] for one in people_of(admin).values() if tag in one["email"]}
    assert names == {
        f"f.{tag}@roster.example": "=HYPERLINK(1)",
        f"c.{tag}@roster.example": "<b>Cy</b> {{7*7}}",
    }


UNREADABLE = {
    "no people": HEADER,
    "one column": "Notes\nhello",
    "a column twice": "Name,Name,Email\nA,B,a@roster.example",
    "more cells than columns": "Name,Email\nAda,ada@roster.example,more",
    "quotes that never end": 'Name,Email\n"Ada,ada@roster.example\n',
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_is_no_roster_is_refused_with_a_reason(admin, text):
    before = people_of(admin)

    ended, _ = imported(admin, text=text, dry_run=False)

    assert ended["standing"] == "refused"
    assert ended["reason"]
    assert people_of(admin) == before


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"text": "Name,Email\nA\0,a@roster.example"}, "/text"),
        ({"text": "Name\nA", "mapping": {"$where": "email"}}, "/mapping/$where"),
        ({"text": "Name\nA", "mode": "half"}, "/mode"),
        ({"text": ""}, "/text"),
    ],
)
def test_what_cannot_be_an_import_is_refused_at_once(admin, body, pointer):
    with pytest.raises(ApiProblem) as refused:
        admin.post("/v1/imports", body)

    assert refused.value.status == 422
    assert [error["pointer"] for error in refused.value.errors] == [pointer]


def test_a_column_that_is_mapped_to_nothing_we_know_is_refused_with_its_name(admin):
    ended, _ = imported(admin, a_row("Ada"), mapping={"Zone": "planet"})

    assert ended["standing"] == "refused"
    assert "Zone" in ended["reason"] or "planet" in ended["reason"]


def test_fifty_thousand_rows_are_checked_and_one_more_is_refused(admin):
    rows = [a_row(f"P{number}", "p0@roster.example" if number else "") for number in range(MANY)]

    ended, problems = imported(admin, *rows)
    more, _ = imported(admin, *rows, a_row("One"))

    assert (ended["standing"], ended["rows"], ended["good"], problems) == ("checked", MANY, MANY, [])
    assert more["standing"] == "refused"
    assert str(MANY) in more["reason"]
