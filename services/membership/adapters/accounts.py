"""Accounts: documents of the installation, not of one network (MECHANISMS P13)."""

from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from services.kit.floor import Floor
from services.kit.ids import new_id
from services.kit.mongo import Document, Index, create_indexes, reaching
from services.membership.domain.accounts import Account, Belonging, login_address

RACES = 3  # two first imports of one address may meet; the second look finds what the first made
ONLY_OFFERS = {"belongings": {"$not": {"$elemMatch": {"offered": {"$ne": True}}}}}


class MongoAccounts:
    """Accounts: one a login address, one a person; both held by unique indexes.

    Nothing is announced of an account, and its writes are single sets that repeat harmlessly, so it needs
    neither outbox nor request record. An account never stands without a belonging.
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

    def of_person(self, person_id: str) -> Account | None:
        """Return the account that this person is, or is offered to."""
        return self._find({"belongings.person_id": person_id})

    def ensure_for(self, network: str, person_id: str, email: str) -> str | None:
        """Offer a person to the account of this address; to be called before the person is saved.

        A person who has an account keeps its login address, whatever `email` says now: changing a contact
        never changes who can sign in (SECURITY 1.37). Repeating changes nothing.

        Args:
            person_id: the same one at every repetition.

        Returns:
            The account's id; None when the address already signs in as another person of this network.
        """
        address = login_address(email)
        for _ in range(RACES):
            known = self.of_person(person_id)
            if known:
                return known.id
            account_id = self._offer(network, person_id, address)
            if account_id:
                return account_id
            if self._find({"address": address, "belongings.network": network}):
                found = self.of_person(person_id)
                return found.id if found else None
        return None

    def claim(self, account_id: str, person_id: str) -> bool:
        """Join the offer whose link is in hand, as the account's first network; False unless it is one."""
        mine = {"belongings": {"$elemMatch": {"person_id": person_id, "offered": True}}}
        return self._set_joined({"_id": account_id, "$and": [mine, ONLY_OFFERS]}, person_id)

    def join(self, account_id: str, network: str, person_id: str) -> bool:
        """Join a network as this person, offered to this account or to one they never used.

        Returns:
            False when the account is somebody else in that network, or the person is another account's.
        """
        here = self._find({"_id": account_id, "belongings.network": network})
        if here:
            mine = {"belongings": {"$elemMatch": {"person_id": person_id, "offered": True}}}
            return self._set_joined({"_id": account_id, **mine}, person_id) or _is_joined(here, person_id)
        self.release(person_id, offered_only=True)
        return self._push(account_id, Belonging(network, person_id))

    def release(self, person_id: str, *, offered_only: bool = False) -> None:
        """Take a person off their account; an account that stands for nobody any more goes."""
        entry: Document = {"person_id": person_id} | ({"offered": True} if offered_only else {})
        holder = {"belongings": {"$elemMatch": entry}}
        with reaching():
            alone = self._documents.delete_one({**holder, "belongings.1": {"$exists": False}})
            if not alone.deleted_count:
                pull = {"$pull": {"belongings": entry}, "$inc": {"revision": 1}}
                self._documents.update_one({**holder, "belongings.1": {"$exists": True}}, pull)

    def set_address(self, account_id: str, former: str, wanted: str) -> bool:
        """Move the login address; False when it is no longer `former`, or `wanted` is another account's."""
        try:
            with reaching():
                moved = self._documents.update_one(
                    {"_id": account_id, "address": former},
                    {"$set": {"address": wanted}, "$inc": {"revision": 1}},
                )
        except DuplicateKeyError:
            return False
        return moved.matched_count == 1

    def _offer(self, network: str, person_id: str, address: str) -> str | None:
        try:
            with reaching():
                holder = self._documents.find_one_and_update(
                    {"address": address, "belongings.network": {"$ne": network}},
                    {
                        "$setOnInsert": {"_id": new_id("acc"), "password_hash": None, "shape": 1},
                        "$push": {
                            "belongings": {"network": network, "person_id": person_id, "offered": True}
                        },
                        "$inc": {"revision": 1},
                    },
                    upsert=True,
                    return_document=ReturnDocument.AFTER,
                )
        except DuplicateKeyError:
            return None
        return str(holder["_id"])

    def _push(self, account_id: str, belonging: Belonging) -> bool:
        entry = {"network": belonging.network, "person_id": belonging.person_id}
        try:
            with reaching():
                pushed = self._documents.update_one(
                    {"_id": account_id, "belongings.network": {"$ne": belonging.network}},
                    {"$push": {"belongings": entry}, "$inc": {"revision": 1}},
                )
        except DuplicateKeyError:
            return False
        return pushed.matched_count == 1

    def _set_joined(self, where: Document, person_id: str) -> bool:
        with reaching():
            joined = self._documents.update_one(
                where,
                {"$unset": {"belongings.$[mine].offered": ""}, "$inc": {"revision": 1}},
                array_filters=[{"mine.person_id": person_id}],
            )
        return joined.matched_count == 1

    def _find(self, where: Document) -> Account | None:
        with reaching():
            document = self._documents.find_one(where)
        return _account(document) if document else None


def _is_joined(account: Account, person_id: str) -> bool:
    return any(each.person_id == person_id for each in account.joined)


def _account(document: Document) -> Account:
    return Account(
        id=document["_id"],
        address=document["address"],
        belongings=tuple(
            Belonging(each["network"], each["person_id"], not each.get("offered"))
            for each in document["belongings"]
        ),
        password_hash=document["password_hash"],
        revision=document["revision"],
    )
