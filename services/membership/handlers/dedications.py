"""Mutual dedication: each member answers in private; staff see who asks for another place, and no reason."""

from dataclasses import dataclass

from services.kit.errors import NotFound
from services.membership.domain import dedications as rules
from services.membership.domain.directory import OwnFactorNeeded
from services.membership.domain.engagement_ports import DedicationPorts
from services.membership.domain.reporting import above
from services.membership.domain.rights import check_signed_in, check_staff


@dataclass(frozen=True)
class Own:
    """One member's answer; `is_asked`: the levels in the cohort differ so widely that everybody is."""

    cohort_id: str
    is_asked: bool
    answer: str | None


@dataclass(frozen=True)
class Wanted:
    """That somebody asks for another place."""

    cohort_id: str
    cohort_name: str
    person_id: str
    display_name: str


def show_dedication(query, ports: DedicationPorts):
    """Return one's own answer in one's cohort. Raises: SignedInOnly, NotOfTheCohort, OwnFactorNeeded."""
    network, person_id, cohort = _own_cohort(query, ports)
    answers = ports.dedications.of_cohort(network, cohort.id).answers
    return Own(cohort.id, _is_asked(network, cohort, ports), answers.get(person_id))


def answer_dedication(command, ports: DedicationPorts):
    """Answer in private, or take the answer back. Raises: as `show_dedication`."""
    network, person_id, cohort = _own_cohort(command, ports)
    dedication = ports.dedications.of_cohort(network, cohort.id)
    after, facts = rules.answer(dedication, person_id, command.answer)
    own = Own(cohort.id, _is_asked(network, cohort, ports), command.answer)
    if after is not dedication:
        save = ports.dedications.save if dedication.revision else ports.dedications.add
        save(after, announcing=facts, answering=own)
    return own


def list_places_wanted(query, ports: DedicationPorts):
    """Return who asks for another place, without a reason.

    Of a cohort in whose reporting lines the caller stands nothing is told.

    Raises:
        StaffOnly.
    """
    network = check_staff(query.caller)
    found = []
    for dedication in ports.dedications.every(network):
        try:
            cohort = ports.cohorts.get(network, dedication.cohort_id)
        except NotFound:
            continue
        if query.caller.person_id in cohort.barred:
            continue
        names = {one.person_id: one.display_name for one in cohort.roster}
        asking = rules.wanting(dedication, cohort)
        found += [Wanted(cohort.id, cohort.display_name, one, names[one]) for one in asking]
    return found


def _own_cohort(asked, ports):
    network, person_id = check_signed_in(asked.caller)
    cohort = ports.cohorts.get(network, asked.cohort_id, lambda one: rules.check_member(one, person_id))
    if not asked.caller.text_open:
        raise OwnFactorNeeded("Prove by your own factor that it is you; then this opens.")
    return network, person_id, cohort


def _is_asked(network, cohort, ports):
    members = sorted(cohort.member_ids())
    superiors = above(ports.people.lines_above(network, members))
    return rules.is_wide(len(superiors.get(one, ())) for one in members)
