"""Keeping out of cohorts whom a reporting line bars: looked at whenever lines, rosters or roles change."""

from services.kit.errors import NotFound
from services.membership.domain import guarding as rules
from services.membership.domain.cohorts import guard
from services.membership.domain.reporting import above

PAGE = 200


def look_soon(network, guardings, clock):
    """Have the network's cohorts looked at in a moment; of many changes together, once."""
    now = clock.now()
    try:
        before = guardings.get(network, network)
    except NotFound:
        guardings.add(rules.look_soon(rules.Guarding(network, network), now))
        return
    after = rules.look_soon(before, now)
    if after != before:
        guardings.save(after, repeatable=True)


def look(network, guardings, cohorts, people, role_holders, clock):
    """See that each cohort of the network names whom it keeps out; what names them already stays."""
    guarding = guardings.get(network, network)
    ancestors = above(people.lines(network))
    holders = role_holders.holders(network, rules.OPENING, clock.now())
    after = None
    while True:
        page = cohorts.of_program(network, None, PAGE, after)
        for cohort in page.items:
            guarded, facts = guard(cohort, rules.barred_from(cohort.member_ids(), ancestors, holders))
            if facts:
                cohorts.save(guarded, announcing=facts)
        if page.next is None:
            break
        after = page.next
    guardings.save(rules.looked(guarding))
