"""Self-formed groups: founded, joined, formed into a cohort by due work; every way in asks the same rules."""

from dataclasses import dataclass, replace

from services.kit.errors import Conflict, NotFound
from services.kit.ids import new_id
from services.membership.domain import groups as rules
from services.membership.domain.cohorts import cohort_id, form_cohort, told_cohort
from services.membership.domain.derived import derived_id
from services.membership.domain.enrollment_ports import EnrollmentPorts
from services.membership.domain.enrollments import enroll, place
from services.membership.domain.forms import form_of
from services.membership.domain.late_joining import NoCommonStart
from services.membership.domain.launch_guide import check_enrollment_open
from services.membership.domain.line_conflicts import check_seats
from services.membership.domain.placement import rules_for
from services.membership.domain.programs import FIRST_SESSION_IN, design_program, reach
from services.membership.domain.reporting import above
from services.membership.domain.rights import check_signed_in
from services.membership.domain.starter_kit import StarterKit, starter_kit
from services.membership.domain.wishes import check_start

MOST_LISTED = 100


@dataclass(frozen=True)
class ShownGroup:
    """A group as somebody meets it: names for its members and those invited, the kit for its founder."""

    group: rules.SelfFormed
    person_id: str
    names: dict[str, str]
    kit: StarterKit | None


def found_group(command, groups, ports: EnrollmentPorts):
    """Found a group and return it. Raises: NotFound, TooManyGroups, NameReserved, NotWithinReason."""
    network, person_id = check_signed_in(command.caller)
    ports.people.get(network, person_id)
    today = ports.clock.now().date()
    starts_on = command.starts_on or today + FIRST_SESSION_IN
    check_start(starts_on, today)
    names = ("title", "purpose", "kind", "learns", "is_open")
    wished = {name: getattr(command, name) for name in names} | {"starts_on": starts_on}
    group = rules.SelfFormed(new_id("grp"), network, person_id, **wished)
    founded, facts = rules.found_group(group, groups.gathering_of(network, person_id))
    shown = _shown(founded, person_id, ports)
    groups.add(founded, announcing=facts, answering=shown)
    return shown


def list_groups(query, groups):
    """Return the groups the caller is in or invited to, then those open to all. Raises: SignedInOnly."""
    network, person_id = check_signed_in(query.caller)
    found = {one.id: one for one in groups.of_person(network, person_id) if one.standing != rules.CLOSED}
    for one in groups.open_ones(network, MOST_LISTED):
        found.setdefault(one.id, one)
    return [ShownGroup(one, person_id, {}, None) for one in found.values()]


def show_group(query, groups, ports: EnrollmentPorts):
    """Return a group to whom it is open, in it or invited. Raises: SignedInOnly, NoSuchGroup."""
    group, person_id = _seen(query, groups)
    return _shown(group, person_id, ports)


def invite_to_group(command, groups, ports: EnrollmentPorts):
    """Invite somebody. Raises: NoSuchGroup, FounderOnly, GroupNotGathering, GroupFull, NotFound."""
    group, person_id = _seen(command, groups)
    found = ports.people.by_ids(group.network, [command.person_id]).get(command.person_id)
    if found is None or found.standing != "active":
        raise NotFound("there is no such person")
    after, _ = rules.invite(group, person_id, found.id)
    return _save(groups, group, after, (), person_id, ports)


def join_group(command, groups, ports: EnrollmentPorts):
    """Join, under the rules of every cohort.

    Raises:
        SignedInOnly, NoSuchGroup, GroupNotGathering, GroupFull. HardRuleBroken: somebody in it is above or
        below them. NoCommonStart: no weekly start suits all.
    """
    group, person_id = _seen(command, groups)
    after, facts = rules.join(group, person_id)
    if facts:
        _check_together(after, ports)
    return _save(groups, group, after, facts, person_id, ports)


def leave_group(command, groups, ports: EnrollmentPorts):
    """Leave, or decline an invitation; its founder closes it so. Raises: NoSuchGroup, GroupNotGathering."""
    group, person_id = _seen(command, groups)
    after, facts = rules.leave(group, person_id)
    return _save(groups, group, after, facts, person_id, ports)


def form_group(command, groups, ports: EnrollmentPorts):
    """Have the cohort formed.

    Raises:
        SignedInOnly, NoSuchGroup, FounderOnly, GroupNotGathering, GroupTooSmall. HardRuleBroken,
        NoCommonStart: since somebody joined, a line or an hour changed.
    """
    group, person_id = _seen(command, groups)
    after, facts = rules.form(group, person_id, ports.clock.now())
    _check_together(after, ports)
    return _save(groups, group, after, facts, person_id, ports)


def go_on_forming(group_id, network, groups, ports: EnrollmentPorts):
    """Make the program, the enrollments and the cohort of a group, each once; rules are asked once more."""
    group = groups.get(network, group_id)
    if group.standing != rules.FORMING:
        return
    try:
        people = _check_together(group, ports)
    except Conflict:
        again, facts = rules.gathers_again(group)
        groups.save(again, announcing=facts)
        return
    program = _program_of(group, ports)
    check_enrollment_open(ports.launches.of_program(network, program.id))
    claimed = cohort_id(group.id, 0)
    for person_id in group.members:
        enrolled, told = enroll(network, program.id, person_id)
        enrolled = ports.enrollments.add(enrolled, announcing=told)
        placed, told = place(enrolled, claimed)
        if told:
            ports.enrollments.save(placed, announcing=told)
    members = [people[one] for one in group.members]
    why = [f"They came together by themselves: {rules.KINDS[group.kind][1]}"]
    cohort, _ = form_cohort(group.id, 0, program, members, [people[group.founder_id]], why=why)
    named = replace(cohort, display_name=group.title)
    ports.cohorts.add(named, announcing=(told_cohort(named),))
    done, facts = rules.formed(group, claimed)
    groups.save(done, announcing=facts)


def forget_in_groups(network, person_id, groups):
    """Take somebody forgotten out of every group."""
    for group in groups.of_person(network, person_id):
        after, facts = rules.forget_in_group(group, person_id)
        if facts:
            groups.save(after, announcing=facts)


def _program_of(group, ports):
    """The program of a group, made once; of one that is not open to all, only its form says what it is."""
    today = min(ports.clock.now().date(), group.starts_on)
    name = group.title if group.is_open else form_of(group.form).display_name
    wishes = {"display_name": name, **_designed(group)}
    program, facts = design_program(derived_id("prg", group.id), group.network, wishes, today)
    added = ports.programs.add(program, announcing=facts)
    running, facts = reach(added, "running")
    return ports.programs.save(running, announcing=facts) if facts else added


def _designed(group):
    return {"outcome": group.outcome, "form": group.form, "starts_on": group.starts_on}


def _check_together(group, ports):
    """Return the group's people. Raises: HardRuleBroken, NoCommonStart, NoSuchGroup for who is gone."""
    found = ports.people.by_ids(group.network, group.members)
    if any(one not in found or found[one].standing != "active" for one in group.members):
        raise Conflict("somebody of the group is gone", code="somebody-gone")
    ancestors = above(ports.people.lines_above(group.network, group.members))
    check_seats(group.members, (), ancestors)
    wishes = {"display_name": "-", **_designed(group)}
    program, _ = design_program("prg_0", group.network, wishes, group.starts_on)
    judged = rules_for(found.values(), ancestors, program)
    known = [one for one in group.members if judged.starts(one)]
    if known and not judged.common(known):
        raise NoCommonStart("no weekly start suits everybody of the group")
    return found


def _seen(asked, groups):
    network, person_id = check_signed_in(asked.caller)

    def admit(group):
        if not group.is_seen_by(person_id):
            raise rules.NoSuchGroup("there is no such group")

    try:
        return groups.get(network, asked.group_id, admitting=admit), person_id
    except NotFound:
        raise rules.NoSuchGroup("there is no such group") from None


def _save(groups, before, after, facts, person_id, ports):
    shown = _shown(after, person_id, ports)
    if after != before:
        groups.save(after, announcing=facts, answering=shown)
    return shown


def _shown(group, person_id, ports):
    is_inside = person_id in (*group.members, *group.invited)
    found = ports.people.by_ids(group.network, (*group.members, *group.invited)) if is_inside else {}
    form = form_of(group.form)
    kit = None
    if person_id == group.founder_id:
        kit = starter_kit(group.title, group.learns, form.key, form.session_count, form.session_minutes)
    return ShownGroup(group, person_id, {one: person.display_name for one, person in found.items()}, kit)
