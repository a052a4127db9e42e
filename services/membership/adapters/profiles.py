"""Profiles as MongoDB documents, and finding them as a reader may.

Challenges and what somebody asks for are sealed under their own key. What a profile is found by stands beside
it for each audience apart (`cohort_terms`, `network_terms`), confidential words only as hashes under a key of
the network: the database tells that two profiles share a word, not which.
"""

from dataclasses import asdict
from typing import Any

from services.kit import paging
from services.kit.context import work
from services.kit.documents import Page
from services.kit.errors import Conflict, Stale
from services.kit.mongo import Document, Index
from services.kit.sealing import SHARED
from services.kit.store import Aggregates
from services.membership.domain.directory import CHALLENGE, Around, Reader, Search, Term, terms_for
from services.membership.domain.profiles import (
    COHORT,
    IN_CONFIDENCE,
    LISTED,
    NETWORK,
    NOBODY,
    Place,
    Profile,
    Thread,
)
from services.membership.domain.words import folded

SORTED_LETTERS = 60
EARTH_KM = 6378.1
CHANGED = "this has changed since you read it"
PLAIN = ("person_id", "display_name", "position", "level", "function", "years", "phone")
LISTS = ("languages", "initiatives", "offers")
LEVELS = (COHORT, NETWORK)
BY_NAME = (("sort_name", 1),)


class MongoProfiles(Aggregates[Profile]):
    collection = "profiles"
    kind = "profile"
    sealed = IN_CONFIDENCE
    indexes = (
        Index("one_profile_per_person", [("network", 1), ("person_id", 1)], unique=True),
        Index("directory_by_name", [("network", 1), (LISTED, 1), ("sort_name", 1), ("_id", 1)]),
        Index("found_by_terms", [("network", 1), ("network_terms", 1), ("sort_name", 1), ("_id", 1)]),
    )

    def begin(self, profile: Profile, blank: Profile) -> Profile:
        """Save a person's first profile; `blank` is what they were shown before it.

        Raises:
            Stale: the caller's If-Match names another state, or a first one was saved meanwhile.
        """
        now = work()
        if now.present is not None and now.etag is not None and now.if_match not in (None, "*"):
            _compare(now.etag(now.present(blank)), now.if_match)
        try:
            return self.add(profile)
        except Conflict as taken:
            if taken.code != "already-exists":
                raise
            raise Stale(CHANGED) from None

    def of_person(self, network: str, person_id: str) -> Profile | None:
        """Return what somebody saved of themselves; None when they never did."""
        return self.find_one(network, {"person_id": person_id})

    def found(self, reader: Reader, search: Search, limit: int, after: str | None) -> Page[Profile]:
        """Return one page of whom the reader may find so, by name; reporting lines are not looked at here.

        Mates and the network are read apart, each by its own index, and put together: one query for both
        would sort everybody.
        """
        nearest = reader.mates if search.room is None else reader.mates & search.room
        mates: Document = {LISTED: {"$in": list(LEVELS)}, "person_id": {"$in": sorted(nearest)}}
        reads = [mates | self._looked_for(reader.network, COHORT, search)]
        if search.room is None and not (search.is_confidential and reader.oversees):
            everybody: Document = {LISTED: NETWORK, "person_id": {"$ne": reader.person_id}}
            reads.append(everybody | self._looked_for(reader.network, NETWORK, search))
        found = (self._read(reader.network, where, BY_NAME, limit + 1, after) for where in reads)
        once = {each["_id"]: each for some in found for each in some}
        ordered = sorted(once.values(), key=lambda each: (each["sort_name"], each["_id"]))
        following = paging.position(ordered[limit - 1], BY_NAME) if len(ordered) > limit else None
        return Page([self.whole(each) for each in ordered[:limit]], following)

    def to_document(self, aggregate: Profile) -> Document:
        state = {name: getattr(aggregate, name) for name in PLAIN}
        state |= {name: list(getattr(aggregate, name)) for name in LISTS}
        state |= {name: self._sealed(aggregate, name) for name in IN_CONFIDENCE}
        for level in LEVELS:
            terms = sorted(terms_for(aggregate, level))
            state[f"{level}_terms"] = [self._term(aggregate.network, term) for term in terms]
            state[f"{level}_spot"] = _spot(aggregate, level)
        return state | {
            "threads": [asdict(thread) for thread in aggregate.threads],
            "place": asdict(aggregate.place),
            "consent": dict(aggregate.consent),
            LISTED: aggregate.consent.get(LISTED, NOBODY),
            "sort_name": folded(aggregate.display_name)[:SORTED_LETTERS],
        }

    def to_aggregate(self, document: Document) -> Profile:
        lists: dict[str, Any] = {name: tuple(document[name]) for name in LISTS}
        for name in IN_CONFIDENCE:
            lists[name] = tuple(self.unseal(document, name, document[name]) or ())
        return Profile(
            **self.identity(document),
            **{name: document[name] for name in PLAIN},
            **lists,
            threads=tuple(Thread(**each) for each in document["threads"]),
            place=Place(**document["place"]),
            consent=document["consent"],
        )

    def _sealed(self, profile: Profile, name: str) -> Any:
        texts = list(getattr(profile, name)) or None
        return self.seal(profile, name, texts, cohort=profile.id, author=profile.person_id)

    def _looked_for(self, network: str, level: str, search: Search) -> Document:
        where: Document = {}
        if search.terms:
            where[f"{level}_terms"] = {"$all": [self._term(network, term) for term in sorted(search.terms)]}
        if search.around is not None:
            where[f"{level}_spot"] = {"$geoWithin": {"$centerSphere": _circle(search.around)}}
        return where

    def _term(self, network: str, term: Term) -> str:
        kind, word = term
        if kind == CHALLENGE:
            named = {"network": network, "cohort": network, "author": SHARED, "purpose": "directory"}
            word = self.floor.sealing.fingerprint(word, **named)[:8].hex()
        return f"{kind}:{word}"


def _compare(tag: str, expected: str | None) -> None:
    if tag != expected:
        raise Stale(CHANGED)


def _spot(profile: Profile, level: str) -> list[float] | None:
    place = profile.place
    if place.longitude is None or place.latitude is None:
        return None
    return [place.longitude, place.latitude] if profile.audience("place") in (level, NETWORK) else None


def _circle(around: Around) -> list[Any]:
    return [[around.longitude, around.latitude], around.radius_km / EARTH_KM]
