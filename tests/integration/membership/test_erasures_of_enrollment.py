"""What is forgotten of enrollments, pledges and self-formed groups, and what a person takes along of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.kit.floor import Floor
from services.membership.domain.enrollments import apply, enroll
from services.membership.domain.groups import SelfFormed
from services.membership.domain.intakes import not_configured
from services.membership.domain.pledges import ask_pledge
from tests.builders.hearing import LONG_AGO, run_due
from tests.builders.identity import (
    ADA,
    NET,
    HandClock,
    a_network,
    a_person,
    an_open_sign_in,
    signed_in,
)
from tests.builders.remains import remains

BO = "per_bo"


@pytest.fixture
def clock():
    return HandClock(LONG_AGO)


@pytest.fixture
def floor(floor, mongo, clock, tmp_path):
    (tmp_path / "ledger").mkdir()
    return Floor(replace(floor.settings, ledger=tmp_path / "ledger"), client=mongo, clock=clock)


@pytest.fixture
def service(house, clock):
    """Ada applied, asked Bo, and founded a group Bo is invited to; Bo asked Ada for support."""
    service, now = house.service, clock.now()
    service.networks.add(a_network())
    service.accounts.ensure_for(NET, ADA, "ada@example.org")
    account = service.accounts.of_person(ADA)
    service.people.add(a_person(ADA, display_name="Ada", email="ada@example.org"))
    service.people.add(a_person(BO, display_name="Bo", email="bo@example.org"))
    opened = an_open_sign_in("tok_1", opened_at=now, account_id=account.id, proven_at=now)
    service.sign_ins.add(replace(opened, person_id=ADA, own_factor="password", token_hash="tok_1"))
    for person, supervisor in ((ADA, BO), (BO, ADA)):
        start, _ = enroll(NET, "prg_1", person)
        applied, _ = apply(start, {"expected_value": f"A canary of {person}"}, now)
        service.enrollments.add(replace(applied, pledge=ask_pledge(applied.pledge, supervisor, now)))
    service.intakes.add(replace(not_configured(NET, "prg_1"), seats=1, waiting=(ADA, BO)))
    service.groups.add(
        SelfFormed(
            "grp_1",
            NET,
            ADA,
            "Canary six",
            "training",
            "training",
            "Canary learning",
            LONG_AGO.date(),
            members=(ADA,),
            invited=(BO,),
        )
    )
    return service


@pytest.fixture
def forgotten(house, service, clock):
    house.ask("ask_erasure", signed_in(), key="k1")
    clock.turn(timedelta(hours=72))
    run_due(house, "erasures", "on_erasure_due", most=20)
    run_due(house, "enrollments", "on_enrollment_due", most=20)
    return service


def test_what_was_answered_and_whom_they_asked_is_gone_and_the_place_in_the_line_free(forgotten, floor):
    enrollment = forgotten.enrollments.of_person_in(NET, "prg_1", ADA)

    assert (enrollment.standing, dict(enrollment.answers)) == ("withdrawn", {})
    assert (enrollment.pledge.standing, enrollment.pledge.supervisor_id) == ("none", None)
    assert ADA not in forgotten.intakes.of_program(NET, "prg_1").waiting


def test_who_asked_them_for_support_keeps_that_they_asked_and_no_trace_of_whom(forgotten):
    theirs = forgotten.enrollments.of_person_in(NET, "prg_1", BO)

    assert (theirs.pledge.standing, theirs.pledge.supervisor_id) == ("asked", None)
    assert dict(theirs.answers) == {"expected_value": f"A canary of {BO}"}


def test_a_group_they_gathered_is_closed_and_without_its_words(forgotten, floor):
    group = forgotten.groups.get(NET, "grp_1")

    assert (group.standing, group.title, group.members) == ("closed", "", ())
    assert remains(floor, "Canary six", "Canary learning") == set()


def test_a_person_takes_along_what_they_answered_and_the_groups_they_founded(house, service):
    rows, after = [], None
    while not rows or after is not None:
        told = house.ask("export_mine", signed_in(), **({"after": after} if after else {}))
        rows, after = rows + told["data"], told["next"]
    by_kind = {row["kind"]: row for row in rows}

    assert by_kind["enrollment"]["answers"] == {"expected_value": f"A canary of {ADA}"}
    assert by_kind["enrollment"]["pledge"]["supervisor_id"] == BO
    assert by_kind["group"]["title"] == "Canary six"
