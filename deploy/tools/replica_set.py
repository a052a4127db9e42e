"""A MongoDB replica set of one, its first user, and one user a service (SECURITY 40)."""

import time
from collections.abc import Mapping
from typing import Any

from pymongo import MongoClient
from pymongo.errors import ConnectionFailure, OperationFailure, PyMongoError

_ALREADY_INITIATED, _UNAUTHORIZED = 23, 13
_OPERATOR_ROLES = ("clusterAdmin", "readWriteAnyDatabase", "dbAdminAnyDatabase", "userAdminAnyDatabase")


class NoPrimaryError(PyMongoError):
    """The replica set has no primary that takes writes."""


def ensure_replica_set(address: str, name: str, password: str, timeout: float = 30.0) -> None:
    """Initiate the set `name` with the one member `address` (host:port), or move its member there, and await the primary.

    Before the first user exists, the server lets a client of the same machine (or container) do this; afterwards the operator.

    Raises:
        NoPrimaryError: no primary within `timeout` seconds.
    """
    deadline = time.monotonic() + timeout
    while True:
        if _is_primary(address, name, password):
            return
        if time.monotonic() >= deadline:
            raise NoPrimaryError(f"no primary of {name} at {address} within {timeout:.0f} s")
        time.sleep(0.1)


def ensure_operator(address: str, password: str) -> None:
    """Make the operator: the first user, through the exception for the local machine."""
    try:
        with _direct(address, password) as operator:
            operator.admin.command("usersInfo", "operator")
    except OperationFailure:
        with _direct(address) as stranger:
            stranger.admin.command("createUser", "operator", pwd=password, roles=list(_OPERATOR_ROLES))


def ensure_users(client: "MongoClient[dict[str, Any]]", passwords: Mapping[str, str], prefix: str = "ct_") -> None:
    """Give each service in `passwords` a user that reads and writes its own two databases and no other."""
    for service, password in passwords.items():
        roles = [{"role": "readWrite", "db": name} for name in (prefix + service, f"{prefix}{service}_keys")]
        known = client.admin.command("usersInfo", service)["users"]
        verb = "updateUser" if known else "createUser"
        client.admin.command(verb, service, pwd=password, roles=roles)


def _is_primary(address: str, name: str, password: str) -> bool:
    try:
        with _direct(address) as stranger:
            hello = stranger.admin.command("hello")
        if hello.get("isWritablePrimary"):
            return True
        if hello.get("isreplicaset"):  # no set yet, or one that knows this member under another port
            _initiate(address, name)
            _move(address, password)
    except (ConnectionFailure, OperationFailure):
        return False
    return False


def _initiate(address: str, name: str) -> None:
    with _direct(address) as stranger:
        try:
            stranger.admin.command("replSetInitiate", {"_id": name, "members": [{"_id": 0, "host": address}]})
        except OperationFailure as refused:
            if refused.code not in (_ALREADY_INITIATED, _UNAUTHORIZED):
                raise


def _move(address: str, password: str) -> None:
    with _direct(address, password) as operator:
        config = operator.admin.command("replSetGetConfig")["config"]
        if config["members"][0]["host"] != address:
            config["members"][0]["host"] = address
            config["version"] += 1
            operator.admin.command("replSetReconfig", config, force=True)


def _direct(address: str, password: str | None = None) -> "MongoClient[dict[str, Any]]":
    sign_in = {"username": "operator", "password": password} if password else {}
    return MongoClient(f"mongodb://{address}/?directConnection=true", serverSelectionTimeoutMS=2000, **sign_in)
