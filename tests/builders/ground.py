"""A broker and a database for tests of parts: known passwords, an own vhost, no sign-in at the database."""

import os
import shutil
from pathlib import Path

from deploy.local.local_stack import LocalStack
from services.kit.access import USERS

VHOST = "ct-test"


def password_of(user):
    """The password of a broker's user in these tests."""
    return f"pw-of-{user}-0123456789"


def plan(directory):
    """Return a stack that is not started yet, its addresses in the environment for `floors` and `brokers`."""
    for user in USERS:
        secret = Path(directory) / "secrets" / user / "broker_password"
        secret.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret.touch(mode=0o600)
        secret.write_text(password_of(user))
    planned = Ground(directory, services=(), auth=False, vhost=VHOST)
    os.environ["CT_TEST_MONGO"] = planned.database.address
    os.environ["CT_TEST_BROKER"] = planned.broker.address
    os.environ["CT_TEST_VHOST"] = VHOST
    return planned


class Ground(LocalStack):
    """Broker and database alone; their ports were told to the tests and may not change any more."""

    def prepare(self):
        self.broker.prepare()
        self.database.prepare()


def sweep(runs):
    """Remove what runs left behind that are over."""
    for left in runs.iterdir() if runs.exists() else ():
        if left.name.isdigit() and not Path(f"/proc/{left.name}").exists():
            shutil.rmtree(left, ignore_errors=True)
