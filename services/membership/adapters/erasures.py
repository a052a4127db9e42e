"""Erasures as MongoDB documents, and the traces of one person in everything else membership keeps."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from services.kit.documents import Page
from services.kit.floor import Floor
from services.kit.mongo import Document, Index, reaching
from services.kit.store import Aggregates
from services.membership.adapters.cohorts import MongoCohorts
from services.membership.adapters.connections import MongoIdentities
from services.membership.adapters.enrollments import MongoEnrollments
from services.membership.adapters.groups import MongoGroups
from services.membership.adapters.guests import MongoGuests
from services.membership.adapters.identity import MongoRoles, MongoSignIns
from services.membership.adapters.imports import MongoImportParts, MongoImports
from services.membership.adapters.launches import MongoLaunches
from services.membership.adapters.people import MongoPeople
from services.membership.adapters.profiles import MongoProfiles
from services.membership.adapters.remote_skills import MongoRemoteSkills
from services.membership.domain.cohorts import Cohort
from services.membership.domain.enrollments import Enrollment
from services.membership.domain.erasures import Confirmed, Erasure, told_erasure
from services.membership.domain.groups import SelfFormed
from services.membership.domain.guests import Invitation
from services.membership.domain.identities import Identity
from services.membership.domain.launches import Launch
from services.membership.domain.profiles import Profile
from services.membership.domain.remote_skill import RemoteSkill
from services.membership.domain.roles import Role
from services.membership.domain.sign_ins import SignIn

PLAIN = (
    "person_id", "account_id", "asked_by", "asked_at", "begins_at", "standing", "begun_at", "ended_at",
)  # fmt: skip
THEIRS_ALONE = (
    *("sign_ins", "invitations", "address_moves", "identities", "logout_hints", "profiles"),
    "remote_skills",
    *("advices", "stakes"),
)


class MongoErasures(Aggregates[Erasure]):
    """One erasure a person; kept for ever, as the tombstone."""

    collection = "erasures"
    kind = "erasure"
    indexes = (Index("erasures_of_network", [("network", 1), ("asked_at", -1), ("_id", -1)]),)

    def to_document(self, aggregate: Erasure) -> Document:
        return {name: getattr(aggregate, name) for name in PLAIN} | {
            "confirmed": [asdict(each) for each in aggregate.confirmed]
        }

    def to_aggregate(self, document: Document) -> Erasure:
        return Erasure(
            **self.identity(document),
            **{name: document[name] for name in PLAIN},
            confirmed=tuple(Confirmed(**each) for each in document["confirmed"]),
        )

    def restated(self, aggregate: Erasure) -> Any:
        return told_erasure(aggregate)

    def newest(self, network: str, limit: int, after: str | None) -> Page[Erasure]:
        """Return one page, the newest first."""
        return self.page(network, {}, [("asked_at", -1)], limit, after)


class MongoTraces:
    """What the other stores hold of one person; asked for once in a life, so no index serves it alone."""

    def __init__(self, floor: Floor) -> None:
        self._database = floor.database
        self._sign_ins, self._roles = MongoSignIns(floor), MongoRoles(floor)
        self._enrollments, self._cohorts = MongoEnrollments(floor), MongoCohorts(floor)
        self._people, self._imports = MongoPeople(floor), MongoImports(floor)
        self._launches, self._groups = MongoLaunches(floor), MongoGroups(floor)
        self._parts, self._identities = MongoImportParts(floor), MongoIdentities(floor)
        self._guests = MongoGuests(floor)
        self._skills = MongoRemoteSkills(floor)
        self._profiles, self._sealing = MongoProfiles(floor), floor.sealing

    def open_sign_ins(self, network: str, person_id: str) -> list[SignIn]:
        """Return what is asked for or open."""
        return self._sign_ins.find(network, {"person_id": person_id, "standing": {"$ne": "ended"}})

    def roles(self, network: str, person_id: str) -> list[Role]:
        """Return what they hold, run out or not."""
        return self._roles.of_person(network, person_id)

    def enrollments(self, network: str, person_id: str) -> list[Enrollment]:
        """Return what they ever enrolled in."""
        return self._enrollments.find(network, {"person_id": person_id})

    def cohorts(self, network: str, person_id: str) -> list[Cohort]:
        """Return the cohorts that ever named them."""
        return self._cohorts.find(network, _naming(person_id))

    def guests(self, network: str, person_id: str) -> list[Invitation]:
        """Return the invitations they are the guest of, or answered."""
        return self._guests.naming(network, person_id)

    def launches(self, network: str, person_id: str) -> list[Launch]:
        """Return the launches in which they speak for a group, recorded its word, or said something."""
        return self._launches.naming(network, person_id)

    def groups(self, network: str, person_id: str) -> list[SelfFormed]:
        """Return the self-formed groups they founded, are in or are invited to."""
        return self._groups.of_person(network, person_id)

    def page_of_sign_ins(self, network: str, person_id: str, limit: int, after: str | None) -> Page[SignIn]:
        """Return a page of their sign-ins of the last weeks."""
        return self._sign_ins.page(network, {"person_id": person_id}, [("_id", 1)], limit, after)

    def identities(self, network: str, person_id: str) -> list[Identity]:
        """Return what they sign in with at an organization's provider."""
        return self._identities.of_person(network, person_id)

    def remote_skill(self, network: str, person_id: str) -> RemoteSkill | None:
        """Return what staff recorded of their leading people who cannot see one another."""
        return self._skills.of_person(network, person_id)

    def own_profile(self, network: str, person_id: str) -> Profile | None:
        """Return what they say of themselves, where they do."""
        return self._profiles.of_person(network, person_id)

    def redact_imports(self, network: str, words: Sequence[str]) -> None:
        """Take the person's address and name out of what imports report; running ones meet the tombstone."""
        self._imports.redact(network, words)
        self._parts.redact(network, words)

    def forget_answers(self, network: str, person_id: str) -> None:
        """Have recorded answers that named the person made anew."""
        self._people.forget_answers(network, {"_id": person_id})
        self._cohorts.forget_answers(network, _naming(person_id))
        self._launches.forget_all_answers(network)
        self._groups.forget_answers(network, {})
        self._guests.forget_answers(network, {"guest_id": person_id})
        for store in (self._roles, self._enrollments):
            store.forget_answers(network, {"person_id": person_id})
        self._enrollments.forget_answers(network, {"pledge.round": {"$gt": 0}})

    def drop(self, network: str, person_id: str) -> int:
        """Delete what is theirs alone, and the keys of what they said; return how many must be told first."""
        self._sealing.forget(network, person_id)
        theirs, left = {"network": network, "person_id": person_id}, 0
        with reaching():
            for name in THEIRS_ALONE:
                collection = self._database[name]
                collection.delete_many({**theirs, "outbox.0": {"$exists": False}})
                left += collection.count_documents(theirs)
        return left


def _naming(person_id: str) -> Document:
    named = ("roster.person_id", "facilitators.person_id", "outside", "steps.by")
    return {"$or": [{field: person_id} for field in named]}
