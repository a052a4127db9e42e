"""What services say aloud: facts with the whole state of their aggregate.

The class names what happened; its fields say how the aggregate is now. So any order, any gap and any second
delivery end in the owner's state (MECHANISMS P1). Times are aware datetimes in UTC. Confidential text never
stands in an event: an event says that it exists, not what it says.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Fact:
    """Something that happened. `source` announces it, `aggregate` is the kind whose state it carries.

    `subject()` is the aggregate's id; the version travels in the envelope, not here. `said_by_all`: every
    service announces it in its own name, not `source` alone.
    """

    source: ClassVar[str]
    aggregate: ClassVar[str]
    subject_field: ClassVar[str]
    said_by_all: ClassVar[bool] = False

    network: str

    def subject(self) -> str:
        """Return the id of the aggregate this fact tells of."""
        return str(getattr(self, self.subject_field))
