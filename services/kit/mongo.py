"""The connection to MongoDB and the indexes a service needs.

Writes wait for a majority and the journal, reads see only what a majority holds: nothing is acknowledged, or
acknowledged again, that could still be rolled back.
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pymongo import IndexModel, MongoClient
from pymongo.collection import Collection
from pymongo.errors import PyMongoError

from services.kit.away import store_is_away
from services.kit.errors import Refusal
from services.kit.outcomes import StoreAway
from services.kit.settings import SettingError, Settings

Document = dict[str, Any]
OPERATION_SECONDS = 8  # one operation with its retries; below the 10 s of an ask
MAX_SKEW_SECONDS = 5


class ClockSkewError(Exception):
    """This machine's clock and MongoDB's are too far apart to compare times across services."""


@dataclass(frozen=True)
class Index:
    """One index, named after the query it serves or the rule it keeps.

    Args:
        keys: pairs of field and direction (1 or -1).
        where: only documents that match are in it (a partial index).
        refusal: for a unique index, the refusal a second document meets; a plain `Conflict` when None.
        expire_seconds: documents go that long after the (single, date) field.
    """

    name: str
    keys: tuple[tuple[str, int], ...] | list[tuple[str, int]]
    unique: bool = False
    sparse: bool = False
    where: Mapping[str, Any] | None = None
    refusal: type[Refusal] | None = None
    expire_seconds: int | None = None

    def model(self) -> IndexModel:
        options: dict[str, Any] = {"name": self.name}
        if self.unique:
            options["unique"] = True
        if self.sparse:
            options["sparse"] = True
        if self.where is not None:
            options["partialFilterExpression"] = dict(self.where)
        if self.expire_seconds is not None:
            options["expireAfterSeconds"] = self.expire_seconds
        return IndexModel(list(self.keys), **options)


def connect(settings: Settings) -> MongoClient[Document]:
    """Return a client that signs in as the service where `mongo_password` is among its secrets.

    Users live in the `admin` database and may only touch their service's two databases.
    """
    if not settings.mongo:
        raise SettingError(f"CT_MONGO is not set, and {settings.service} needs it")
    password = settings.secret_or_none("mongo_password")
    account: dict[str, Any] = (
        {"username": settings.service, "password": password, "authSource": "admin"} if password else {}
    )
    return MongoClient(
        settings.mongo,
        **account,
        appname=settings.service,
        tz_aware=True,
        tzinfo=UTC,
        w="majority",
        journal=True,
        readConcernLevel="majority",
        retryWrites=True,
        retryReads=True,
        timeoutMS=OPERATION_SECONDS * 1000,
        serverSelectionTimeoutMS=5000,
        connectTimeoutMS=3000,
        maxPoolSize=100,
        maxIdleTimeMS=300_000,
    )


def create_indexes(collection: Collection[Document], indexes: Iterable[Index]) -> None:
    """Create what is missing of `indexes`; doing it again changes nothing."""
    models = [index.model() for index in indexes]
    if models:
        collection.create_indexes(models)


def check_clock(client: MongoClient[Document], limit: float = MAX_SKEW_SECONDS) -> float:
    """Return by how many seconds MongoDB's clock is ahead of this machine's.

    Raises:
        ClockSkewError: by more than `limit`, the time of the question itself not counted.
    """
    before = datetime.now(UTC)
    theirs: datetime = client.admin.command("hello", codec_options=client.codec_options)["localTime"]
    after = datetime.now(UTC)
    ahead = (theirs - after).total_seconds() if theirs > after else 0.0
    behind = (before - theirs).total_seconds() if theirs < before else 0.0
    if max(ahead, behind) > limit:
        raise ClockSkewError(f"MongoDB's clock differs by {max(ahead, behind):.1f} s, we bear {limit} s")
    return ahead or -behind


@contextlib.contextmanager
def reaching() -> Iterator[None]:
    """Turn "MongoDB is away, stepping down or too slow" into `StoreAway`; everything else passes unchanged.

    A write that ends so may have been carried out.
    """
    try:
        yield
    except PyMongoError as error:
        if store_is_away(error):
            raise StoreAway(type(error).__name__) from error
        raise
