"""The smallest way out of a conflict of status: one moves, else two change places, else somebody waits."""

from services.membership.domain.line_conflicts import find_conflicts
from services.membership.domain.reporting import above
from services.membership.domain.resolutions import Ground, Move, Table, propose

NAMES = {name: name.title() for name in ("ada", "boss", "mid", "cy", "dee", "eve", "fay", "gus", "hal")}
MONDAY, TUESDAY = 0b1, 0b10


def a_table(id, *members, leaders=()):
    return Table(id, id.title(), members, leaders)


def a_ground(lines=None, low=2, high=4, starts=None, leaders=()):
    ancestors = above(lines or {"ada": ("mid",), "mid": ("boss",)})
    return Ground(ancestors, starts or {}, low, high, NAMES, leaders)


def moves(resolution):
    return [(move.person_id, move.to_cohort) for move in resolution.moves]


def test_a_cohort_without_a_conflict_needs_no_way_out():
    assert propose(a_table("own", "ada", "cy"), [a_table("next", "dee")], a_ground()) == ()


def test_where_there_is_room_one_of_the_two_moves_and_the_reason_is_said():
    own = a_table("own", "ada", "boss", "cy")

    first, *_ = propose(own, [a_table("next", "dee", "eve")], a_ground())

    assert moves(first) == [("ada", "next")]
    assert first.why == (
        "Ada moves to Next: it has 2 members of at most 4, nobody of it is in a line with Ada, "
        "and 672 starts a week suit everyone",
    )


def test_where_sizes_leave_no_room_two_change_places():
    own = a_table("own", "ada", "boss")

    first, *_ = propose(own, [a_table("next", "dee", "eve")], a_ground(low=2, high=2))

    assert len(first.moves) == 2
    assert {move.to_cohort for move in first.moves} == {"own", "next"}


def test_no_way_out_leads_into_another_conflict():
    own = a_table("own", "ada", "boss", "cy")
    others = [a_table("next", "mid", "dee"), a_table("far", "eve", "fay", leaders=("mid",))]

    ways = propose(own, others, a_ground())

    assert ways
    for way in ways:
        for table in (own, *others):
            here = [one for one in table.members if (one, table.cohort_id) not in left(way)]
            here += [move.person_id for move in way.moves if move.to_cohort == table.cohort_id]
            assert find_conflicts(here, table.facilitators, a_ground().ancestors) == ()


def left(way):
    return {(move.person_id, move.from_cohort) for move in way.moves}


def test_nobody_is_moved_to_where_they_cannot_come():
    own, free = a_table("own", "ada", "boss", "cy"), a_table("next", "dee", "eve")
    starts = {"ada": MONDAY, "boss": MONDAY, "cy": MONDAY, "dee": TUESDAY, "eve": TUESDAY}

    (first, *_) = propose(own, [free], a_ground(starts=starts))

    assert moves(first) == [("ada", None)]


def test_whoever_is_over_several_members_is_the_one_to_move():
    lines = {"ada": ("boss",), "cy": ("boss",), "dee": ("boss",)}

    first, *_ = propose(a_table("own", "ada", "boss", "cy", "dee"), [a_table("next", "eve")], a_ground(lines))

    assert moves(first) == [("boss", "next")]


def test_two_lines_without_a_common_end_take_two_people():
    lines = {"ada": ("boss",), "cy": ("mid",)}

    (way,) = propose(
        a_table("own", "ada", "boss", "cy", "mid", "dee"),
        [a_table("next", "eve"), a_table("far", "fay")],
        a_ground(lines, high=5),
    )[:1]

    assert len(way.moves) == 2


def test_who_leads_in_a_line_is_replaced_by_the_neutral_one_with_least_to_do():
    own = a_table("own", "ada", "cy", leaders=("boss", "gus"))

    (way,) = propose(own, [], a_ground(leaders=("mid", "hal", "fay")))

    assert way.moves == ()
    assert way.facilitators == ("gus", "hal")
    assert "Hal leads from now on" in way.why[0]


def test_nobody_to_lead_is_said_and_not_passed_over():
    (way,) = propose(a_table("own", "ada", "cy", leaders=("boss",)), [], a_ground())

    assert way.facilitators == ()
    assert way.why[0].startswith("nobody who holds the role facilitator is neutral here")


def test_a_move_says_where_from():
    (way, *_) = propose(a_table("own", "ada", "boss", "cy"), [a_table("next", "dee")], a_ground())

    assert way.moves == (Move("ada", "own", "next"),)
