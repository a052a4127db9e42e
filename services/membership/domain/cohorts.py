"""Cohorts: the roster, who facilitates, and who has signed the agreement."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.contracts.events.cohorts import (
    AgreementChanged,
    AgreementSigned,
    CohortFormed,
    CohortGuarded,
    CohortState,
    FacilitatorAssigned,
    MemberJoined,
    MemberLeft,
    RosterEntry,
    SafetyConflictFound,
    SafetyConflictSettled,
)
from services.kit.errors import NotFound
from services.membership.domain.agreements import PRESENT, AgreementSuperseded, Signature, Wording
from services.membership.domain.derived import derived_id
from services.membership.domain.people import Person
from services.membership.domain.programs import Program


@dataclass(frozen=True)
class Taken:
    """A step of facilitation a cohort took (ladder.py): to which, when, by whom (person id) and why."""

    step: str
    at: datetime
    by: str
    why: str = ""


@dataclass(frozen=True)
class Cohort:
    """The group of peers. `signed_by`: person ids who signed `agreement_version`; `why`: the reasons.

    `step`: of facilitation, `steps` those taken, `outside` who led last from outside (ladder.py).
    `wordings`: its own ground rules, the present ones last (ground_rules.py); `signatures`: all ever given.

    `barred`: person ids whom a reporting line keeps out, whatever their roles (domain/guarding.py).
    `on_hold`: two people of it are in one reporting line, and its next session waits (line_conflicts.py).
    """

    id: str
    network: str
    program_id: str
    display_name: str
    form: str
    roster: tuple[RosterEntry, ...]
    facilitators: tuple[RosterEntry, ...]
    session_count: int
    session_minutes: int
    weeks_between: int
    starts_on: date
    agreement_version: str = PRESENT
    signed_by: tuple[str, ...] = ()
    standing: str = "formed"
    formation_id: str = ""
    why: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    on_hold: bool = False
    wordings: tuple[Wording, ...] = ()
    signatures: tuple[Signature, ...] = ()
    step: str = "external"
    steps: tuple[Taken, ...] = ()
    outside: tuple[str, ...] = ()
    revision: int = 0

    @property
    def own_rules(self) -> tuple[str, ...]:
        """The ground rules it worded for itself, as they are now."""
        return self.wordings[-1].rules if self.wordings else ()

    def has_member(self, person_id: str | None) -> bool:
        """True for present members, not for those who left."""
        return any(one.person_id == person_id and one.standing == "member" for one in self.roster)

    def member_ids(self) -> frozenset[str]:
        return frozenset(one.person_id for one in self.roster if one.standing == "member")

    def has_facilitator(self, person_id: str | None) -> bool:
        """True for those who facilitate now."""
        return any(one.person_id == person_id for one in self.facilitators)


class NotOfTheCohort(NotFound):
    """The caller has no relation to this cohort, so it does not exist for them."""

    code = "not-found"


def cohort_id(formation_id: str, index: int) -> str:
    """Return the id of the `index`-th cohort of a formation; committing twice forms it once."""
    return derived_id("coh", formation_id, str(index))


def form_cohort(
    formation_id: str,
    index: int,
    program: Program,
    members: Sequence[Person],
    facilitators: Sequence[Person],
    *,
    why: Sequence[str] = (),
    barred: Sequence[str] = (),
    step: str = "external",
) -> tuple[Cohort, tuple[CohortState, ...]]:
    """Return the cohort of these members, and the fact with its whole roster.

    Args:
        index: place in the formation, from 0; the cohort is named by its program (or its title) and place.
        members: already checked against every hard rule (safety.py).
        facilitators: neutral to every member; may be members where the form lets members lead.
        barred: whom a reporting line keeps out (guarding.py). step: where it begins (ladder.first_step).
    """
    cohort = Cohort(
        id=cohort_id(formation_id, index),
        network=program.network,
        program_id=program.id,
        display_name=f"{program.cohort_title or program.display_name} {index + 1}",
        form=program.form,
        roster=tuple(_entry(person) for person in members),
        facilitators=tuple(_entry(person) for person in facilitators),
        session_count=program.session_count,
        session_minutes=program.session_minutes,
        weeks_between=program.weeks_between,
        starts_on=program.starts_on,
        formation_id=formation_id,
        why=tuple(why),
        barred=tuple(barred),
        step=step,
    )
    return cohort, (_told(CohortFormed, cohort),)


def assign_facilitators(
    cohort: Cohort, facilitators: Sequence[Person]
) -> tuple[Cohort, tuple[CohortState, ...]]:
    """Return the cohort led by these, whose neutrality was checked; the same again announces nothing."""
    changed = replace(cohort, facilitators=tuple(_entry(person) for person in facilitators))
    return (cohort, ()) if changed == cohort else (changed, (_told(FacilitatorAssigned, changed),))


def guard(cohort: Cohort, barred: Sequence[str], *, on_hold: bool) -> tuple[Cohort, tuple[CohortState, ...]]:
    """Return the cohort that keeps these people out, and waits or not; the same again announces nothing.

    Of two changes at once the conflict names the fact: its state says both.
    """
    after = replace(cohort, barred=tuple(barred), on_hold=on_hold)
    if after == cohort:
        return cohort, ()
    if after.on_hold == cohort.on_hold:
        return after, (_told(CohortGuarded, after),)
    return after, (_told(SafetyConflictFound if on_hold else SafetyConflictSettled, after),)


def exchange(
    cohort: Cohort, leaving: Sequence[str], joining: Sequence[Person]
) -> tuple[Cohort, tuple[CohortState, ...]]:
    """Return the cohort without some of its members and with others; the same again announces nothing.

    Who joins (again) signs anew. Whoever calls has checked every hard rule (line_conflicts.check_seats).
    """
    gone = cohort.member_ids().intersection(leaving)
    new = [person for person in joining if person.id not in cohort.member_ids()]
    if not gone and not new:
        return cohort, ()
    names = {person.id for person in new}
    kept = [entry for entry in cohort.roster if entry.person_id not in names]
    roster = (
        *(replace(entry, standing="left") if entry.person_id in gone else entry for entry in kept),
        *(_entry(person) for person in new),
    )
    signed = tuple(one for one in cohort.signed_by if one not in gone | names)
    after = replace(cohort, roster=roster, signed_by=signed)
    return after, (_told(MemberJoined if new else MemberLeft, after),)


def sign_agreement(
    cohort: Cohort, person_id: str | None, version: str, now: datetime
) -> tuple[Cohort, tuple[CohortState, ...]]:
    """Note that a member or facilitator agrees; signing twice changes nothing.

    Raises:
        NotOfTheCohort: neither member nor facilitator.
        AgreementSuperseded: `version` is not the cohort's present one.
    """
    if person_id is None or not (cohort.has_member(person_id) or cohort.has_facilitator(person_id)):
        raise NotOfTheCohort("there is no such cohort")
    if version != cohort.agreement_version:
        raise AgreementSuperseded(
            f"the agreement is now {cohort.agreement_version}; read it and sign that one"
        )
    if person_id in cohort.signed_by:
        return cohort, ()
    signature = Signature(person_id, version, now)
    signed = replace(
        cohort, signed_by=(*cohort.signed_by, person_id), signatures=(*cohort.signatures, signature)
    )
    return signed, (_told(AgreementSigned, signed),)


def told_cohort(cohort: Cohort) -> CohortState:
    """Return the fact that says how a cohort is now."""
    return _told(CohortFormed, cohort)


def told_agreement(cohort: Cohort) -> CohortState:
    """Return the fact that a cohort's agreement says something else, to be signed anew."""
    return _told(AgreementChanged, cohort)


def told_left(cohort: Cohort) -> CohortState:
    """Return the fact that somebody is no longer in the cohort."""
    return _told(MemberLeft, cohort)


def _entry(person: Person) -> RosterEntry:
    return RosterEntry(person.id, person.display_name, person.organization_id, person.zone)


def _told(kind: type[CohortState], cohort: Cohort) -> CohortState:
    return kind(
        network=cohort.network,
        cohort_id=cohort.id,
        program_id=cohort.program_id,
        display_name=cohort.display_name,
        form=cohort.form,
        roster=cohort.roster,
        facilitators=cohort.facilitators,
        session_count=cohort.session_count,
        session_minutes=cohort.session_minutes,
        weeks_between=cohort.weeks_between,
        starts_on=cohort.starts_on.isoformat(),
        agreement_version=cohort.agreement_version,
        signed_by=cohort.signed_by,
        standing=cohort.standing,
        barred=cohort.barred,
        on_hold=cohort.on_hold,
        step=cohort.step,
    )
