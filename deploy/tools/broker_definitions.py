"""What the broker knows from its first second: users, one virtual host, who may touch what, and the event policy.

RabbitMQ loads this file at every start (`load_definitions`), so neither rabbitmqctl nor the management plugin is needed.
One user a login, rights on its own queues only (SECURITY 40); passwords are in it as salted hashes.
"""

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

VHOST = "commonthread"


def write_definitions(path: Path, passwords: Mapping[str, str], vhost: str = VHOST) -> None:
    """Write the definitions for the logins in `passwords` (login -> password) to `path`, readable by the owner."""
    text = json.dumps(definitions(passwords, vhost), indent=1)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)


def definitions(passwords: Mapping[str, str], vhost: str = VHOST) -> dict[str, Any]:
    """Return the definitions as RabbitMQ 3.10 to 4.x read them."""
    return {
        "users": [_user(login, password) for login, password in passwords.items()],
        "vhosts": [{"name": vhost, "default_queue_type": "quorum", "metadata": _quorum_by_default()}],
        "permissions": [{"user": login, "vhost": vhost, **rights(login)} for login in passwords],
        "policies": [
            {
                "vhost": vhost,
                "name": "events",
                "pattern": "^evt-",
                "apply-to": "queues",
                "priority": 0,
                "definition": {
                    "dead-letter-exchange": "commonthread.dead",
                    "dead-letter-strategy": "at-least-once",
                    "delivery-limit": 50,
                    "overflow": "reject-publish",
                },
            }
        ],
    }


def rights(login: str) -> dict[str, str]:
    """Return what `login` may configure, write and read, as the broker's regular expressions."""
    if login == "operator":
        return {"configure": ".*", "write": ".*", "read": ".*"}
    if login == "gateway":
        live = r"live|gateway-live.*|amq\.gen.*"
        return {"configure": _only(live, "asks"), "write": _only(live, "asks"), "read": _only(live, "asks")}
    own = rf"ask-{login}|{login}\.events|evt-{login}-.*|evt-[a-z]+-[a-z_]+--{login}\..*|dead-{login}"
    kept = r"retry\..*|commonthread\.dead"
    return {
        "configure": _only(own, kept, "asks", "live"),
        "write": _only(own, kept, "live", r"amq\.default"),
        "read": _only(own, kept, "asks", r"[a-z]+\.events"),
    }


def _only(*names: str) -> str:
    return f"^({'|'.join(names)})$"


def _quorum_by_default() -> dict[str, Any]:
    return {"description": "", "tags": [], "default_queue_type": "quorum"}


def _user(login: str, password: str) -> dict[str, str]:
    return {
        "name": login,
        "password_hash": _salted(password),
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "tags": "administrator" if login == "operator" else "",
    }


def _salted(password: str) -> str:
    """Hash as RabbitMQ does: four bytes of salt, then SHA-256 over salt and password."""
    salt = secrets.token_bytes(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()
