"""The connection refuses a clock that lies, and says when the store is away rather than who is to blame."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from pymongo.errors import AutoReconnect, DuplicateKeyError, NetworkTimeout, NotPrimaryError, OperationFailure

from services.kit.mongo import ClockSkewError, check_clock, connect, reaching
from services.kit.outcomes import StoreAway
from services.kit.settings import SettingError, Settings


def a_client_whose_clock_is(ahead):
    def command(name, codec_options):
        return {"localTime": datetime.now(UTC) + ahead}

    return SimpleNamespace(admin=SimpleNamespace(command=command), codec_options=None)


@pytest.mark.parametrize("seconds", [-4, 0, 4])
def test_a_clock_that_is_nearly_right_is_borne(seconds):
    check_clock(a_client_whose_clock_is(timedelta(seconds=seconds)))


@pytest.mark.parametrize("seconds", [-3600, -6, 6, 3600])
def test_a_clock_that_is_off_refuses_the_start(seconds):
    with pytest.raises(ClockSkewError):
        check_clock(a_client_whose_clock_is(timedelta(seconds=seconds)))


@pytest.mark.parametrize(
    "error",
    [AutoReconnect(), NetworkTimeout(), NotPrimaryError(), OperationFailure("stepping down", 189)],
)
def test_a_store_that_is_away_is_called_so(error):
    with pytest.raises(StoreAway), reaching():
        raise error


@pytest.mark.parametrize("error", [DuplicateKeyError("twice"), OperationFailure("no such command", 59)])
def test_what_is_our_own_fault_passes_unchanged(error):
    with pytest.raises(type(error)), reaching():
        raise error


def test_writes_wait_for_a_majority_and_the_journal_and_reads_see_only_what_it_holds():
    client = connect(Settings(service="sessions", mongo="mongodb://127.0.0.1:1/?replicaSet=rs0"))

    assert client.write_concern.document == {"w": "majority", "j": True}
    assert client.read_concern.level == "majority"
    client.close()


def test_a_service_with_a_password_signs_in_as_itself(tmp_path):
    (tmp_path / "mongo_password").touch(mode=0o600)
    (tmp_path / "mongo_password").write_text("open sesame, and no other word")

    client = connect(Settings(service="sessions", mongo="mongodb://127.0.0.1:1/", secrets=tmp_path))

    assert client.options.pool_options._credentials.username == "sessions"
    client.close()


def test_a_service_without_an_address_does_not_start():
    with pytest.raises(SettingError, match="CT_MONGO"):
        connect(Settings(service="sessions"))
