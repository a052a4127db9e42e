"""One instant of several databases, taken while they are written to."""

import threading

import pytest

from deploy.tools import snapshot

NAMES = ("ct_sessions", "ct_feedback", "ct_sessions_keys")


@pytest.fixture
def client(ground):
    with ground.database.client("operator") as client:
        for name in NAMES:
            for collection in client[name].list_collection_names():
                client[name].drop_collection(collection)
        yield client


def test_a_backup_holds_one_instant_while_writes_go_on(client, tmp_path):
    client["ct_sessions"]["first"].insert_one({"_id": 0, "count": 0})
    client["ct_feedback"]["second"].insert_one({"_id": 0, "count": 0})
    with counting(client):
        snapshot.take(client, NAMES, tmp_path / "backup", lambda _: None)

    snapshot.bring_back(client, tmp_path / "backup", snapshot.check(tmp_path / "backup"), lambda _: None)

    first = client["ct_sessions"]["first"].find_one()["count"]
    second = client["ct_feedback"]["second"].find_one()["count"]
    assert first - second in (0, 1)


def test_what_came_after_the_backup_is_gone_after_the_restore(client, tmp_path):
    client["ct_sessions"]["kept"].insert_one({"_id": "before", "revision": 1})
    snapshot.take(client, NAMES, tmp_path / "backup", lambda _: None)
    client["ct_sessions"]["kept"].insert_one({"_id": "after", "revision": 1})
    client["ct_sessions"]["later"].insert_one({"_id": "after"})

    snapshot.bring_back(client, tmp_path / "backup", snapshot.check(tmp_path / "backup"), lambda _: None)

    assert [one["_id"] for one in client["ct_sessions"]["kept"].find()] == ["before"]
    assert client["ct_sessions"]["later"].find_one() is None


def test_restored_revisions_are_newer_than_any_that_were_announced_since(client, tmp_path):
    kept = client["ct_sessions"]["kept"]
    kept.insert_one({"_id": "a", "revision": 4})
    snapshot.take(client, NAMES, tmp_path / "backup", lambda _: None)
    kept.update_one({"_id": "a"}, {"$set": {"revision": 9}})

    for _ in range(2):  # the second time the first restore is itself what came since
        before = kept.find_one({"_id": "a"})["revision"]
        snapshot.bring_back(client, tmp_path / "backup", snapshot.check(tmp_path / "backup"), lambda _: None)
        assert kept.find_one({"_id": "a"})["revision"] > before


def test_keys_lie_beside_the_backup_and_not_in_it(client, tmp_path):
    client["ct_sessions_keys"]["keys"].insert_one({"_id": "key_1", "wrapped": b"secret"})

    snapshot.take(client, NAMES, tmp_path / "backup", lambda _: None)

    assert not list((tmp_path / "backup").glob("*_keys"))
    assert (tmp_path / "backup.keys" / "ct_sessions_keys" / "keys.bson").stat().st_mode & 0o077 == 0


class counting:  # noqa: N801 - reads as a phrase
    """Counts in both databases, first then second, until it is left."""

    def __init__(self, client):
        self._client, self._over = client, threading.Event()
        self._thread = threading.Thread(target=self._count)

    def __enter__(self):
        self._thread.start()

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def _count(self):
        while not self._over.is_set():
            for database, collection in (("ct_sessions", "first"), ("ct_feedback", "second")):
                self._client[database][collection].update_one({"_id": 0}, {"$inc": {"count": 1}})
