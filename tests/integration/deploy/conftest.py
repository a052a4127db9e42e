"""A broker and a database as `make run` has them: with passwords, rights and a replica set."""

import pytest

from deploy.local.local_stack import LocalStack
from deploy.local.secret_files import LOGINS, read_secret
from deploy.tools.replica_set import ensure_users


@pytest.fixture(scope="package")
def ground(tmp_path_factory):
    stack = LocalStack(tmp_path_factory.mktemp("ground"), services=())
    try:
        stack.start()
        logins = [login for login in LOGINS if login not in ("gateway", "migrate")]
        passwords = {login: read_secret(stack.places.secrets, login, "mongo_password") for login in logins}
        with stack.database.client() as client:
            ensure_users(client, passwords)
        yield stack
    finally:
        stack.stop()
