"""What is due, as part of the state that makes it due (MECHANISMS P7)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Due:
    """One thing to do at or after `at` (aware, UTC). `kind` names the use case, `note` which of several."""

    kind: str
    at: datetime
    note: str = ""
