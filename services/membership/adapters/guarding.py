"""That a network's cohorts are to be looked at again, as a document that is due."""

from services.kit.mongo import Document
from services.kit.store import Aggregates
from services.membership.domain.guarding import Guarding


class MongoGuardings(Aggregates[Guarding]):
    collection = "guardings"
    kind = "guarding"

    def to_document(self, aggregate: Guarding) -> Document:
        return {}

    def to_aggregate(self, document: Document) -> Guarding:
        return Guarding(**self.identity(document))
