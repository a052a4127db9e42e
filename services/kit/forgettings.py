"""Forgettings in MongoDB."""

from collections.abc import Iterable

from services.kit.floor import Floor
from services.kit.forgetting import Forgetting
from services.kit.letters import DeadLetters
from services.kit.mongo import Document, Index, reaching
from services.kit.store import Aggregates
from services.kit.together import Together

WHOM = {"network": 1, "author": 1}
Asked = tuple[str, frozenset[str]]  # network, authors


class Forgettings(Aggregates[Forgetting]):
    """Whom this service has forgotten or is forgetting, and what dead letters say of them."""

    collection = "forgotten"
    kind = "forgetting"
    indexes = (Index("forgotten_author", [("network", 1), ("author", 1)], unique=True),)

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor)
        self._look_up = Together(self._among_each)

    def to_document(self, aggregate: Forgetting) -> Document:
        names = ("author", "asked_at", "standing", "forgotten_at")
        return {name: getattr(aggregate, name) for name in names}

    def to_aggregate(self, document: Document) -> Forgetting:
        names = ("author", "asked_at", "standing", "forgotten_at")
        return Forgetting(**self.identity(document), **{name: document[name] for name in names})

    def among(self, network: str, authors: Iterable[str]) -> frozenset[str]:
        """Return those of `authors` that are forgotten here, or are being forgotten."""
        asked = frozenset(authors)
        return self._look_up((network, asked)) if asked else asked

    def _among_each(self, asked: list[Asked]) -> list[frozenset[str]]:
        networks = {network for network, _ in asked}
        authors = frozenset().union(*(each for _, each in asked))
        where = {"network": {"$in": list(networks)}, "author": {"$in": list(authors)}}
        with reaching():
            found = {(one["network"], one["author"]) for one in self.documents.find(where, WHOM)}
        return [frozenset(each for each in authors if (network, each) in found) for network, authors in asked]

    def drop_letters(self, network: str, author: str) -> int:
        """Forget every dead letter that names `author`; return how many.

        No state is lost: whatever named them is told again, newer and without them.
        """
        letters = DeadLetters(self.floor.database["dead_letters"], self.floor.settings.secret("etag_key"))
        return letters.drop_about(network, author)
