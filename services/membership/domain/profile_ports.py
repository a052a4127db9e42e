"""What the use cases of profiles and the directory ask of the outside."""

from collections.abc import Iterable
from typing import Any, Protocol

from services.contracts.events import Fact
from services.kit.documents import Page
from services.membership.domain.directory import Reader, Search
from services.membership.domain.profiles import Profile


class Profiles(Protocol):
    """One profile a person; `begin` is the first save, compared with what was shown before it."""

    def of_person(self, network: str, person_id: str) -> Profile | None: ...
    def begin(self, profile: Profile, blank: Profile) -> Profile: ...
    def save(
        self,
        aggregate: Profile,
        announcing: Iterable[Fact] = (),
        answering: Any = None,
        *,
        repeatable: bool = False,
    ) -> Profile: ...
    def found(self, reader: Reader, search: Search, limit: int, after: str | None) -> "Page[Profile]": ...
