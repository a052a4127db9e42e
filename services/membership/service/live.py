"""The door for gateways that must know whom to refuse."""

from typing import Any

from services.kit.ask import ask
from services.membership import wiring
from services.membership.handlers import recent_access
from services.membership.messages.recent_access import recent_access_answer


class LiveDoors:
    """What reaches gateways by itself (catalogue.LIVE) can also be asked for."""

    clock: Any
    recent_access = wiring.recent_access()

    @ask(answer=recent_access_answer, write=False)
    def list_recent_access(self, question):
        return recent_access.list_recent_access(self.recent_access, self.clock)
