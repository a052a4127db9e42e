"""Secrets of a stack: random, readable by their owner alone, each process its own."""

from deploy.local.secret_files import LOGINS, write_secrets
from services.kit.sealing import Kek
from services.kit.settings import Settings


def test_nobody_but_the_owner_reads_a_secret(tmp_path):
    write_secrets(tmp_path)

    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("*/*")} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("*")} == {0o700}


def test_writing_again_keeps_what_is_there(tmp_path):
    write_secrets(tmp_path)
    before = contents(tmp_path)

    write_secrets(tmp_path)

    assert contents(tmp_path) == before


def test_passwords_and_keys_are_nobody_elses(tmp_path):
    write_secrets(tmp_path)
    own = [text for path, text in contents(tmp_path).items() if path.name != "link_key"]

    assert len(set(own)) == len(own)


def test_who_writes_links_and_who_reads_them_hold_the_same_key(tmp_path):
    write_secrets(tmp_path)

    assert len({path.read_text() for path in tmp_path.glob("*/link_key")}) == 1


def test_a_service_starts_with_the_secrets_made_for_it(tmp_path):
    write_secrets(tmp_path)

    settings = Settings(service="sessions", secrets=tmp_path / "sessions")

    assert Kek(settings.secret("kek")).first
    assert settings.secret("broker_password")


def test_every_login_has_its_directory(tmp_path):
    write_secrets(tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == set(LOGINS)


def contents(root):
    return {path: path.read_text() for path in root.glob("*/*")}
