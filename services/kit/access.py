"""Who may do what at the broker: one user for each process kind, and what happens to messages that fail.

Written as a definitions file, which `rabbitmqctl import_definitions` (local stack) and the broker's own
`load_definitions` (compose, Kubernetes) both read. Passwords stand in it salted and hashed.

A service may: take its own asks and answer them, announce, bind listeners to its own announcements, take what
it listens to, put a message off (`retry.*`) and read its own dead letters. It needs write on the default
exchange to answer, with which it could also publish straight into any queue: that is why every door looks at
`user_id`, which the broker checks (SECURITY 0.3, 1.40).
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Mapping
from typing import Any

from services.contracts.catalogue import SOURCES
from services.kit.topology import DEAD, LIVE, bindings, exchanges, queues

DELIVERY_LIMIT = 50  # only crashes and cut connections count against it: handlers' failures are counted by us
NOBODY = "^$"
USERS = (*SOURCES, "gateway", "operator", "migrate")


def permissions_of(user: str) -> dict[str, str]:
    """Return the three patterns of what `user` may configure, write and read.

    Raises:
        KeyError: no such user.
    """
    if user in SOURCES:
        return _service_permissions(user)
    return {
        "gateway": {
            "configure": r"^live-gateway\..*$",
            "write": r"^(asks\..+|live-gateway\..*)$",
            "read": rf"^({LIVE}|live-gateway\..*)$",
        },
        "operator": {"configure": NOBODY, "write": r"^asks\..+$", "read": NOBODY},
        "migrate": {"configure": ".*", "write": ".*", "read": ".*"},
    }[user]


def definitions(vhost: str, passwords: Mapping[str, str]) -> dict[str, Any]:
    """Return the broker's definitions.

    Args:
        vhost: the virtual host; also made.
        passwords: of every name in USERS.
    """
    return {
        "vhosts": [
            {"name": vhost, "default_queue_type": "quorum", "metadata": {"default_queue_type": "quorum"}}
        ],
        "users": [_user(name, passwords[name]) for name in USERS],
        "permissions": [{"user": name, "vhost": vhost, **permissions_of(name)} for name in USERS],
        "policies": [
            {"vhost": vhost, "apply-to": "queues", "priority": 1, **policy} for policy in _policies()
        ],
        "exchanges": [
            {"name": each.name, "type": each.kind, "vhost": vhost, **_LASTING, "internal": False}
            for each in exchanges()
        ],
        "queues": [
            {"name": each.name, "vhost": vhost, **_LASTING, "arguments": each.arguments} for each in queues()
        ],
        "bindings": [
            {
                "source": each.exchange,
                "destination": each.queue,
                "destination_type": "exchange" if each.onward else "queue",
                "routing_key": each.routing_key,
                "vhost": vhost,
                "arguments": {},
            }
            for each in bindings()
        ],
    }


_LASTING: dict[str, Any] = {"durable": True, "auto_delete": False}


def _service_permissions(service: str) -> dict[str, str]:
    name = re.escape(service)
    asked, dead = f"ask-{name}", f"dead-{name}"
    heard = rf"evt-[a-z]+-[a-z0-9_]+--{name}\..+"
    announced = rf"evt-{name}-.+"
    events = rf"{name}\.events"
    return {
        "configure": f"^({asked}|{dead}|{heard}|{announced}|{events})$",
        "write": rf"^({asked}|{announced}|{events}|retry\.[0-9]+|{LIVE}|amq\.default)$",
        "read": rf"^({asked}|asks\.{name}|{dead}|{heard}|{events})$",
    }


def _policies() -> list[dict[str, Any]]:
    """One policy a listening service: too often returned means its own dead letters, never a loss."""
    return [
        {
            "name": f"events-{service}",
            "pattern": rf"^evt-[a-z]+-[a-z0-9_]+--{service}\.",
            "definition": {
                "dead-letter-exchange": DEAD,
                "dead-letter-routing-key": f"dead-{service}",
                "dead-letter-strategy": "at-least-once",
                "overflow": "reject-publish",
                "delivery-limit": DELIVERY_LIMIT,
            },
        }
        for service in SOURCES
    ] + [{"name": "dead", "pattern": "^dead-", "definition": {"delivery-limit": 1_000_000}}]


def _user(name: str, password: str) -> dict[str, Any]:
    return {
        "name": name,
        "password_hash": password_hash(password),
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "tags": [],
        "limits": {},
    }


def password_hash(password: str, salt: bytes | None = None) -> str:
    """Return the broker's form of a password: base64 of a salt and the hash of salt and password."""
    salt = secrets.token_bytes(4) if salt is None else salt
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()
