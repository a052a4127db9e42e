"""Caught mails, each `<number>.eml` and, with its envelope, `<number>.json`. They outlive restarts."""

import email
import email.policy
import json
import threading
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path


@dataclass(frozen=True)
class Caught:
    """One mail as the envelope had it. `number` rises by arrival; `received_at` is ISO 8601, UTC."""

    number: int
    sender: str
    to: tuple[str, ...]
    subject: str
    message_id: str
    received_at: str


class Mailbox:
    """All mails in `folder`; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._caught = [
            _read(path) for path in sorted(folder.glob("*.json"), key=lambda path: int(path.stem))
        ]

    def keep(self, sender: str, to: list[str], raw: bytes) -> Caught:
        """Write one mail to disk and return its entry."""
        message = parse(raw)
        with self._lock:
            number = self._caught[-1].number + 1 if self._caught else 1
            caught = Caught(
                number,
                sender,
                tuple(to),
                str(message.get("Subject", "")),
                str(message.get("Message-ID", "")),
                datetime.now(UTC).isoformat(timespec="milliseconds"),
            )
            (self._folder / f"{number}.eml").write_bytes(raw)
            (self._folder / f"{number}.json").write_text(json.dumps(asdict(caught)))
            self._caught.append(caught)
            return caught

    def find(self, to: str = "", after: int = 0) -> list[Caught]:
        """Return the mails to address `to` ("" is anyone) that came after number `after`, oldest first."""
        with self._lock:
            return [
                one for one in self._caught if one.number > after and (not to or to.lower() in _lower(one.to))
            ]

    def raw(self, number: int) -> bytes | None:
        """Return a mail as it arrived; None when there is no such number."""
        path = self._folder / f"{number}.eml"
        return path.read_bytes() if path.exists() else None

    def clear(self) -> None:
        """Throw every mail away; numbers go on rising only as long as this process lives."""
        with self._lock:
            for path in self._folder.iterdir():
                path.unlink()
            self._caught.clear()


def parse(raw: bytes) -> EmailMessage:
    """Return the mail as a modern message object."""
    message: EmailMessage = email.message_from_bytes(raw, policy=email.policy.default)  # type: ignore[assignment]
    return message


def parts_of(message: EmailMessage) -> list[tuple[str, str]]:
    """Return (content type, text) of each readable part, in order."""
    readable = (part for part in message.walk() if part.get_content_maintype() == "text")
    return [(part.get_content_type(), part.get_content()) for part in readable]


def _read(path: Path) -> Caught:
    fields = json.loads(path.read_text())
    return Caught(**{**fields, "to": tuple(fields["to"])})


def _lower(addresses: tuple[str, ...]) -> list[str]:
    return [address.lower() for address in addresses]
