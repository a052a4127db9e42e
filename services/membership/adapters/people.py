"""Organizations and people as MongoDB documents."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from services.contracts.events import Fact
from services.contracts.events.membership import OrganizationChanged, WeeklyHours
from services.kit.documents import Page
from services.kit.mongo import Document, Index, reaching
from services.kit.recalling import recalled
from services.kit.store import Aggregates
from services.membership.domain.lines import Line
from services.membership.domain.organizations import Organization
from services.membership.domain.people import AddressTaken, ExternalIdTaken, Person, told_contact, told_person
from services.membership.domain.roster_check import Known

SORTED_LETTERS = 60  # of a name, in the order of lists
PLAIN = (
    "display_name", "email", "email_key", "organization_id", "zone", "language", "title", "function", "level",
    "years", "external_id", "standing",
)  # fmt: skip
ADDED = {"city": "", "country": ""}  # fields that older documents have not


class MongoOrganizations(Aggregates[Organization]):
    collection = "organizations"
    kind = "organization"
    indexes = (
        Index("organizations_by_name", [("network", 1), ("sort_name", 1), ("_id", 1)]),
        Index("one_organization_per_name", [("network", 1), ("name_key", 1)], unique=True),
    )

    def to_document(self, aggregate: Organization) -> Document:
        return {
            "display_name": aggregate.display_name,
            "name_key": aggregate.name_key,
            "sort_name": aggregate.name_key[:SORTED_LETTERS],
        }

    def to_aggregate(self, document: Document) -> Organization:
        return Organization(
            **self.identity(document), display_name=document["display_name"], name_key=document["name_key"]
        )

    def restated(self, aggregate: Organization) -> Fact:
        return OrganizationChanged(aggregate.network, aggregate.id, aggregate.display_name)

    def by_name(self, network: str, limit: int, after: str | None) -> Page[Organization]:
        """Return one page in the order of names."""
        return self.page(network, {}, [("sort_name", 1)], limit, after)

    def ids_by_key(self, network: str) -> dict[str, str]:
        """Return folded name -> id of every organization of the network."""
        with reaching():
            found = self.documents.find({"network": network}, {"name_key": 1})
            return {each["name_key"]: each["_id"] for each in found}


class MongoPeople(Aggregates[Person]):
    """People, with their contact address: the only place it stands, beside notifications' copy."""

    collection = "people"
    kind = "person"
    indexes = (
        Index("people_by_name", [("network", 1), ("sort_name", 1), ("_id", 1)]),
        Index(
            "people_of_organization", [("network", 1), ("organization_id", 1), ("sort_name", 1), ("_id", 1)]
        ),
        Index(
            "one_person_per_address",
            [("network", 1), ("email_key", 1)],
            unique=True,
            where={"standing": "active"},
            refusal=AddressTaken,
        ),
        Index(
            "one_person_per_external_id",
            [("network", 1), ("external_id", 1)],
            unique=True,
            where={"external_id": {"$type": "string"}},
            refusal=ExternalIdTaken,
        ),
        Index("people_by_manager", [("network", 1), ("managers", 1)]),
        recalled("access"),
    )

    def to_document(self, aggregate: Person) -> Document:
        state = {name: getattr(aggregate, name) for name in (*PLAIN, *ADDED)}
        return state | {
            "languages": list(aggregate.languages),
            "lines": [asdict(line) for line in aggregate.lines],
            "sort_name": aggregate.display_name.casefold()[:SORTED_LETTERS],
            "weekly_hours": [asdict(hours) for hours in aggregate.weekly_hours],
            "managers": list(aggregate.managers),
        }

    def to_aggregate(self, document: Document) -> Person:
        return Person(
            **self.identity(document),
            **{name: document[name] for name in PLAIN},
            **{name: document.get(name, blank) for name, blank in ADDED.items()},
            languages=tuple(document.get("languages", ())),
            lines=tuple(Line(**line) for line in document.get("lines", ())),
            weekly_hours=tuple(WeeklyHours(**hours) for hours in document["weekly_hours"]),
            managers=tuple(document["managers"]),
        )

    def restated(self, aggregate: Person) -> tuple[Fact, ...]:
        return told_person(aggregate), told_contact(aggregate)

    def by_name(
        self, network: str, organization_id: str | None, limit: int, after: str | None
    ) -> Page[Person]:
        """Return one page of the active people in the order of names, of one organization or of all."""
        where: dict[str, Any] = {"standing": "active"}
        if organization_id is not None:
            where["organization_id"] = organization_id
        return self.page(network, where, [("sort_name", 1)], limit, after)

    def by_external_id(self, network: str, external_id: str) -> Person | None:
        """Return who is known outside by this id, gone or not."""
        return self.find_one(network, {"external_id": external_id})

    def holding(self, network: str, email_key: str) -> Person | None:
        """Return the active person of this contact address."""
        return self.find_one(network, {"email_key": email_key, "standing": "active"})

    def by_ids(self, network: str, ids: Iterable[str]) -> dict[str, Person]:
        """Return id -> person for those of `ids` that are people of this network, gone ones too."""
        found = self.find(network, {"_id": {"$in": list(ids)}})
        return {person.id: person for person in found}

    def active_ids(self, network: str, organization_id: str | None) -> list[str]:
        """Return the ids of everyone active in the network or in one organization, in order."""
        where: Document = {"network": network, "standing": "active"}
        if organization_id is not None:
            where["organization_id"] = organization_id
        with reaching():
            return [each["_id"] for each in self.documents.find(where, {"_id": 1}).sort("_id", 1)]

    def lines(self, network: str) -> dict[str, tuple[str, ...]]:
        """Return the reporting lines of the whole network: person id -> ids of their managers."""
        with reaching():
            found = self.documents.find(
                {"network": network, "managers.0": {"$exists": True}}, {"managers": 1}
            )
            return {each["_id"]: tuple(each["managers"]) for each in found}

    def lines_above(self, network: str, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the lines of `ids` and of everyone above them: one read for each level, none for others."""
        found: dict[str, tuple[str, ...]] = {}
        level = set(ids)
        while level:
            with reaching():
                read = self.documents.find(
                    {"network": network, "_id": {"$in": sorted(level)}}, {"managers": 1}
                )
                found |= {each["_id"]: tuple(each["managers"]) for each in read}
            level = {manager for one in level for manager in found.get(one, ())} - found.keys()
        return found

    def count_reports(self, network: str, person_id: str) -> int:
        """Return how many active people report to somebody directly."""
        return self.count(network, {"managers": person_id, "standing": "active"})

    def known(self, network: str, organizations: Iterable[str]) -> Known:
        """Return what the network knows of addresses, external ids and lines, for checking a roster."""
        shown = {"email_key": 1, "external_id": 1, "managers": 1}
        with reaching():
            everyone = list(self.documents.find({"network": network, "standing": "active"}, shown))
        return Known(
            by_email={each["email_key"]: each["_id"] for each in everyone},
            by_external_id={each["external_id"]: each["_id"] for each in everyone if each["external_id"]},
            lines={each["_id"]: tuple(each["managers"]) for each in everyone},
            organizations=frozenset(organizations),
        )
