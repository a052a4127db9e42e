"""Which note an ask owes the audit trail, and what stands in it: ids and words of ours, nothing else."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from services.contracts.audit import KINDS, Noted
from services.contracts.caller import Caller
from services.kit.context import RequestKey, Work, working
from services.kit.noting import written_note

NOON = datetime(2027, 1, 5, 12, 0, tzinfo=UTC)
STAFF = Caller("person", "net_1", "per_eve", roles=frozenset({"member", "program_staff"}))
MEMBER = Caller("person", "net_1", "per_ada", roles=frozenset({"member"}))


@dataclass(frozen=True)
class Room:
    id: str = "roo_1"
    network: str = "net_1"
    person_id: str = "per_bo"
    title: str = "What Bo is afraid of"
    standing: str = "open"
    seated: tuple = ({"person_id": "per_ada"}, {"person_id": "per_cy"})
    revision: int = 4


def note(noted, caller=STAFF, room=None, key="k1", store="room"):
    request = RequestKey(key, "") if key else None
    with working(Work(kind="ask", caller=caller, noted=noted, request=request, request_id="req_1")):
        entry = written_note(store, room or Room(), "sessions", NOON)
    return entry and entry["body"]


def test_an_ask_that_owes_no_note_leaves_none():
    assert note(None) is None


def test_a_note_names_who_acted_on_what_and_when_and_nothing_that_somebody_wrote():
    told = note(Noted("session_moved", ("person_id", "seated[].person_id"), "standing"))

    assert told["type"] == "commonthread.sessions.audit_noted"
    assert told["data"] | {"note_id": "aud_1"} == {
        "network": "net_1",
        "note_id": "aud_1",
        "kind": "session_moved",
        "at": "2027-01-05T12:00:00.000Z",
        "actor_kind": "person",
        "actor_id": "per_eve",
        "about": ["roo_1", "per_bo", "per_ada", "per_cy"],
        "word": "open",
        "request_id": "req_1",
    }


def test_the_same_request_again_leaves_the_same_note():
    first, again, other = (note(Noted("session_moved"), key=key) for key in ("k1", "k1", "k2"))

    assert first["subject"] == again["subject"] != other["subject"]


def test_what_is_noted_of_staff_is_not_noted_of_members():
    noted = Noted("session_moved", who="staff")

    assert note(noted, STAFF) is not None
    assert note(noted, MEMBER) is None
    assert note(noted, Caller("client", "net_1", client_id="cli_1")) is not None


def test_who_is_among_them_reads_their_own_cohort_and_is_not_noted():
    noted = Noted("cohort_read", unless_among=("seated[].person_id",))

    assert note(noted, MEMBER) is None
    assert note(noted, STAFF) is not None


def test_only_what_fits_is_noted_and_only_of_the_document_that_carries_it():
    assert note(Noted("token_reused", only=("standing", "ended"))) is None
    assert note(Noted("token_reused", only=("standing", "open"))) is not None
    assert note(Noted("signed_in", of="sign_in")) is None
    assert note(Noted("signed_in", of="sign_in"), store="sign_in") is not None


def test_who_just_signed_in_is_the_one_who_acted():
    told = note(Noted("signed_in", actor="person_id"), caller=Caller())

    assert (told["data"]["actor_kind"], told["data"]["actor_id"]) == ("person", "per_bo")


def test_what_belongs_to_no_network_is_noted_where_the_caller_is():
    assert note(Noted("own_factor_changed"), room=Room(network="installation"))["network"] == "net_1"
    nobody = note(Noted("own_factor_changed"), Caller(), Room(network="installation"))
    assert nobody["network"] == "installation"


def test_a_kind_that_is_not_on_the_list_cannot_be_noted():
    with pytest.raises(ValueError, match="knows no"):
        Noted("member_read_own_cohort")


def test_the_kinds_are_those_that_were_reviewed():
    """Security, administration, reads by staff and exports: nothing members do in their cohort."""
    assert not {kind for kind in KINDS if kind.startswith(("rsvp", "commitment", "agreement", "capsule"))}
    assert not [kind for kind, words in KINDS.items() if not words[0].isupper() or words.endswith(".")]
