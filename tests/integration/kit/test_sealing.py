"""Sealed text opens where it was sealed, for as long as its key lives."""

import base64
import secrets
import threading

import bson
import pytest

from services.kit.kek import Kek
from services.kit.sealing import SHARED, AuthorForgotten, SealBrokenError, Sealing
from services.kit.settings import SettingError
from tests.builders.shelves import NET, SealedShelves, a_shelf

CANARY = "CANARY-4711 what was said in confidence"


def a_line(name="k1"):
    return f"{name}:{base64.b64encode(secrets.token_bytes(32)).decode()}"


@pytest.fixture
def keys(either_floor):
    return either_floor.client[either_floor.settings.keys_database]["keys"]


@pytest.fixture
def sealing(keys):
    sealing = Sealing(keys, Kek(a_line()))
    sealing.prepare()
    return sealing


PLACE = {"network": NET, "collection": "sessions", "id": "ses_1", "field": "capsule"}


def sealed_by(sealing, value=CANARY, cohort="coh_1", author="per_ada", **more):
    return sealing.seal(value, cohort=cohort, author=author, **PLACE | more)


@pytest.mark.parametrize("value", [CANARY, "", 4, None, [1, "two"], {"scale": 5}, "日本語 — ünï"])
def test_what_was_sealed_opens(sealing, value):
    assert sealing.unseal(sealed_by(sealing, value), **PLACE) == value


@pytest.mark.parametrize(
    "moved",
    [{"network": "net_2"}, {"collection": "notes"}, {"id": "ses_2"}, {"field": "other"}, {"shape": 2}],
)
def test_a_value_moved_elsewhere_does_not_open(sealing, moved):
    sealed = sealed_by(sealing)

    with pytest.raises(SealBrokenError):
        sealing.unseal(sealed, **PLACE | moved)


def test_an_altered_value_does_not_open_at_any_byte(sealing):
    sealed = sealed_by(sealing)

    for at in (0, 32, 40, 60, len(sealed) - 1):
        altered = bytes(sealed[:at]) + bytes([sealed[at] ^ 1]) + bytes(sealed[at + 1 :])
        with pytest.raises(SealBrokenError):
            sealing.unseal(altered, **PLACE)


@pytest.mark.parametrize("rubbish", [b"", b"\x01", b"\x02" * 100])
def test_what_was_never_sealed_does_not_open(sealing, rubbish):
    with pytest.raises(SealBrokenError):
        sealing.unseal(rubbish, **PLACE)


def test_texts_of_like_length_are_of_equal_length_when_sealed(sealing):
    answers = {len(sealed_by(sealing, answer, pad=64)) for answer in ("1", "yes", "rather not to say")}
    texts = {len(sealed_by(sealing, "x" * length)) for length in (1, 60, 100)}

    assert len(answers) == len(texts) == 1


def test_the_same_text_is_sealed_differently_each_time(sealing):
    assert sealed_by(sealing) != sealed_by(sealing)


def test_forgetting_an_author_destroys_their_words_and_nobody_elses(sealing):
    hers, his = sealed_by(sealing, author="per_ada"), sealed_by(sealing, author="per_bo")

    assert sealing.forget(NET, "per_ada") == 1

    assert sealing.unseal(hers, **PLACE) is None
    assert sealing.unseal(his, **PLACE) == CANARY


def test_forgetting_a_cohort_destroys_what_it_shared_too(sealing):
    shared = sealed_by(sealing, author=SHARED)
    elsewhere = sealed_by(sealing, author=SHARED, cohort="coh_2")

    sealing.forget_cohort(NET, "coh_1")

    assert sealing.unseal(shared, **PLACE) is None
    assert sealing.unseal(elsewhere, **PLACE) == CANARY


def test_an_erased_key_is_gone_in_every_process_within_seconds(keys):
    now = [0.0]
    line = a_line()
    here, there = Sealing(keys, Kek(line)), Sealing(keys, Kek(line), clock=lambda: now[0])
    sealed = sealed_by(here)
    assert there.unseal(sealed, **PLACE) == CANARY

    here.forget(NET, "per_ada")
    now[0] = 5.0

    assert there.unseal(sealed, **PLACE) is None


@pytest.mark.parametrize("forget", ["author", "cohort"])
def test_nothing_more_is_sealed_in_the_name_of_who_was_forgotten(keys, forget):
    now = [0.0]
    line = a_line()
    here, there = Sealing(keys, Kek(line)), Sealing(keys, Kek(line), clock=lambda: now[0])
    sealed_by(there)

    here.forget(NET, "per_ada") if forget == "author" else here.forget_cohort(NET, "coh_1")
    now[0] = 5.0

    for sealing in (here, there):
        with pytest.raises(AuthorForgotten):
            sealed_by(sealing)
    assert keys.count_documents({}) == 0


def test_forgetting_one_author_leaves_all_others_their_words(sealing):
    sealed = sealed_by(sealing, author="per_bo"), sealed_by(sealing, network="net_2")

    sealing.forget(NET, "per_ada")

    assert sealing.unseal(sealed[0], **PLACE) == CANARY
    assert sealing.unseal(sealed[1], **PLACE | {"network": "net_2"}) == CANARY


def test_two_processes_that_seal_for_one_author_first_agree_on_the_key(floor):
    keys, line = floor.client[floor.settings.keys_database]["keys"], a_line()
    Sealing(keys, Kek(line)).prepare()
    barrier, sealed = threading.Barrier(4), []

    def seal():
        barrier.wait()
        sealed.append(sealed_by(Sealing(keys, Kek(line))))

    threads = [threading.Thread(target=seal) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert keys.count_documents({}) == 1
    assert [Sealing(keys, Kek(line)).unseal(each, **PLACE) for each in sealed] == [CANARY] * 4


def test_after_rewrapping_the_old_line_may_go(keys):
    old, new = a_line("k1"), a_line("k2")
    sealed = sealed_by(Sealing(keys, Kek(old)))

    assert Sealing(keys, Kek(f"{new}\n{old}")).wrapped.rewrap() == (1, 0)

    assert Sealing(keys, Kek(new)).unseal(sealed, **PLACE) == CANARY
    Sealing(keys, Kek(new)).wrapped.check()


def test_a_lost_or_foreign_key_file_is_noticed_by_the_check(keys):
    sealed_by(Sealing(keys, Kek(a_line("k1"))))

    with pytest.raises(SealBrokenError):
        Sealing(keys, Kek(a_line("k2"))).wrapped.check()
    with pytest.raises(SealBrokenError):
        Sealing(keys, Kek(a_line("k1"))).wrapped.check()


@pytest.mark.parametrize(
    "text",
    ["", "k1", "k1:", "k1:c2hvcnQ=", f"{a_line('k1')}\n{a_line('k1')}"],
    ids=["empty", "no key", "empty key", "short", "named twice"],
)
def test_a_malformed_key_file_stops_the_start(text):
    with pytest.raises(SettingError, match="kek"):
        Kek(text)


def test_a_fingerprint_names_a_text_under_one_authors_key_only(sealing):
    def named(**more):
        whose = {"network": NET, "cohort": "coh_1", "author": "per_ada", "purpose": "answers"} | more
        return sealing.fingerprint("qst_1", **whose)

    assert named() == named()
    assert len({named(), named(author="per_bo"), named(cohort="coh_2"), named(purpose="search")}) == 4


def test_neither_data_nor_keys_nor_the_oplog_hold_the_text(floor):
    shelves = SealedShelves(floor)
    shelves.prepare()
    shelves.add(a_shelf(secret=CANARY))

    written = [*shelves.documents.find(), *floor.client[floor.settings.keys_database]["keys"].find()]
    spaces = {"ns": {"$regex": f"^{floor.settings.database}"}}
    written += floor.client["local"]["oplog.rs"].find(spaces, batch_size=100)

    assert len(written) >= 4
    assert not any(b"CANARY" in bson.encode(each) for each in written)
