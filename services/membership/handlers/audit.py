"""Keeping notes, chaining them, and reading the trail."""

from dataclasses import dataclass

from services.kit.errors import NotFound
from services.membership.domain import audit as rules
from services.membership.handlers.whoever import check_admin

STRETCH = 1_000  # entries verified in one ask


@dataclass(frozen=True)
class Shown:
    """A page of the trail and the names behind its ids as they are known today; `is_first` of the pages."""

    page: object
    names: dict
    is_first: bool


@dataclass(frozen=True)
class Verdict:
    """What a stretch of a chain is worth. `is_end`: all of it was seen."""

    checked: rules.Checked
    is_end: bool


def take_note(fact, source, entries, chains, clock):
    """Keep what a service noted and see that it is chained; hearing it twice keeps it once."""
    entries.keep(
        rules.Entry(
            id=fact.note_id,
            network=fact.network,
            kind=fact.kind,
            at=fact.at,
            source=source,
            actor_kind=fact.actor_kind,
            actor_id=fact.actor_id,
            about=fact.about,
            word=fact.word,
            request_id=fact.request_id,
        )
    )
    _hurry(fact.network, chains, clock.now())


def lengthen_chain(network, entries, chains, clock):
    """Write what was decided into its entries, then decide on the next ones; each turn is one save."""
    chain = chains.get(network, network)
    if chain.pending:
        entries.place(network, chain.pending)
    chain = chains.save(rules.lengthen(chain, entries.waiting(network, rules.AT_ONCE), clock.now()))
    if not chain.pending and entries.waiting(network, 1):  # came while we found nothing
        chains.save(rules.hurry(chain, clock.now()))


def list_audit(query, entries, people, roles, clock):
    """Return a page of the trail, newest first. Raises: NotAnAdmin."""
    check_admin(query.caller, roles, clock.now())
    page = entries.page(query.caller.network, vars(query), query.limit, query.after)
    ids = {each.actor_id for each in page.items} | {one for each in page.items for one in each.about}
    persons = people.by_ids(query.caller.network, [one for one in ids if one and one.startswith("per_")])
    names = {person.id: person.display_name for person in persons.values()}
    return Shown(page, names, is_first=query.after is None)


def verify_audit(query, entries, chains):
    """Check a stretch of one network's chain, of at most a thousand entries.

    Args:
        query: `network`, and `sequence` and `hash` where the stretch before ended (0, None: it is the first).

    Raises:
        NotFound: this network has no chain.
    """
    network = query.network
    chain = chains.get(network, network)
    before = rules.Checked(query.sequence, query.hash or rules.first_hash(network))
    most = min(query.most or STRETCH, STRETCH)
    found = entries.along(network, before.sequence, most)
    reached = rules.check(network, found, before)
    if reached.fault or len(found) == most:
        return Verdict(reached, is_end=reached.fault is not None)
    return Verdict(rules.check_end(chain, reached), is_end=True)


def _hurry(network, chains, now):
    try:
        chain = chains.get(network, network)
    except NotFound:
        chains.add(rules.begin_chain(network, now))
        return
    hurried = rules.hurry(chain, now)
    if hurried != chain:
        chains.save(hurried, repeatable=True)
