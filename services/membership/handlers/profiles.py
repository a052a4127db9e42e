"""A person's own profile: shown, changed, and kept in the order of names."""

from services.kit.errors import NotFound
from services.membership.domain import profiles as rules
from services.membership.domain.directory import OwnFactorNeeded
from services.membership.domain.people_ports import People
from services.membership.domain.profile_ports import Profiles
from services.membership.domain.rights import check_signed_in


def show_profile(query, profiles: Profiles, people: People):
    """Return the caller's own profile, or what the roster says where they never saved one.

    Raises:
        SignedInOnly. OwnFactorNeeded: their challenges are in it. NotFound: they are gone.
    """
    network, person_id = _proven(query.caller)
    return profiles.of_person(network, person_id) or _blank(network, person_id, people)


def change_profile(command, profiles: Profiles, people: People):
    """Change what is named in `command.said`, and return the profile.

    Raises:
        SignedInOnly, OwnFactorNeeded, NotFound, Stale. ConsentTooWide, HalfAPlace: as they say.
    """
    network, person_id = _proven(command.caller)
    blank = _blank(network, person_id, people)
    known = profiles.of_person(network, person_id)
    changed = rules.change_profile(known or blank, command.said)
    return profiles.save(changed) if known else profiles.begin(changed, blank)


def rename_in_directory(fact, profiles: Profiles):
    """Follow somebody's name, where they have a profile."""
    known = profiles.of_person(fact.network, fact.person_id)
    if known is not None and fact.display_name and known.display_name != fact.display_name:
        profiles.save(rules.renamed(known, fact.display_name), repeatable=True)


def _blank(network, person_id, people):
    person = people.get(network, person_id)
    if person.standing != "active":
        raise NotFound("there is no such person")
    return rules.blank_profile(person)


def _proven(caller):
    named = check_signed_in(caller)
    if not caller.text_open:
        raise OwnFactorNeeded("Prove by your own factor that it is you; then this opens.")
    return named
