"""Names of forms as MongoDB documents."""

from dataclasses import asdict

from services.contracts.events import Fact
from services.kit.mongo import Document
from services.kit.store import Aggregates
from services.membership.domain.form_names import FormNames, Named, form_names_id, told_form_names


class MongoFormNames(Aggregates[FormNames]):
    """One document a network."""

    collection = "form_names"
    kind = "form_names"

    def to_document(self, aggregate: FormNames) -> Document:
        return {"names": [asdict(one) for one in aggregate.names]}

    def to_aggregate(self, document: Document) -> FormNames:
        return FormNames(**self.identity(document), names=tuple(Named(**one) for one in document["names"]))

    def restated(self, aggregate: FormNames) -> Fact:
        return told_form_names(aggregate)

    def of_network(self, network: str) -> FormNames:
        """Return a network's names; none where it named no form."""
        own = form_names_id(network)
        return self.find_one(network, {"_id": own}) or FormNames(own, network)
