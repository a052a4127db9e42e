"""Cohorts: listing, showing, leading, wording the own ground rules and signing the agreement."""

from services.kit.clock import Clock
from services.kit.errors import NotFound
from services.membership.domain import cohorts as rules
from services.membership.domain.ground_rules import word_rules
from services.membership.domain.people_ports import Cohorts, People, RemoteSkills
from services.membership.domain.remote_skill import check_remote_skill
from services.membership.domain.reporting import above
from services.membership.domain.rights import check_signed_in, check_staff, is_staff
from services.membership.domain.safety import check_neutral


def list_cohorts(query, cohorts: Cohorts):
    """Return one page of the cohorts of a program, or of all. Raises: StaffOnly."""
    network = check_staff(query.caller)
    return cohorts.of_program(network, query.program_id, query.limit, query.after)


def list_my_cohorts(query, cohorts: Cohorts):
    """Return the cohorts the caller is a member of or leads. Raises: SignedInOnly."""
    network, person_id = check_signed_in(query.caller)
    return cohorts.of_person(network, person_id)


def show_cohort(query, cohorts: Cohorts):
    """Return a cohort to its members, its facilitators and staff. Raises: SignedInOnly, NotFound."""
    network, _ = check_signed_in(query.caller)
    return cohorts.get(network, query.cohort_id, admitting=lambda cohort: _admit(cohort, query.caller))


def assign_facilitators(command, cohorts: Cohorts, people: People, skills: RemoteSkills):
    """Have other people lead a cohort, neutral to every member; with remote skill where it meets virtually.

    Raises:
        StaffOnly. NotFound: no such cohort or person. HardRuleBroken: somebody is not neutral.
        RemoteSkillMissing: nobody of them has the skill on record.
    """
    network = check_staff(command.caller)
    cohort = cohorts.get(network, command.cohort_id)
    found = people.by_ids(network, command.person_ids)
    active = [found[one] for one in command.person_ids if one in found and found[one].standing == "active"]
    if len(active) < len(command.person_ids):
        raise NotFound("there is no such person")
    members = [entry.person_id for entry in cohort.roster if entry.standing == "member"]
    upward = people.lines_above(network, [*command.person_ids, *members])
    check_neutral(command.person_ids, members, above(upward))
    if command.meets_virtually:
        check_remote_skill(command.person_ids, skills.levels(network, command.person_ids))
    changed, facts = rules.assign_facilitators(cohort, active)
    return cohorts.save(changed, announcing=facts)


def show_agreement(query, cohorts: Cohorts):
    """Return the cohort whose agreement the caller may read. Raises: SignedInOnly, NotFound."""
    return show_cohort(query, cohorts)


def word_ground_rules(command, cohorts: Cohorts, clock: Clock):
    """Word the cohort's own rules; everybody signs anew, unless only typing errors are mended.

    Raises:
        SignedInOnly, NotOfTheCohort, Stale, and what the rules refuse (domain/ground_rules.py).
    """
    network, person_id = check_signed_in(command.caller)
    cohort = cohorts.get(network, command.cohort_id, admitting=lambda found: _admit(found, command.caller))
    mends = command.only_typing_errors
    after, facts = word_rules(cohort, person_id, command.rules, clock.now(), only_typing_errors=mends)
    return cohort if after is cohort else cohorts.save(after, announcing=facts)


def sign_agreement(command, cohorts: Cohorts, clock: Clock):
    """Sign the cohort's agreement in the version read; signing again changes nothing.

    Raises:
        SignedInOnly. NotOfTheCohort: neither member nor facilitator. AgreementSuperseded: another version.
    """
    network, person_id = check_signed_in(command.caller)
    cohort = cohorts.get(network, command.cohort_id)
    signed, facts = rules.sign_agreement(cohort, person_id, command.version, clock.now())
    return cohorts.save(signed, announcing=facts) if facts else signed


def _admit(cohort, caller):
    person_id = caller.person_id
    if not (is_staff(caller) or cohort.has_member(person_id) or cohort.has_facilitator(person_id)):
        raise rules.NotOfTheCohort("there is no such cohort")
