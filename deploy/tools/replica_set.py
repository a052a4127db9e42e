"""A MongoDB replica set of one, its first user, and one user a service (SECURITY 40)."""

import time
from collections.abc import Mapping
from typing import Any

from pymongo import MongoClient
from pymongo.errors import ConnectionFailure, OperationFailure, PyMongoError

Document = dict[str, Any]
_ALREADY_INITIATED, _UNAUTHORIZED = 23, 13
FIRST = "migrate"  # makes everything that must exist before a service starts
_FIRST_ROLES = ("clusterAdmin", "readWriteAnyDatabase", "dbAdminAnyDatabase", "userAdminAnyDatabase")
_OPERATOR_ROLES = ("clusterMonitor", "readWriteAnyDatabase")  # reads for backups, writes for restores


class NoPrimaryError(PyMongoError):
    """The replica set has no primary that takes writes."""


def ensure_replica_set(member: str, name: str, password: str, timeout: float = 30.0, local: str = "") -> None:
    """Initiate the set `name` with one member, or move its member to this address, and await the primary.

    Before the first user exists, the server lets a client of the same machine do this; afterwards that user.

    Args:
        member: host:port under which the services reach the server.
        local: host:port under which it is reached from its own machine, where that is another.

    Raises:
        NoPrimaryError: no primary within `timeout` seconds.
    """
    deadline = time.monotonic() + timeout
    while not _is_primary(local or member, member, name, password):
        if time.monotonic() >= deadline:
            raise NoPrimaryError(f"no primary of {name} at {member} within {timeout:.0f} s")
        time.sleep(0.1)


def ensure_first_user(address: str, password: str) -> None:
    """Make the user `migrate`, through the server's exception for the local machine."""
    try:
        with _direct(address, password) as known:
            known.admin.command("usersInfo", FIRST)
    except OperationFailure:
        with _direct(address) as stranger:
            stranger.admin.command("createUser", FIRST, pwd=password, roles=list(_FIRST_ROLES))


def ensure_users(client: MongoClient[Document], passwords: Mapping[str, str], prefix: str = "ct_") -> None:
    """Give each login in `passwords` a user: a service reads and writes its own two databases, no other."""
    for login, password in passwords.items():
        roles = list(_OPERATOR_ROLES) if login == "operator" else _own_databases(login, prefix)
        known = client.admin.command("usersInfo", login)["users"]
        client.admin.command("updateUser" if known else "createUser", login, pwd=password, roles=roles)


def _own_databases(service: str, prefix: str) -> list[Any]:
    return [{"role": "readWrite", "db": name} for name in (prefix + service, f"{prefix}{service}_keys")]


def _is_primary(at: str, member: str, name: str, password: str) -> bool:
    try:
        with _direct(at) as stranger:
            hello = stranger.admin.command("hello")
        if hello.get("isWritablePrimary"):
            return True
        if hello.get("isreplicaset"):  # no set yet, or one that knows this member under another port
            _initiate(at, member, name)
            _move(at, member, password)
    except (ConnectionFailure, OperationFailure):
        return False
    return False


def _initiate(at: str, member: str, name: str) -> None:
    with _direct(at) as stranger:
        try:
            stranger.admin.command("replSetInitiate", {"_id": name, "members": [{"_id": 0, "host": member}]})
        except OperationFailure as refused:
            if refused.code not in (_ALREADY_INITIATED, _UNAUTHORIZED):
                raise


def _move(at: str, member: str, password: str) -> None:
    with _direct(at, password) as first:
        config = first.admin.command("replSetGetConfig")["config"]
        if config["members"][0]["host"] != member:
            config["members"][0]["host"] = member
            config["version"] += 1
            first.admin.command("replSetReconfig", config, force=True)


def _direct(address: str, password: str | None = None) -> MongoClient[Document]:
    sign_in: Any = {"username": FIRST, "password": password} if password else {}
    return MongoClient(
        f"mongodb://{address}/?directConnection=true", serverSelectionTimeoutMS=2000, **sign_in
    )
