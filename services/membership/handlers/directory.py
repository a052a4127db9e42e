"""The directory: whoever consented to be seen, shown to one reader field by field."""

from dataclasses import dataclass

from services.membership.domain import directory as rules
from services.membership.domain.people_ports import Cohorts, People
from services.membership.domain.profile_ports import Profiles
from services.membership.domain.reporting import above, in_one_line
from services.membership.domain.rights import check_signed_in


@dataclass(frozen=True)
class Found:
    """Some entries by name, and where the next ones begin (None: no more)."""

    items: list[rules.Entry]
    next: str | None


def list_directory(query, profiles: Profiles, people: People, cohorts: Cohorts):
    """Return one page of whom the caller may see and looks for, by name.

    A page is filled up: that somebody was left out of it does not show.

    Raises:
        SignedInOnly, DirectoryNotOpen. NothingToSearch: a word that cannot be looked for.
        EntryUnknown: the cohort named is none of theirs.
        OwnFactorNeeded: confidential words are looked for by a sign-in that was not proven.
    """
    own = _own_cohorts(query.caller, cohorts)
    reader = rules.reader_of(query.caller, own)
    search = rules.search_for(query.asked, query.around, rules.room_of(query.cohort_id, own))
    rules.check_may_search(search, reader)
    found: list[rules.Entry] = []
    after = query.after
    while True:
        page = profiles.found(reader, search, query.limit - len(found), after)
        found += _entries(page.items, reader, people, search)
        after = page.next
        if after is None or len(found) == query.limit:
            return Found(found, after)


def show_entry(query, profiles: Profiles, people: People, cohorts: Cohorts):
    """Return one entry. Raises: SignedInOnly, DirectoryNotOpen, EntryUnknown."""
    reader = rules.reader_of(query.caller, _own_cohorts(query.caller, cohorts))
    profile = profiles.of_person(reader.network, query.person_id)
    entries = _entries([profile] if profile else [], reader, people, rules.EVERYBODY)
    if not entries:
        raise rules.EntryUnknown("there is no such person in the directory")
    return entries[0]


def _own_cohorts(caller, cohorts):
    network, person_id = check_signed_in(caller)
    return cohorts.of_person(network, person_id)


def _entries(profiles, reader, people, search):
    ids = [profile.person_id for profile in profiles]
    known = people.by_ids(reader.network, ids)
    ancestors = above(people.lines_above(reader.network, [reader.person_id, *ids]))
    entries = (
        rules.entry_for(
            profile,
            known.get(profile.person_id),
            reader,
            in_line=in_one_line(reader.person_id, profile.person_id, ancestors),
            search=search,
        )
        for profile in profiles
    )
    return [entry for entry in entries if entry is not None]
