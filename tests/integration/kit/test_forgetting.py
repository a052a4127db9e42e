"""Forgetting one author in one service: begun once, resumed, confirmed, and met by what comes late."""

from dataclasses import dataclass
from typing import ClassVar

import pytest

from services.contracts.events import Fact
from services.kit.clock import WallClock
from services.kit.copies import Copies
from services.kit.forgetting import FORGOTTEN, ask_to_forget, forget
from services.kit.forgettings import Forgettings
from services.kit.letters import DeadLetters
from services.kit.wire import Delivery
from tests.builders.events import an_envelope, as_bytes
from tests.builders.shelves import NET, SealedShelves, a_shelf, asking

CLOCK = WallClock()
ADA = "per_ada"


@dataclass(frozen=True)
class Gone(Fact):
    source: ClassVar[str] = "sessions"
    aggregate: ClassVar[str] = "sessions_erasure"
    subject_field: ClassVar[str] = "erasure_id"
    erasure_id: str
    person_id: str
    standing: str


def gone(done):
    return Gone(done.network, done.id, done.author, done.standing)


@pytest.fixture
def forgettings(floor):
    store = Forgettings(floor)
    store.prepare()
    return store


@pytest.fixture
def letters(floor):
    return DeadLetters(floor.database["dead_letters"], floor.settings.secret("etag_key"))


def outbox(forgettings):
    return [entry for each in forgettings.documents.find() for entry in each["outbox"]]


def a_letter(name="cohort_formed", id="evt_1", **more):
    headers = {"x-death": [{"queue": f"evt-membership-{name}--sessions.on_cohort", "reason": "rejected"}]}
    body = as_bytes(an_envelope(name, id=id, network=NET, **more))
    properties = {"message_id": id, "user_id": "membership", "application_headers": headers}
    return Delivery(None, 1, False, "", "dead-sessions", properties, body, None)


def test_all_steps_are_done_and_it_is_announced_in_the_write_that_ends_it(forgettings):
    ask_to_forget("era_1", NET, ADA, forgettings, CLOCK)
    done = []

    forget("era_1", NET, forgettings, [lambda *whom: done.append(whom)], gone, CLOCK)

    assert done == [(NET, ADA)]
    assert forgettings.get(NET, "era_1").standing == FORGOTTEN
    assert len(outbox(forgettings)) == 1


def test_a_step_that_fails_leaves_it_due(forgettings):
    ask_to_forget("era_1", NET, ADA, forgettings, CLOCK)

    with pytest.raises(RuntimeError):
        forget("era_1", NET, forgettings, [broken], gone, CLOCK)

    assert forgettings.get(NET, "era_1").due
    assert outbox(forgettings) == []


def broken(*_):
    raise RuntimeError


def test_asked_again_it_is_done_and_told_again(forgettings):
    for _ in range(2):
        ask_to_forget("era_1", NET, ADA, forgettings, CLOCK)
        forget("era_1", NET, forgettings, [], gone, CLOCK)

    assert len(outbox(forgettings)) == 2


def test_whoever_is_being_forgotten_is_known_to_listeners_from_the_first_moment(forgettings):
    ask_to_forget("era_1", NET, ADA, forgettings, CLOCK)

    assert forgettings.among(NET, [ADA, "per_bo"]) == {ADA}
    assert forgettings.among("net_2", [ADA]) == frozenset()


def test_dead_letters_that_name_the_forgotten_are_gone_and_no_others(forgettings, letters):
    letters.keep(a_letter(data={"cohort_id": "coh_1", "signed_by": [ADA]}), "sessions")
    letters.keep(a_letter(id="evt_2"), "sessions")

    ask_to_forget("era_1", NET, ADA, forgettings, CLOCK)
    forget("era_1", NET, forgettings, [], gone, CLOCK)

    assert [each["event_id"] for each in letters.listing()["data"]] == ["evt_2"]


def test_a_letter_that_dies_after_it_named_somebody_forgotten_is_not_kept(forgettings, letters):
    ask_to_forget("era_1", NET, ADA, forgettings, CLOCK)

    letters.keep(a_letter(data={"signed_by": [ADA]}), "sessions")

    assert letters.listing()["data"] == []


def test_a_recorded_answer_that_was_forgotten_is_made_anew(floor):
    shelves = SealedShelves(floor)
    shelves.prepare()
    with asking():
        shelves.add(a_shelf(label="names Ada"))
    (held,) = shelves.documents.find()

    assert shelves.forget_answers(NET, {}) == 1

    (after,) = shelves.documents.find()
    assert "sealed" in held["answers"][0]
    assert (len(after["requests"]), after["answers"]) == (1, [])
    assert after["revision"] == held["revision"]


class Cohorts(Copies):
    collection = "copied_cohorts"
    people_in = ("roster", "facilitators")


def a_roster(*people):
    return [
        {"person_id": one, "display_name": one, "organization_id": None, "zone": "UTC", "standing": "member"}
        for one in people
    ]


def test_a_copy_forgets_one_name_and_keeps_its_version_and_everybody_else(floor):
    cohorts = Cohorts(floor)
    cohorts.put(NET, "coh_1", 4, {"roster": a_roster(ADA, "per_bo"), "facilitators": a_roster(ADA)})

    assert cohorts.unname(NET, ADA) == 2

    held = cohorts.get(NET, "coh_1")
    assert held["version"] == 4
    assert [one["display_name"] for one in held["roster"]] == ["", "per_bo"]
    assert [one["standing"] for one in (*held["roster"], *held["facilitators"])] == ["left", "member", "left"]


def test_a_copy_that_is_forgotten_is_a_tombstone_at_its_version(floor):
    contacts = Copies(floor, "copied_contacts")
    contacts.put(NET, ADA, 4, {"email": "ada@example.org"})

    contacts.forget(NET, ADA, CLOCK.now())

    assert contacts.get(NET, ADA) is None
    assert contacts.version(NET, ADA) == 4
    assert not contacts.put(NET, ADA, 4, {"email": "ada@example.org"})
    assert "email" not in contacts.documents.find_one()
