"""The directory: who is in it for whom, what of them is shown, and by which words they are found.

Consent is the rule; three things are subtracted from it for what is said in confidence (challenges, asks): a
reader who did not prove that it is they, one in the person's reporting line, and one who is there by a role
that sees people (staff, admins, sponsors, supervisors) and not by a cohort.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from services.contracts.caller import Caller
from services.kit.errors import Forbidden, Invalid, NotFound
from services.membership.domain.cohorts import Cohort
from services.membership.domain.people import Person
from services.membership.domain.profiles import COHORT, FIELDS, IN_CONFIDENCE, NETWORK, Profile
from services.membership.domain.rights import check_signed_in
from services.membership.domain.words import folded, words_of

OVERSEEING = ("network_admin", "program_staff", "organization_admin", "sponsor", "supervisor")
OUTSIDE = ("guest", "recipient", "sponsor")  # see the directory only where a cohort made them a member
EXPERTISE, CHALLENGE, THREAD, CITY, COUNTRY = "expertise", "challenge", "thread", "city", "country"
FOUND_BY = {"position": EXPERTISE, "function": EXPERTISE, "initiatives": EXPERTISE, "offers": EXPERTISE}
FARTHEST = 20_100  # kilometers: beyond is nothing

Term = tuple[str, str]  # (kind, word)


class DirectoryNotOpen(Forbidden):
    """Guests, recipients and sponsors are no members of the network."""

    code = "directory-not-open"


class NothingToSearch(Invalid):
    code = "nothing-to-search"


class EntryUnknown(NotFound):
    """Nobody by that id, or nobody who shows themselves to this reader."""

    code = "not-found"


class OwnFactorNeeded(Forbidden):
    """Confidential text opens to something only the person holds."""

    code = "own-factor-needed"


@dataclass(frozen=True)
class Reader:
    """Who reads: `mates` share a cohort with them; `oversees`: here by a role that sees people, too."""

    network: str
    person_id: str
    mates: frozenset[str]
    oversees: bool
    text_open: bool


@dataclass(frozen=True)
class Around:
    """A circle on the earth: its middle in degrees, its radius in kilometers."""

    latitude: float
    longitude: float
    radius_km: float


@dataclass(frozen=True)
class Search:
    """What is looked for: all `terms`, where given a place within the circle; `room`: among these alone."""

    terms: frozenset[Term] = frozenset()
    around: Around | None = None
    room: frozenset[str] | None = None

    @property
    def is_confidential(self) -> bool:
        """True when it asks for what is said in confidence."""
        return any(kind == CHALLENGE for kind, _ in self.terms)


EVERYBODY = Search()


@dataclass(frozen=True)
class Entry:
    """One person as one reader meets them: `shown` are the names of the fields that may be told."""

    profile: Profile
    person: Person
    is_mate: bool
    shown: frozenset[str] = field(default_factory=frozenset)


def reader_of(caller: Caller, cohorts: Iterable[Cohort]) -> Reader:
    """Return who reads, from their own cohorts (as members or facilitators).

    Raises:
        SignedInOnly. DirectoryNotOpen: here for something else only.
    """
    network, person_id = check_signed_in(caller)
    running = [one for one in cohorts if one.standing == "formed"]
    if not running and caller.has_role(*OUTSIDE):
        raise DirectoryNotOpen("the directory is for the members of this network")
    mates = {one for each in running for one in each.member_ids()}
    mates |= {one.person_id for each in running for one in each.facilitators}
    return Reader(
        network, person_id, frozenset(mates - {person_id}), caller.has_role(*OVERSEEING), caller.text_open
    )


def search_for(
    asked: Mapping[str, str | None], around: Around | None, room: frozenset[str] | None = None
) -> Search:
    """Return the search of what was typed: every word must be found.

    Args:
        asked: kind of term -> text; None or "" where nothing is looked for.
        around, room: as in `Search`.

    Raises:
        NothingToSearch: a text without any word that counts.
    """
    terms: set[Term] = set()
    for kind, text in asked.items():
        if not text:
            continue
        words = {folded(text)} - {""} if kind in (CITY, COUNTRY) else words_of(text)
        if not words:
            detail = "holds no word to look for"
            raise NothingToSearch(detail, errors=[{"pointer": f"?{kind}", "detail": detail}])
        terms |= {(kind, word) for word in words}
    return Search(frozenset(terms), around, room)


def room_of(cohort_id: str | None, cohorts: Iterable[Cohort]) -> frozenset[str] | None:
    """Return who is in one of the reader's own cohorts, facilitators included; None where none is named.

    Raises:
        EntryUnknown: it is none of theirs, or there is none.
    """
    if cohort_id is None:
        return None
    for cohort in cohorts:
        if cohort.id == cohort_id and cohort.standing == "formed":
            return cohort.member_ids() | {one.person_id for one in cohort.facilitators}
    raise EntryUnknown("there is no such cohort")


def check_may_search(search: Search, reader: Reader) -> None:
    """Refuse to look for confidential words where they are not open. Raises: OwnFactorNeeded."""
    if search.is_confidential and not reader.text_open:
        raise OwnFactorNeeded("Prove by your own factor that it is you; then this opens.")


def terms_for(profile: Profile, audience: str) -> frozenset[Term]:
    """Return by what the people of `audience` (COHORT or NETWORK) find this profile."""
    seen = {name for name in FIELDS if profile.audience(name) in (audience, NETWORK)}
    terms = {(FOUND_BY[name], word) for name in seen & FOUND_BY.keys() for word in _words_in(profile, name)}
    if "challenges" in seen:
        terms |= {(CHALLENGE, word) for word in words_of(*profile.challenges)}
    if "threads" in seen:
        terms |= {(THREAD, word) for one in profile.threads for word in one.words}
    if "place" in seen:
        named = ((CITY, folded(profile.place.city)), (COUNTRY, folded(profile.place.country)))
        terms |= {(kind, text) for kind, text in named if text}
    return frozenset(terms)


def entry_for(
    profile: Profile, person: Person | None, reader: Reader, *, in_line: bool, search: Search = EVERYBODY
) -> Entry | None:
    """Return the person as this reader may see them; None when they may not, or were found unduly.

    Args:
        person: as the network knows them now; None or gone: not in the directory.
        in_line: reader and person stand in one reporting line.
    """
    is_mate = profile.person_id in reader.mates
    seen_by = (COHORT, NETWORK) if is_mate else (NETWORK,)
    if person is None or person.standing != "active" or profile.person_id == reader.person_id:
        return None
    if profile.audience("listed") not in seen_by:
        return None
    shown = {name for name in FIELDS if profile.audience(name) in seen_by}
    if in_line or not reader.text_open or (reader.oversees and not is_mate):
        if search.is_confidential:
            return None
        shown -= set(IN_CONFIDENCE)
    return Entry(profile, person, is_mate, frozenset(shown))


def _words_in(profile: Profile, name: str) -> frozenset[str]:
    value = getattr(profile, name)
    return words_of(value) if isinstance(value, str) else words_of(*value)
