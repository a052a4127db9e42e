"""Profiles: what a person says of themselves, and for each part who may see it.

The roster fills in a profile that was never saved; from the first save on it is the person's own, and no
import changes it. Weekly hours, zone and address stay where they are (people.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from services.kit.errors import Invalid
from services.membership.domain.derived import derived_id
from services.membership.domain.people import Person
from services.membership.domain.words import unique_lines, words_of

NOBODY, COHORT, NETWORK = AUDIENCES = ("nobody", "cohort", "network")  # each sees what those after it show
LISTED = "listed"  # being in the directory at all: name and organization; nothing is shown to more people
CONTACT = ("email", "phone")  # for the people of one's own cohorts, never for the whole network
IN_CONFIDENCE = ("challenges", "asks")
LINES = ("position", "level", "function", "phone")
LISTS = ("languages", "initiatives", "offers", *IN_CONFIDENCE)
FIELDS = (*LINES[:3], "years", *LISTS, "place", "threads", *CONTACT)
THREAD_KINDS = (
    *("position", "level", "experience", "function", "project", "initiative"),
    *("industry_pressure", "client_base", "community", "strategy"),
)
MOST_LANGUAGES = 20


@dataclass(frozen=True)
class Place:
    """Where somebody is, to a tenth of a degree (about 11 km): `latitude` and `longitude`, or neither."""

    city: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Thread:
    """Something a person could have in common with others: what kind of thing, and its name."""

    kind: str
    name: str

    @property
    def words(self) -> tuple[str, ...]:
        """The words by which two threads of one kind are compared, in order."""
        return tuple(sorted(words_of(self.name)))


@dataclass(frozen=True)
class Profile:
    """One person's profile. `display_name` is a copy for the order of lists, `consent` field -> audience."""

    id: str
    network: str
    person_id: str
    display_name: str
    position: str = ""
    level: str = ""
    function: str = ""
    years: int | None = None
    languages: tuple[str, ...] = ()
    place: Place = Place()
    initiatives: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    challenges: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    threads: tuple[Thread, ...] = ()
    phone: str = ""
    consent: Mapping[str, str] = field(default_factory=dict)
    revision: int = 0

    def audience(self, name: str) -> str:
        """Return who may see `name`: what was consented to, and no more people than see the entry itself."""
        both = (self.consent.get(LISTED, NOBODY), self.consent.get(name, NOBODY))
        return min(both, key=AUDIENCES.index)


class ConsentTooWide(Invalid):
    """Ways to reach somebody are shown to their own cohorts at most."""

    code = "consent-too-wide"


class HalfAPlace(Invalid):
    code = "half-a-place"


def profile_id(network: str, person_id: str) -> str:
    """Return the one id of a person's profile."""
    return derived_id("pro", network, person_id)


def blank_profile(person: Person) -> Profile:
    """Return the profile of somebody who never saved one: what the roster says, shown to nobody."""
    return Profile(
        id=profile_id(person.network, person.id),
        network=person.network,
        person_id=person.id,
        display_name=person.display_name,
        position=person.title,
        level=person.level,
        function=person.function,
        years=person.years,
        languages=person.languages[:MOST_LANGUAGES],
        place=Place(person.city, person.country),
        consent=dict.fromkeys((LISTED, *FIELDS), NOBODY),
    )


def change_profile(profile: Profile, said: Mapping[str, Any]) -> Profile:
    """Return the profile with what was said in place of what stood there; what is not named stays.

    Args:
        said: fields of `Profile`; `threads` as (kind, name), `place` as a mapping, `consent` for some fields.

    Raises:
        ConsentTooWide: a way to reach the person would be shown to the whole network.
        HalfAPlace: latitude without longitude, or the other way round.
    """
    given = dict(said)
    consent = {**profile.consent, **given.pop("consent", {})}
    for name in CONTACT:
        if consent.get(name) == NETWORK:
            detail = "is shown to your own cohorts at most"
            raise ConsentTooWide(
                f"{name} {detail}", errors=[{"pointer": f"/consent/{name}", "detail": detail}]
            )
    changed = {name: given[name].strip() for name in LINES if name in given}
    changed |= {name: unique_lines(given[name]) for name in LISTS if name in given}
    if "years" in given:
        changed["years"] = given["years"]
    if "threads" in given:
        changed["threads"] = _threads(given["threads"])
    if "place" in given:
        changed["place"] = place_of(**(given["place"] or {}))
    return replace(profile, consent=consent, **changed)


def renamed(profile: Profile, display_name: str) -> Profile:
    """Return the profile in its new place of the list."""
    return replace(profile, display_name=display_name)


def place_of(
    city: str = "", country: str = "", latitude: float | None = None, longitude: float | None = None
) -> Place:
    """Return a place with its point rounded, so that nobody's street is kept. Raises: HalfAPlace."""
    if latitude is None and longitude is None:
        return Place(city.strip(), country.strip())
    if latitude is None or longitude is None:
        missing = "latitude" if latitude is None else "longitude"
        error = {"pointer": f"/place/{missing}", "detail": "is missing beside the other one"}
        raise HalfAPlace("a point needs latitude and longitude", errors=[error])
    return Place(city.strip(), country.strip(), round(latitude, 1), round(longitude, 1))


def _threads(said: Any) -> tuple[Thread, ...]:
    found = [Thread(one["kind"], one["name"].strip()) for one in said]
    return tuple({(one.kind, one.words): one for one in reversed(found) if one.name}.values())[::-1]
