"""Who may have a seat beside a program, until when, and what it opens."""

from datetime import UTC, datetime, timedelta

import pytest

from services.contracts.caller import Caller
from services.membership.domain import seats
from tests.builders.people import a_program, signed_in, staff

NOW = datetime(2027, 1, 5, 9, tzinfo=UTC)


def a_seat(person_id="per_ada", kind="adviser", until=None):
    return seats.Seat(person_id, kind, NOW, until)


def a_seating(*held):
    return seats.Seating("sea_1", "net_1", "prg_1", held)


def test_a_seat_given_again_changes_nothing_and_another_end_keeps_since_when():
    seating, facts = seats.give_seat(a_seating(), a_program(), a_seat(), NOW)
    again = seats.give_seat(seating, a_program(), a_seat(), NOW + timedelta(days=1))
    later = a_seat(until=NOW + timedelta(days=90))
    moved, told = seats.give_seat(seating, a_program(), later, NOW + timedelta(days=1))

    assert [(one.person_id, one.kind) for one in facts[0].seats] == [("per_ada", "adviser")]
    assert again == (seating, ())
    assert (moved.seats[0].since, moved.seats[0].until) == (NOW, later.until)
    assert told[0].seats[0].until == later.until


def test_a_seat_ends_by_itself_the_moment_it_says():
    seating = a_seating(a_seat(until=NOW + timedelta(hours=1)))

    assert seating.held_by("per_ada", NOW, "adviser")
    assert not seating.held_by("per_ada", NOW + timedelta(hours=1), "adviser")
    assert not seating.held_by("per_ada", NOW, "champion")


def test_an_end_in_the_past_is_refused_by_its_name():
    with pytest.raises(seats.SeatEndsInThePast) as refusal:
        seats.give_seat(a_seating(), a_program(), a_seat(until=NOW), NOW)

    assert refusal.value.errors == [{"pointer": "/until", "detail": "lies in the past"}]


@pytest.mark.parametrize(("form", "may"), [("committee", True), ("quality_circle", True), ("team", False)])
def test_results_go_out_of_committees_and_quality_circles_alone(form, may):
    given = (a_seating(), a_program(form=form), a_seat(kind="recipient"), NOW)

    if may:
        assert seats.give_seat(*given)[0].seats[0].kind == "recipient"
        return
    with pytest.raises(seats.NoResultsForOthers):
        seats.give_seat(*given)


def test_a_kind_of_seat_runs_out_and_the_others_do_not():
    full = a_seating(*(a_seat(f"per_{number}") for number in range(seats.MOST_OF_A_KIND)))

    with pytest.raises(seats.TooManySeats):
        seats.give_seat(full, a_program(), a_seat(), NOW)

    assert seats.give_seat(full, a_program(), a_seat(kind="champion"), NOW)[1]


def test_staff_advisers_and_champions_hear_how_it_does_and_nobody_else():
    seating = a_seating(a_seat(), a_seat("per_bo", "champion"), a_seat("per_cy", "recipient"))

    for caller in (staff(), signed_in("per_ada"), signed_in("per_bo")):
        assert seats.check_hears(caller, seating, NOW) == ("net_1", caller.person_id)
    assert seats.check_hears(signed_in("per_x", "net_1", "advisory_committee"), seating, NOW)
    for caller in (signed_in("per_cy"), signed_in("per_dee"), signed_in("per_dee", "net_1", "sponsor")):
        with pytest.raises(seats.NotBesideThisProgram):
            seats.check_hears(caller, seating, NOW)


def test_a_partner_system_hears_nothing_from_a_seat():
    with pytest.raises(Exception, match="sign in first"):
        seats.check_hears(Caller(kind="client", network="net_1", client_id="cli_1"), a_seating(), NOW)


def test_who_is_forgotten_has_no_seat_any_more_and_others_keep_theirs():
    seating = a_seating(a_seat(), a_seat("per_bo"))

    after, facts = seats.forget_seats(seating, "per_ada")

    assert [one.person_id for one in after.seats] == ["per_bo"]
    assert "per_ada" not in str(facts)
    assert seats.forget_seats(after, "per_ada") == (after, ())


def test_fewer_than_three_people_are_no_figure():
    assert [seats.at_least(number) for number in (0, 1, 2, 3)] == [0, None, None, 3]
