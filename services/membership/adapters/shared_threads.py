"""What those who saved a profile show of what they could have in common with others, read for formations."""

from collections.abc import Iterable

from services.kit.floor import Floor
from services.kit.mongo import reaching
from services.membership.domain.common_threads import Shared
from services.membership.domain.profiles import NOBODY, Profile, Thread

READ = {"person_id": 1, "threads": 1, "function": 1, "years": 1, "consent": 1}
PARTS = ("threads", "function", "years")


class MongoSharedThreads:
    """Reads profiles without what is sealed in them: the worker that forms cohorts opens no text."""

    def __init__(self, floor: Floor) -> None:
        self._profiles = floor.database["profiles"]

    def of(self, network: str, ids: Iterable[str]) -> dict[str, Shared]:
        """Return person id -> what they show at least their own cohorts; nothing for who saved no profile."""
        where = {"network": network, "person_id": {"$in": list(ids)}}
        with reaching():
            return {each["person_id"]: _shared(each) for each in self._profiles.find(where, READ)}


def _shared(document: dict) -> Shared:
    profile = Profile("", "", "", "", consent=document["consent"])
    shown = {part: document[part] for part in PARTS if profile.audience(part) != NOBODY}
    if "threads" in shown:
        shown["threads"] = tuple(Thread(**each) for each in shown["threads"])
    return Shared(**shown)
