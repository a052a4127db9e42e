"""What a process is told from outside: `CT_*` variables and a directory of secret files.

Everything is read once, at start. What is missing, malformed or readable by others stops the process with the
name of the variable or file, never with a secret's content.
"""

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from services.kit.guessable import why_guessable


class SettingError(Exception):
    """A setting is missing, malformed or unsafe; the message starts with the variable's or file's name."""


class Address(NamedTuple):
    """Where something listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True)
class Settings:
    """The settings of one process.

    Args:
        service: its name; also its broker user, database user and part of its database's name.
        broker: RabbitMQ (CT_BROKER, "host:port"); None where the process needs none.
        mongo: CT_MONGO, "mongodb://host:port/?replicaSet=…" without a user; "" where the process needs
            none.
        secrets: CT_SECRETS, the directory of this process's files (`broker_password`, `mongo_password`,
            `kek`,
            `etag_key`, `link_key`, …); None in tests that need none.
        db_prefix: CT_DB_PREFIX; the database is `<db_prefix><service>`, its keys
            `<db_prefix><service>_keys`.
        health_host: CT_HEALTH_HOST, where health and metrics are answered; loopback when not set.
        outward_allow: CT_OUTWARD_ALLOW, "ip:port" pairs that the guarded HTTP session may reach although
            they are
            not public, plain http included: the local stack's own test receivers, nothing else.
        ledger: CT_LEDGER, the directory of the ledger of erasures, apart from databases and their backups.
    """

    service: str
    broker: Address | None = None
    vhost: str = "commonthread"
    mongo: str = ""
    secrets: Path | None = None
    db_prefix: str = "ct_"
    public_url: str = ""
    health_port: int = 0
    health_host: str = "127.0.0.1"
    http_port: int = 0
    smtp: Address | None = None
    log_level: str = "INFO"
    workers: int = 64
    outward_allow: frozenset[Address] = field(default_factory=frozenset)
    ledger: Path | None = None

    @classmethod
    def load(
        cls,
        service: str | None = None,
        needs: Iterable[str] = ("CT_BROKER", "CT_MONGO"),
        env: Mapping[str, str] | None = None,
    ) -> "Settings":
        """Read the environment.

        Args:
            service: the process's name; CT_SERVICE when None.
            needs: the variables without which this process makes no sense.

        Raises:
            SettingError: one of `needs` is empty, a value cannot be read, or a secret file is none.
        """
        env = os.environ if env is None else env
        name = service or env.get("CT_SERVICE", "")
        if not name:
            raise SettingError("CT_SERVICE is not set")
        for variable in needs:
            if not env.get(variable):
                raise SettingError(f"{variable} is not set, and {name} needs it")
        settings = cls(
            service=name,
            broker=_address(env, "CT_BROKER"),
            vhost=env.get("CT_VHOST") or "commonthread",
            mongo=_mongo(env),
            secrets=_directory(env, "CT_SECRETS"),
            db_prefix=env.get("CT_DB_PREFIX", "ct_"),
            public_url=_url(env, "CT_PUBLIC_URL"),
            health_port=_number(env, "CT_HEALTH_PORT", 0),
            health_host=env.get("CT_HEALTH_HOST") or "127.0.0.1",
            http_port=_number(env, "CT_HTTP_PORT", 0),
            smtp=_address(env, "CT_SMTP"),
            log_level=(env.get("CT_LOG_LEVEL") or "INFO").upper(),
            workers=_number(env, "CT_WORKERS", 64),
            outward_allow=_addresses(env, "CT_OUTWARD_ALLOW"),
            ledger=_directory(env, "CT_LEDGER"),
        )
        settings.check_secrets()
        return settings

    @property
    def database(self) -> str:
        """Name of the service's database."""
        return f"{self.db_prefix}{self.service}"

    @property
    def keys_database(self) -> str:
        """Name of the database that holds the keys of sealed text, backed up apart from the data."""
        return f"{self.database}_keys"

    def secret(self, name: str) -> str:
        """Return the text of the secret file `name`, without the trailing newline.

        Raises:
            SettingError: no such file, a guessable or empty one, or one that group or world may read.
        """
        found = self.secret_or_none(name)
        if found is None:
            raise SettingError(f"CT_SECRETS holds no file {name} for {self.service}")
        return found

    def secret_or_none(self, name: str) -> str | None:
        """Like `secret`, but None where the file does not exist."""
        path = self.secrets / name if self.secrets else None
        return None if path is None or not path.exists() else _secret_of(path)

    def check_secrets(self) -> None:
        """Read every secret file there is, so that a bad one stops the start and not the first who needs it.

        Raises:
            SettingError: one is empty, guessable, or open to group or world; its name comes first.
        """
        for path in sorted(self.secrets.iterdir()) if self.secrets else ():
            if path.is_file() and not path.name.startswith("."):
                _secret_of(path)


def _secret_of(path: Path) -> str:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SettingError(
            f"{path.name} in CT_SECRETS may be read by group or world; it must be 0400 or 0600"
        )
    text = path.read_text(encoding="utf-8").strip()
    fault = why_guessable(text)
    if fault:
        raise SettingError(f"{path.name} in CT_SECRETS {fault}; put 32 random bytes there, as text")
    return text


def _number(env: Mapping[str, str], variable: str, default: int) -> int:
    text = env.get(variable) or str(default)
    if not (text.isascii() and text.isdigit()):
        raise SettingError(f"{variable} must be a whole number")
    return int(text)


def _address(env: Mapping[str, str], variable: str) -> Address | None:
    text = env.get(variable) or ""
    return _parse_address(variable, text) if text else None


def _addresses(env: Mapping[str, str], variable: str) -> frozenset[Address]:
    items = (item.strip() for item in (env.get(variable) or "").split(","))
    return frozenset(_parse_address(variable, item) for item in items if item)


def _parse_address(variable: str, text: str) -> Address:
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or not 0 < int(port) < 65536:
        raise SettingError(f"{variable} must be host:port")
    return Address(host.strip("[]"), int(port))


def _mongo(env: Mapping[str, str]) -> str:
    text = env.get("CT_MONGO") or ""
    if text and not text.startswith(("mongodb://", "mongodb+srv://")):
        raise SettingError("CT_MONGO must be a mongodb:// address")
    if "@" in text:
        raise SettingError("CT_MONGO must not name a user; its password is CT_SECRETS/mongo_password")
    return text


def _url(env: Mapping[str, str], variable: str) -> str:
    text = (env.get(variable) or "").rstrip("/")
    if text and not text.startswith(("http://", "https://")):
        raise SettingError(f"{variable} must be an http or https address")
    return text


def _directory(env: Mapping[str, str], variable: str) -> Path | None:
    text = env.get(variable) or ""
    if not text:
        return None
    if not Path(text).is_dir():
        raise SettingError(f"{variable} is not a directory")
    return Path(text)
