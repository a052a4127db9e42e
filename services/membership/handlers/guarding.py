"""Safety for life: each cohort is looked at whenever lines, rosters or roles change.

It names whom a reporting line keeps out, and waits (`on_hold`) as long as two of its own people are in one
line. The look comes after the change, in its own time, so that whoever changed a line is answered the same
with and without a conflict.
"""

from services.kit.errors import NotFound
from services.membership.domain import guarding as rules
from services.membership.domain.cohorts import guard
from services.membership.domain.line_conflicts import find_conflicts
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
    """See that each cohort of the network names whom it keeps out, and waits where a line runs through it.

    What says so already stays as it is.
    """
    guarding = guardings.get(network, network)
    ancestors = above(people.lines(network))
    holders = role_holders.holders(network, rules.OPENING, clock.now())
    after = None
    while True:
        page = cohorts.of_program(network, None, PAGE, after)
        for cohort in page.items:
            barred = rules.barred_from(cohort.member_ids(), ancestors, holders)
            leading = (entry.person_id for entry in cohort.facilitators)
            conflicts = find_conflicts(cohort.member_ids(), leading, ancestors)
            is_running = cohort.standing != "ended"
            guarded, facts = guard(cohort, barred, on_hold=is_running and bool(conflicts))
            if facts:
                cohorts.save(guarded, announcing=facts)
        if page.next is None:
            break
        after = page.next
    guardings.save(rules.looked(guarding))
