"""The steps of an erasure, each a piece of due work that may run again; and what the other services say."""

from services.kit.crash import crash_point
from services.kit.errors import Conflict, NotFound
from services.membership.domain import erasures as rules
from services.membership.domain.erasure_ports import Entry
from services.membership.domain.forgetting import forget_member, forget_person, withdraw
from services.membership.domain.guests import forget as forget_in_guests
from services.membership.domain.launches import forget_in_launch
from services.membership.domain.roles import revoke
from services.membership.domain.sign_ins import end, told_ended
from services.membership.handlers.engagements import forget_engagements
from services.membership.handlers.erasures import find_erasure
from services.membership.handlers.groups import forget_in_groups
from services.membership.handlers.pledges import forget_supervisor

BECAUSE = "forgotten"


def go_on(id, network, kind, ports):
    """Do what is due of an erasure."""
    erasure = ports.erasures.get(network, id)
    crash_point("erasure.before_step")
    STEPS[kind](erasure, ports)


def confirm(fact, service, ports):
    """Note that a service has forgotten somebody; of an erasure we do not know, nothing."""
    erasure = find_erasure(ports.erasures, fact.network, fact.erasure_id)
    if erasure is None:
        return
    after = rules.confirm(erasure, service, ports.clock.now())
    if after is not erasure:
        ports.erasures.save(after)


def take_over_ledger(erasures, accounts, ledger):
    """Begin again whatever the ledger says was begun and this database does not know of (a restored one)."""
    for entry in ledger.entries():
        known = find_erasure(erasures, entry.network, entry.erasure_id)
        account = accounts.of_person(entry.person_id)
        wanted = rules.Erasure(
            id=entry.erasure_id,
            network=entry.network,
            person_id=entry.person_id,
            account_id=account.id if account else None,
            asked_by=None,
            asked_at=entry.begun_at,
            begins_at=entry.begun_at,
        )
        again = rules.take_over(known, wanted)
        if again is not None:
            _begin_anew(erasures, known, again)


def _begin_anew(erasures, known, again):
    try:
        (erasures.save if known else erasures.add)(again)
    except Conflict:  # another replica starts at this moment, too
        return


def _begin(erasure, ports):
    """The ledger first: what was begun is never undone by a restore. Nobody is signed in from here on."""
    now = ports.clock.now()
    if erasure.standing != rules.WAITING or now < erasure.begins_at:
        return
    ports.ledger.note(Entry(erasure.id, erasure.network, erasure.person_id, now))
    ports.erasures.save(rules.begin(erasure, now))


def _own_part(erasure, ports):
    """Overwrite what membership holds, in an order in which nothing brings the person back."""
    for step in STEPS_OF_OWN_PART:
        crash_point("erasure.before_part")
        step(erasure.network, erasure.person_id, ports)
    erasure, facts = rules.ask_services(erasure, ports.clock.now())
    ports.erasures.save(erasure, announcing=facts)


def _end_sign_ins(network, person_id, ports):
    for sign_in in ports.traces.open_sign_ins(network, person_id):
        ended = end(sign_in, BECAUSE, ports.clock.now())
        ports.sign_ins.save(ended, announcing=told_ended(ended))


def _take_back_roles(network, person_id, ports):
    for role in ports.traces.roles(network, person_id):
        revoked, facts = revoke(role, "")
        ports.roles.save(revoked, announcing=facts)


def _withdraw(network, person_id, ports):
    for enrollment in ports.traces.enrollments(network, person_id):
        withdrawn, facts = withdraw(enrollment, ports.clock.now())
        if facts:
            ports.enrollments.save(withdrawn, announcing=facts)


def _unname_in_cohorts(network, person_id, ports):
    for cohort in ports.traces.cohorts(network, person_id):
        unnamed, facts = forget_member(cohort, person_id)
        if facts:
            ports.cohorts.save(unnamed, announcing=facts)


def _forget_in_launches(network, person_id, ports):
    for launch in ports.traces.launches(network, person_id):
        without, facts = forget_in_launch(launch, person_id)
        if facts:
            ports.launches.save(without, announcing=facts)


def _forget_as_guest(network, person_id, ports):
    for invitation in ports.traces.guests(network, person_id):
        without, facts = forget_in_guests(invitation, person_id)
        if without is not invitation:
            ports.guests.save(without, announcing=facts)


def _forget_themselves(network, person_id, ports):
    try:
        person = ports.people.get(network, person_id)
    except NotFound:
        return
    tombstone, facts = forget_person(person)
    if facts:
        ports.traces.redact_imports(network, (person.email, person.display_name))
        ports.people.save(tombstone, announcing=facts)
    ports.traces.forget_answers(network, person_id)
    ports.traces.drop(network, person_id)


def _repeat(erasure, ports):
    """Ask those who are silent once more; who has forgotten says so again."""
    asking, facts = rules.ask_services(erasure, ports.clock.now())
    ports.erasures.save(asking, announcing=facts)


def _finish(erasure, ports):
    """Drop the account, where this network was its last, and what was kept until it was announced."""
    now = ports.clock.now()
    if ports.traces.drop(erasure.network, erasure.person_id):
        ports.erasures.save(rules.look_again(erasure, now))
        return
    ports.accounts.release(erasure.person_id)
    if erasure.account_id is not None and ports.accounts.get(erasure.account_id) is None:
        ports.factors.forget(erasure.account_id)
    done, facts = rules.finish(erasure, now)
    ports.erasures.save(done, announcing=facts)


def _forget_in_groups(network, person_id, ports):
    forget_in_groups(network, person_id, ports.groups)


STEPS_OF_OWN_PART = (
    *(_end_sign_ins, _take_back_roles, _withdraw, forget_supervisor, _unname_in_cohorts),
    *(_forget_in_launches, _forget_as_guest, forget_engagements),
    _forget_in_groups,
    _forget_themselves,
)
STEPS = {rules.BEGIN: _begin, rules.OWN: _own_part, rules.REPEAT: _repeat, rules.FINISH: _finish}
