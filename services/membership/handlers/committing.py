"""Committing a formation: its cohorts are formed one after another, each once. Runs in the worker."""

from services.kit.clock import Clock
from services.membership.domain import formations as rules
from services.membership.domain.cohorts import cohort_id, form_cohort
from services.membership.domain.enrollments import AlreadyPlaced, enroll, place
from services.membership.domain.facilitation import LED_BY_MEMBERS, Candidate, choose_facilitators
from services.membership.domain.guarding import OPENING, barred_from
from services.membership.domain.ladder import first_step
from services.membership.domain.line_conflicts import without_conflicts
from services.membership.domain.meeting_times import MeetingTimes, common_starts
from services.membership.domain.people_ports import (
    Cohorts,
    Enrollments,
    Formations,
    People,
    Programs,
    RoleHolders,
    Together,
)
from services.membership.domain.reporting import above
from services.membership.domain.safety import is_neutral
from services.membership.handlers.programs import bring_to

AT_ONCE = 25  # cohorts between two saves
WANTED = "wanted"  # a term for staff alone: members are not told who wished for whom


def form_committed(
    formation_id,
    network,
    formations: Formations,
    programs: Programs,
    cohorts: Cohorts,
    enrollments: Enrollments,
    people: People,
    role_holders: RoleHolders,
    together: Together,
    clock: Clock,
):
    """Form the next cohorts of a commit; one formed before stays as it is. Runs in the worker.

    The enrollments are claimed first: whoever withdrew or was placed elsewhere since is left out and noted.
    With the last cohort the program is running.
    """
    formation = formations.get(network, formation_id)
    if formation.standing != "committing":
        return
    program = programs.get(network, formation.program_id)
    powerful = role_holders.holders(network, OPENING, clock.now())
    forming = _Forming(formation, program, powerful, (cohorts, enrollments, people, together))
    forming.find_candidates(role_holders.holders(network, ("facilitator",), clock.now()))
    formed, notes = formation.formed, list(formation.notes)
    for index in range(formed, min(len(formation.groups), formed + AT_ONCE)):
        notes.extend(forming.form(index))
        formed += 1
    if formed == len(formation.groups):
        bring_to("running", programs, network, program.id)
    formations.save(rules.note_formed(formation, formed, tuple(notes), clock.now()))


class _Forming:
    """Makes the cohorts of one formation, one after another."""

    def __init__(self, formation, program, powerful, ports):
        self.formation, self.program, self.powerful = formation, program, powerful
        self.cohorts, self.enrollments, self.people, self.together = ports
        self.ancestors = above(self.people.lines(formation.network))
        self.candidates = []

    def find_candidates(self, holders):
        """Find who could lead, with what they lead already."""
        loads = self.cohorts.loads(self.formation.network)
        found = self.people.by_ids(self.formation.network, holders)
        self.candidates = [
            Candidate(person, loads[person.id], self._times(person).starts)
            for person in found.values()
            if person.standing == "active"
        ]

    def form(self, index):
        """Form the cohort of one group; return what staff should know of it."""
        group = self.formation.groups[index]
        found = self.people.by_ids(self.formation.network, group.members)
        together = without_conflicts(group.members, self.ancestors)
        wanted = [found[one] for one in together if one in found]
        claimed = cohort_id(self.formation.id, index)
        free = self.together(lambda person: self._claim(claimed, person), wanted)
        members = [person for person, is_free in zip(wanted, free, strict=True) if is_free]
        if not members:
            return [f"group {index + 1}: nobody of it is free any more"]
        leaders = self._leaders(group, members)
        why = [term.words for term in group.terms if term.name != WANTED]
        barred = barred_from(frozenset(group.members), self.ancestors, self.powerful)
        said = {"why": why, "barred": barred}
        begins = first_step(self.program.facilitation)
        cohort, facts = form_cohort(
            self.formation.id, index, self.program, members, leaders, step=begins, **said
        )
        self.cohorts.add(cohort, announcing=facts)
        self._count(leaders)
        return self._notes(cohort.display_name, len(group.members) - len(members), is_led=bool(leaders))

    def _leaders(self, group, members):
        """Those the run found, as long as they may; else the best there are now."""
        mode, ids = self.program.facilitation, [person.id for person in members]
        by_role = {one.person.id: one.person for one in self.candidates}
        able = {person.id: person for person in members} if mode in LED_BY_MEMBERS else by_role
        found = [able[one] for one in group.facilitators if one in able]
        is_whole = found and len(found) == len(group.facilitators)
        if is_whole and all(is_neutral(person.id, ids, self.ancestors) for person in found):
            return tuple(found)
        common = common_starts(self._times(person).starts for person in members)
        return choose_facilitators(mode, members, common, self.candidates, self.ancestors)

    @staticmethod
    def _notes(name, missing, *, is_led):
        gone = f"{name}: {missing} withdrew, were placed elsewhere or got another manager since"
        nobody = f"{name}: nobody neutral holds the role facilitator; assign one"
        return [gone] * (missing > 0) + [nobody] * (not is_led)

    def _claim(self, cohort_id, person):
        expected, _ = enroll(self.formation.network, self.program.id, person.id)
        enrollment = self.enrollments.get(self.formation.network, expected.id)
        try:
            placed, facts = place(enrollment, cohort_id)
        except AlreadyPlaced:
            return False
        if facts:
            self.enrollments.save(placed, announcing=facts)
        return True

    def _count(self, leaders):
        chosen = {person.id for person in leaders}
        self.candidates = [
            Candidate(one.person, one.load + (one.person.id in chosen), one.starts) for one in self.candidates
        ]

    def _times(self, person):
        return MeetingTimes.of(
            person.weekly_hours, person.zone, self.program.starts_on, self.program.session_minutes
        )
