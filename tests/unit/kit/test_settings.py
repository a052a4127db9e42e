"""A process that is told wrong does not start, and says which variable or file is wrong."""

import pytest

from services.kit.settings import Address, SettingError, Settings

ENOUGH = {"CT_BROKER": "127.0.0.1:5672", "CT_MONGO": "mongodb://127.0.0.1:27017/?replicaSet=rs0"}


def loaded(**more):
    return Settings.load("sessions", env=ENOUGH | more)


def test_what_is_not_said_has_a_default():
    settings = loaded()

    assert settings.broker == Address("127.0.0.1", 5672)
    assert (settings.database, settings.keys_database) == ("ct_sessions", "ct_sessions_keys")
    assert settings.outward_allow == frozenset()


@pytest.mark.parametrize("missing", ["CT_BROKER", "CT_MONGO"])
def test_a_missing_variable_is_named(missing):
    with pytest.raises(SettingError, match=missing):
        Settings.load("sessions", env=ENOUGH | {missing: ""})


def test_a_process_needs_only_what_it_says():
    assert Settings.load("gateway", needs=["CT_BROKER"], env={"CT_BROKER": "b:1"}).mongo == ""


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CT_BROKER", "nowhere"),
        ("CT_BROKER", "host:70000"),
        ("CT_BROKER", "host:１"),
        ("CT_MONGO", "http://127.0.0.1"),
        ("CT_MONGO", "mongodb://ada:sesame@127.0.0.1"),
        ("CT_PUBLIC_URL", "ftp://here"),
        ("CT_HTTP_PORT", "eighty"),
        ("CT_HTTP_PORT", "-1"),
        ("CT_SECRETS", "/no/such/directory"),
        ("CT_OUTWARD_ALLOW", "127.0.0.1"),
    ],
)
def test_a_malformed_variable_is_named_and_its_value_is_not_shown(variable, value):
    with pytest.raises(SettingError) as refused:
        loaded(**{variable: value})

    assert str(refused.value).startswith(variable)
    assert "sesame" not in str(refused.value)


WORD = "open sesame, and no other word"


def a_secret(directory, text, mode):
    path = directory / "mongo_password"
    path.write_text(text)
    path.chmod(mode)
    return Settings(service="sessions", secrets=directory)


@pytest.mark.parametrize("mode", [0o400, 0o600])
def test_a_secret_that_only_its_owner_reads_is_taken(tmp_path, mode):
    assert a_secret(tmp_path, WORD + "\n", mode).secret("mongo_password") == WORD


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620])
def test_a_secret_that_others_may_read_or_write_is_refused(tmp_path, mode):
    with pytest.raises(SettingError, match="mongo_password"):
        a_secret(tmp_path, WORD, mode).secret("mongo_password")


@pytest.mark.parametrize("name", ["link_key", "mongo_password"])
def test_a_missing_or_empty_secret_is_named(tmp_path, name):
    settings = a_secret(tmp_path, "", 0o600)

    with pytest.raises(SettingError, match=name):
        settings.secret(name)


def test_a_secret_that_may_be_missing_is_none(tmp_path):
    assert a_secret(tmp_path, WORD, 0o600).secret_or_none("kek") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "shorter"),
        ("sesame", "shorter"),
        ("x" * 40, "different"),
        ("0101010101010101010101", "different"),
        ("changeme-changeme-12345", "example"),
        ("Your-Secret-Goes-In-Here", "example"),
        ("replace_me_with_32_bytes", "example"),
    ],
)
def test_a_secret_that_can_be_guessed_is_refused_and_not_shown(tmp_path, text, why):
    with pytest.raises(SettingError, match=why) as refused:
        a_secret(tmp_path, text, 0o600).secret("mongo_password")

    assert str(refused.value).startswith("mongo_password")
    assert not text or text not in str(refused.value)


@pytest.mark.parametrize(("text", "mode"), [(WORD, 0o640), (WORD, 0o604), ("changeme", 0o600), ("", 0o400)])
def test_a_process_with_one_bad_secret_among_good_ones_does_not_start(tmp_path, text, mode):
    a_secret(tmp_path, WORD, 0o600)
    spare = tmp_path / "spare_key"
    spare.write_text(text)
    spare.chmod(mode)

    with pytest.raises(SettingError, match=r"^spare_key"):
        loaded(CT_SECRETS=str(tmp_path))


def test_what_a_cluster_keeps_beside_the_secrets_is_none_of_them(tmp_path):
    a_secret(tmp_path, WORD, 0o600)
    (tmp_path / "..2027_01_05").mkdir()
    (tmp_path / ".gitkeep").touch(mode=0o644)

    assert loaded(CT_SECRETS=str(tmp_path)).secret("mongo_password") == WORD


def test_several_receivers_may_be_allowed():
    allowed = loaded(CT_OUTWARD_ALLOW="127.0.0.1:9000, [::1]:9001").outward_allow

    assert allowed == {Address("127.0.0.1", 9000), Address("::1", 9001)}
