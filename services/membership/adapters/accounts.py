"""Accounts and the count of tries: documents of the installation, not of one network (MECHANISMS P13)."""

from datetime import datetime, timedelta

from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from services.kit.derive import fingerprint
from services.kit.floor import Floor
from services.kit.ids import new_id
from services.kit.mongo import Document, Index, create_indexes, reaching
from services.membership.domain.accounts import Account, Belonging, login_address
from services.membership.domain.throttle import Allowance

RACES = 3  # two first imports of one address may meet; the second look finds what the first made


class MongoAccounts:
    """Accounts: one a login address, one a person; both held by unique indexes.

    Nothing is announced of an account, and its writes are single sets that repeat harmlessly, so it needs
    neither outbox nor request record.
    """

    INDEXES = (
        Index("one_account_per_address", [("address", 1)], unique=True),
        Index("one_account_per_person", [("belongings.person_id", 1)], unique=True),
    )

    def __init__(self, floor: Floor) -> None:
        self._documents = floor.database["accounts"]

    def prepare(self) -> None:
        """Create the indexes; repeating changes nothing."""
        create_indexes(self._documents, self.INDEXES)

    def get(self, account_id: str) -> Account | None:
        return self._find({"_id": account_id})

    def by_address(self, address: str) -> Account | None:
        """Return the account of a login address in its one form (`login_address`)."""
        return self._find({"address": address})

    def ensure_for(self, network: str, person_id: str, email: str) -> str | None:
        """See that a person can sign in by this address; to be called before the person is saved.

        A person who has an account keeps its login address, whatever `email` says now: changing a contact
        never changes who can sign in (SECURITY 1.37). Repeating changes nothing.

        Args:
            person_id: the same one at every repetition.

        Returns:
            The account's id; None when the address already signs in as another person of this network.
        """
        address = login_address(email)
        for _ in range(RACES):
            known = self._find({"belongings.person_id": person_id})
            if known:
                return known.id
            account_id = self._join(network, person_id, address)
            if account_id:
                return account_id
            holder = self._find({"address": address, "belongings.network": network})
            if holder:
                return holder.id if Belonging(network, person_id) in holder.belongings else None
        return None

    def set_password(self, account_id: str, password_hash: str) -> None:
        """Keep the hash of the account's new password."""
        with reaching():
            self._documents.update_one(
                {"_id": account_id}, {"$set": {"password_hash": password_hash}, "$inc": {"revision": 1}}
            )

    def _join(self, network: str, person_id: str, address: str) -> str | None:
        try:
            with reaching():
                joined = self._documents.find_one_and_update(
                    {"address": address, "belongings.network": {"$ne": network}},
                    {
                        "$setOnInsert": {"_id": new_id("acc"), "password_hash": None, "shape": 1},
                        "$push": {"belongings": {"network": network, "person_id": person_id}},
                        "$inc": {"revision": 1},
                    },
                    upsert=True,
                    return_document=ReturnDocument.AFTER,
                )
        except DuplicateKeyError:
            return None
        return str(joined["_id"])

    def _find(self, where: Document) -> Account | None:
        with reaching():
            document = self._documents.find_one(where)
        return _account(document) if document else None


class MongoThrottles:
    """Counts tries; the name of what is counted is kept as a hash, and for an hour at most."""

    INDEXES = (Index("forgotten_tries", [("ends_at", 1)], expire_seconds=3600),)

    def __init__(self, floor: Floor) -> None:
        self._documents = floor.database["tries"]

    def prepare(self) -> None:
        """Create the index; repeating changes nothing."""
        create_indexes(self._documents, self.INDEXES)

    def take(self, allowance: Allowance, subject: str, now: datetime) -> bool:
        """Count one try, in one write; True while the allowance holds.

        A window begins with its first try, so that no number of tries keeps it closed for longer than `per`.
        """
        entry = fingerprint(allowance.kind, subject)
        try:
            counted = self._count(entry, allowance.per, now)
        except DuplicateKeyError:  # two first tries at once
            counted = self._count(entry, allowance.per, now)
        return bool(counted["tries"] <= allowance.tries)

    def give_back(self, allowance: Allowance, subject: str) -> None:
        """Uncount a try that turned out to be right."""
        with reaching():
            self._documents.update_one(
                {"_id": fingerprint(allowance.kind, subject), "tries": {"$gt": 0}}, {"$inc": {"tries": -1}}
            )

    def _count(self, entry: str, per: timedelta, now: datetime) -> Document:
        runs = {"$gt": ["$ends_at", now]}
        step = {
            "tries": {"$cond": [runs, {"$add": ["$tries", 1]}, 1]},
            "ends_at": {"$cond": [runs, "$ends_at", now + per]},
        }
        with reaching():
            return self._documents.find_one_and_update(
                {"_id": entry}, [{"$set": step}], upsert=True, return_document=ReturnDocument.AFTER
            )


def _account(document: Document) -> Account:
    return Account(
        id=document["_id"],
        address=document["address"],
        belongings=tuple(Belonging(each["network"], each["person_id"]) for each in document["belongings"]),
        password_hash=document["password_hash"],
        revision=document["revision"],
    )
