"""Floors for tests: settings, secrets and a database of their own."""

import base64
import os
import secrets as random
from pathlib import Path

from services.kit.floor import Floor
from services.kit.settings import Settings

MONGO = os.environ.get("CT_TEST_MONGO", "mongodb://127.0.0.1:27790/?replicaSet=rs0")


def a_floor(service="sessions", *, client=None, clock=None, secrets=None, prefix="test_", mongo=MONGO):
    """Return the floor of `service`; `client` None connects to the tests' MongoDB."""
    settings = Settings(service=service, mongo=mongo, secrets=secrets, db_prefix=prefix)
    return Floor(settings, client=client, clock=clock)


def some_secrets(directory, **more):
    """Write the secret files a service has into `directory` and return it; `more` adds or replaces."""
    kek = "k1:" + base64.b64encode(random.token_bytes(32)).decode()
    files = {"kek": kek, "etag_key": random.token_urlsafe(32), "link_key": random.token_urlsafe(32)}
    for name, text in (files | more).items():
        path = Path(directory) / name
        path.touch(mode=0o600)
        path.write_text(text)
    return Path(directory)
