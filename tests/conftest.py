"""What several suites stand on: a broker and a database for tests of parts, the whole platform for stories.

Both are private to the run and gone afterwards. `.commonthread/tests.env` may name servers of one's own for
tests of parts (CT_TEST_MONGO, CT_TEST_BROKER, CT_TEST_VHOST), so that repeated runs start sooner.
"""

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from deploy.local.local_stack import LocalStack
from deploy.local.places import HOME, PROJECT
from tests.builders import ground

MEMORY, ENOUGH = Path("/dev/shm"), 6 * 2**30  # bytes
UNHURRIED = {"CT_RATE_STRANGERS": "10000/10000", "CT_RATE_CALLERS": "10000/10000"}  # limits have tests apart


def _runs():
    """Return where servers of a run keep their files: in memory where there is room, to wait for no disk.

    A killed server finds there what it wrote, as on a disk.
    """
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        return MEMORY / f"commonthread-{hashlib.sha256(bytes(PROJECT)).hexdigest()[:12]}"
    return HOME / "tests"


RUNS = _runs()


def _settled():
    """Settle addresses before any other conftest or test module reads them; nothing is started yet."""
    own = HOME / "tests.env"
    if own.exists():
        named = (line.partition("=") for line in own.read_text().splitlines())
        os.environ.update({name: value for name, _, value in named if name.startswith("CT_TEST_")})
    ground.sweep(RUNS)
    return None if "CT_TEST_MONGO" in os.environ else ground.plan(RUNS / str(os.getpid()) / "ground")


GROUND = _settled()


def pytest_collection_modifyitems(config, items):
    """Tests of parts that use real servers get them started."""
    if GROUND is None:
        return
    for item in items:
        if {"integration", "security"} & set(item.path.parts):
            item.fixturenames.insert(0, "servers")


@pytest.fixture(scope="session")
def servers():
    """A broker and a database of the tests' own, at CT_TEST_BROKER and CT_TEST_MONGO."""
    try:
        GROUND.start()
        yield GROUND
    finally:
        GROUND.stop()


@pytest.fixture(scope="session")
def stack(tmp_path_factory):
    """The whole platform, one process each, used by every story of the run."""
    running = LocalStack(RUNS / str(os.getpid()) / "stack", environment=UNHURRIED)
    with running:
        yield running


def pytest_unconfigure(config):
    """Leave the logs of a run that failed; the next run sweeps them away."""
    if getattr(config, "failed", False):
        print(f"logs of the servers: {RUNS / str(os.getpid())}")
    else:
        shutil.rmtree(RUNS / str(os.getpid()), ignore_errors=True)


def pytest_sessionfinish(session, exitstatus):
    session.config.failed = exitstatus not in (0, 5)
