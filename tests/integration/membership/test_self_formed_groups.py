"""Self-formed groups over a real MongoDB: purpose, kind, people; the rules of every cohort; formed once."""

import pytest

from services.kit.clock import WallClock
from services.kit.due import Runner
from services.kit.outcomes import RemoteRefusal
from tests.builders.people import NET, signed_in, somebody

NAMES = ("ada", "bo", "cy", "dan", "eve", "finn")
WISHED = {"title": "Friday six", "purpose": "problem_solving", "kind": "coaching", "learns": "To ask first."}


@pytest.fixture
def clock():
    """What is due is due by the database's clock."""
    return WallClock()


@pytest.fixture
def service(house):
    for name in (*NAMES, "gus", "hal", "ida"):
        house.service.people.add(somebody(f"per_{name}"))
    return house.service


@pytest.fixture
def ask(house, service):
    number = iter(range(1000))

    def ask_as(name, what, **said):
        key = None if what.startswith(("show", "list")) else f"k{next(number)}"
        return house.ask(what, caller=signed_in(f"per_{name}"), key=key, **said)

    return ask_as


@pytest.fixture
def settle(service):
    return lambda: Runner(service.groups, service.on_group_due).run_all()


def founded(ask, **wishes):
    return ask("ada", "found_group", **(WISHED | {"is_open": True} | wishes))["id"]


def full(ask, group):
    for name in NAMES[1:]:
        ask(name, "join_group", group_id=group)


def refused(ask, name, what, **said):
    with pytest.raises(RemoteRefusal) as no:
        ask(name, what, **said)
    return no.value


def change(service, name, **fields):
    person = service.people.get(NET, f"per_{name}")
    service.people.save(type(person)(**(vars(person) | fields)))


def test_six_people_form_a_group_that_is_led_by_its_members(ask, settle, service):
    group = founded(ask)
    full(ask, group)
    forming = ask("ada", "form_group", group_id=group)
    settle()
    shown = ask("bo", "show_group", group_id=group)
    cohort = service.cohorts.get(NET, shown["cohort_id"])
    program = service.programs.get(NET, cohort.program_id)

    assert forming["standing"] == "forming"
    assert shown["standing"] == "formed"
    assert (cohort.display_name, cohort.form) == ("Friday six", "self_coaching")
    assert cohort.member_ids() == {f"per_{name}" for name in NAMES}
    assert [one.person_id for one in cohort.facilitators] == ["per_ada"]
    assert program.standing == "running"
    assert service.enrollments.holders(NET, program.id) == sorted(f"per_{name}" for name in NAMES)


def test_forming_again_after_a_crash_makes_nothing_twice(ask, settle, service):
    group = founded(ask)
    full(ask, group)
    ask("ada", "form_group", group_id=group)
    document = service.groups.documents.find_one({})
    settle()
    service.groups.documents.replace_one({"_id": group}, document)
    settle()

    assert service.cohorts.documents.count_documents({}) == 1
    assert service.programs.documents.count_documents({}) == 1
    assert service.enrollments.documents.count_documents({}) == 6


def test_nobody_joins_with_who_is_above_them_at_any_depth_and_nobody_is_named(ask, service):
    group = founded(ask)
    change(service, "bo", managers=("per_ida",))
    change(service, "ida", managers=("per_ada",))
    no = refused(ask, "bo", "join_group", group_id=group)

    assert no.code == "hard-rule-broken"
    assert "per_" not in no.message
    assert ask("ada", "show_group", group_id=group)["size"] == 1


def test_a_line_that_came_after_joining_keeps_the_group_from_being_formed(ask, service):
    group = founded(ask)
    full(ask, group)
    change(service, "bo", managers=("per_ada",))

    assert refused(ask, "ada", "form_group", group_id=group).code == "hard-rule-broken"


def test_a_line_that_came_at_the_last_moment_has_it_gather_again(ask, settle, service):
    group = founded(ask)
    full(ask, group)
    ask("ada", "form_group", group_id=group)
    change(service, "bo", managers=("per_ada",))
    settle()

    assert ask("ada", "show_group", group_id=group)["standing"] == "gathering"
    assert service.cohorts.documents.count_documents({}) == 0


def test_who_can_meet_at_no_hour_of_the_others_cannot_join(ask, service):
    group = founded(ask)
    night = type(somebody("per_x").weekly_hours[0])(6, 0, 180)
    change(service, "bo", weekly_hours=(night,))

    assert refused(ask, "bo", "join_group", group_id=group).code == "no-common-start"


def test_a_group_of_its_own_is_seen_by_those_invited_alone(ask):
    group = founded(ask, is_open=False)
    before = refused(ask, "bo", "show_group", group_id=group)
    none = refused(ask, "bo", "show_group", group_id="grp_none")
    ask("ada", "invite_to_group", group_id=group, person_id="per_bo")
    invited = ask("bo", "show_group", group_id=group)
    joined = ask("bo", "join_group", group_id=group)

    assert (before.kind, before.code, before.message) == (none.kind, none.code, none.message)
    assert (invited["relation"], invited["kit"]) == ("invited", None)
    assert joined["relation"] == "member"
    assert [one["id"] for one in ask("cy", "list_groups")["data"]] == []


def test_the_program_of_a_group_of_its_own_does_not_tell_its_title(ask, settle, service):
    group = founded(ask, is_open=False)
    for name in NAMES[1:]:
        ask("ada", "invite_to_group", group_id=group, person_id=f"per_{name}")
    full(ask, group)
    ask("ada", "form_group", group_id=group)
    settle()

    assert "Friday" not in str(service.programs.documents.find_one({}))


def test_who_is_not_in_it_reads_no_names_and_no_kit(ask):
    group = founded(ask)
    shown = ask("bo", "show_group", group_id=group)

    assert (shown["size"], shown["members"], shown["kit"]) == (1, [], None)
    assert "Friday six" in ask("ada", "show_group", group_id=group)["kit"]["invitation"]


@pytest.mark.parametrize(
    ("who", "what", "code"),
    [
        ("ada", "form_group", "group-too-small"),
        ("bo", "form_group", "founder-only"),
        ("bo", "leave_group", "no-such-group"),
    ],
)
def test_what_a_group_cannot_do_is_refused(ask, who, what, code):
    group = founded(ask)

    assert refused(ask, who, what, group_id=group).code == code


def test_the_ninth_does_not_fit(ask):
    group = founded(ask)
    full(ask, group)
    for name in ("gus", "hal"):
        ask(name, "join_group", group_id=group)

    assert refused(ask, "ida", "join_group", group_id=group).code == "group-full"


def test_a_fourth_group_at_a_time_is_one_too_many(ask):
    for _ in range(3):
        founded(ask)

    assert refused(ask, "ada", "found_group", **WISHED).code == "too-many-groups"


def test_where_its_founder_leaves_a_group_is_closed(ask):
    group = founded(ask)
    ask("bo", "join_group", group_id=group)

    assert ask("ada", "leave_group", group_id=group)["standing"] == "closed"
    assert refused(ask, "cy", "join_group", group_id=group).code == "no-such-group"


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"title": ""}, "/title"),
        ({"purpose": "fun"}, "/purpose"),
        ({"kind": "choir"}, "/kind"),
        ({"learns": ""}, "/learns"),
        ({"starts_on": "2001-01-01"}, "/starts_on"),
    ],
)
def test_what_a_group_cannot_be_is_refused_by_name(ask, service, wrong, pointer):
    no = refused(ask, "ada", "found_group", **(WISHED | wrong))

    assert [error["pointer"] for error in no.errors] == [pointer]
    assert service.groups.documents.count_documents({}) == 0
