"""Backups: checked before they are brought back, and revisions that are newer than everything before."""

import json

import pytest

from deploy.tools.snapshot import BackupUnusable, check, revision_in


def test_a_restored_revision_is_newer_than_any_of_the_epoch_before():
    assert revision_in(1, 3) > revision_in(0, 2_000_000)


def test_within_an_epoch_revisions_keep_their_order():
    assert revision_in(2, 3) < revision_in(2, 4)


def test_restoring_again_moves_on_to_the_next_epoch():
    assert revision_in(2, revision_in(1, 7)) == revision_in(2, 7)


def test_a_backup_with_an_altered_file_is_refused(tmp_path):
    (tmp_path / "ct_sessions").mkdir()
    (tmp_path / "ct_sessions" / "sessions.bson").write_bytes(b"altered")
    piece = {"database": "ct_sessions", "collection": "sessions", "documents": 1, "sha256": "0" * 64}
    (tmp_path / "backup.json").write_text(json.dumps({"format": 1, "taken_at": "", "pieces": [piece]}))

    with pytest.raises(BackupUnusable, match=r"sessions\.bson"):
        check(tmp_path)


def test_a_directory_that_is_no_backup_is_refused(tmp_path):
    with pytest.raises(BackupUnusable, match=r"backup\.json"):
        check(tmp_path)
