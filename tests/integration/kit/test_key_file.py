"""The key file of a running service: exchanged, lost, damaged."""

import base64
import secrets

import pytest

from services.kit.kek import KekFile, SealBrokenError
from services.kit.sealing import Sealing
from services.kit.settings import SettingError, Settings
from tests.builders.shelves import NET

PLACE = {"network": NET, "collection": "sessions", "id": "ses_1", "field": "capsule"}


def a_line(name):
    return f"{name}:{base64.b64encode(secrets.token_bytes(32)).decode()}"


@pytest.fixture
def keys(either_floor):
    return either_floor.client[either_floor.settings.keys_database]["keys"]


class KeyFile:
    """A service's key file and the processes that read it."""

    def __init__(self, directory, keys):
        self.path, self._keys = directory / "kek", keys
        self.lines = [a_line("k1")]
        self.write()
        self.settings = Settings(service="sessions", secrets=directory)

    def write(self, text=None):
        """Replace the file, as an operator's editor does."""
        fresh = self.path.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text("\n".join(self.lines) if text is None else text)
        fresh.replace(self.path)

    def put_first(self, name):
        self.lines.insert(0, a_line(name))
        self.write()

    def process(self):
        """A process that starts now."""
        return Sealing(self._keys, KekFile(self.settings))


@pytest.fixture
def file(tmp_path, keys):
    return KeyFile(tmp_path, keys)


def sealed_by(process, author="per_ada"):
    return process.seal("in confidence", cohort="coh_1", author=author, **PLACE)


def test_a_running_process_wraps_with_the_new_first_line_and_opens_with_the_old(file):
    process = file.process()
    before = sealed_by(process)

    file.put_first("k2")
    sealed_by(process, "per_bo")

    assert process.wrapped.count_by_line() == {"k1": 1, "k2": 1}
    assert process.unseal(before, **PLACE) == "in confidence"


def test_after_rewrapping_every_running_process_opens_everything_and_the_old_line_may_go(file):
    here, there = file.process(), file.process()
    sealed = [sealed_by(here, f"per_{number}") for number in range(5)]
    file.put_first("k2")

    parts = [here.wrapped.rewrap(2) for _ in range(3)]
    file.lines.pop()
    file.write()

    assert parts == [(2, 3), (2, 1), (1, 0)]
    assert there.wrapped.count_by_line() == {"k2": 5}
    there.drop_cached()
    assert [there.unseal(each, **PLACE) for each in sealed] == ["in confidence"] * 5
    file.process().wrapped.check()


def test_every_key_is_opened_part_by_part_and_those_that_do_not_are_named(file, keys):
    process = file.process()
    for number in range(5):
        sealed_by(process, f"per_{number}")
    spoilt = keys.find_one({"author": "per_3"})["_id"]
    keys.update_one({"_id": spoilt}, {"$set": {"wrapped": b"0" * 60}})

    opened, broken, after = 0, [], None
    while True:
        more, unopened, after = process.wrapped.open_each(after, 2)
        opened, broken = opened + more, broken + unopened
        if after is None:
            break

    assert (opened, broken) == (4, [spoilt])


@pytest.mark.parametrize(
    "text",
    [None, "", "k1", "k2:c2hvcnQ=", a_line("k9") + "\n" + "k9:x"],
    ids=["lost", "empty", "no key", "short", "named twice"],
)
def test_a_file_that_is_lost_or_damaged_is_said_and_what_was_known_goes_on(file, text):
    process = file.process()
    sealed = sealed_by(process)

    if text is None:
        file.path.unlink()
    else:
        file.write(text)

    assert process.unseal(sealed, **PLACE) == "in confidence"
    process.drop_cached()
    assert process.unseal(sealed, **PLACE) == "in confidence"
    with pytest.raises(SettingError, match="kek"):
        process.wrapped.check()


def test_a_file_that_others_may_read_is_said(file):
    process = file.process()
    file.path.chmod(0o640)

    with pytest.raises(SettingError, match="group or world"):
        process.wrapped.check()


def test_a_file_without_the_line_that_wrapped_is_said(file):
    process = file.process()
    sealed_by(process)
    file.write(a_line("k7"))

    with pytest.raises(SealBrokenError, match="k1"):
        process.wrapped.check()


def test_a_fault_names_no_key(file, keys):
    process = file.process()
    sealed_by(process)
    secret = file.lines[0].partition(":")[2]
    file.write(file.lines[0] + "\n" + file.lines[0])

    with pytest.raises(SettingError) as fault:
        process.wrapped.check()

    assert secret not in str(fault.value)
