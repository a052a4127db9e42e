"""What a local stack is made of: one part is one process."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Part:
    """One process of the stack.

    Args:
        name: "broker", "sessions.2", … ; also the name of its log.
        command: program and arguments.
        environment: the whole environment; nothing is inherited.
        is_ready: True once it can be used; must return within a second or two.
        stop_seconds: how long it may take to end after SIGTERM.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    is_ready: Callable[[], bool] = field(compare=False)
    stop_seconds: int = 15
    directory: Path | None = None


class PartMissingError(Exception):
    """A program that a part needs is not on this machine; the message says which and what to do."""
