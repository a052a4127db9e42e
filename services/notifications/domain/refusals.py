"""How notifications says no.

    Refusal
    ├── Invalid     EndpointAddressRefused, TypeNotListed, KindUnknown
    ├── Forbidden   NotYourNotices, NotYourEndpoints
    ├── NotFound    EndpointUnknown
    └── Conflict    TooManyEndpoints

Between a channel and its use case: `Undeliverable` (for good) and `NotNow` (try again later).
"""

from services.kit.errors import Conflict, Forbidden, Invalid, NotFound


class EndpointAddressRefused(Invalid):
    """Webhooks go to public https addresses only."""

    code = "endpoint-address-refused"


class TypeNotListed(Invalid):
    """Partners are told of a fixed list of events, by scope."""

    code = "event-type-not-listed"


class KindUnknown(Invalid):
    """No such kind of notice."""

    code = "notice-kind-unknown"


class NotYourNotices(Forbidden):
    """Notices belong to the person they were sent to."""

    code = "not-your-notices"


class NotYourEndpoints(Forbidden):
    """Endpoints belong to a partner system, or to the network's admin."""

    code = "not-your-endpoints"


class EndpointUnknown(NotFound):
    """No such endpoint, or none this caller may know of: the same words and code as the store's."""

    def __init__(self) -> None:
        super().__init__("there is no such endpoint")


class TooManyEndpoints(Conflict):
    """An owner has a limited number of endpoints."""

    code = "too-many-endpoints"


class Undeliverable(Exception):
    """A channel refused for good: trying again would change nothing. `reason` is a slug, never an address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotNow(Exception):
    """A channel could not deliver just now; it is tried again. `reason` is a slug, never an address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
