"""Self-formed groups: purpose first, then kind, then people (R16, R31, R49, R72), under every hard rule.

    gathering ──> forming ──> formed          closed, as long as it gathers

Whoever founds one says what is to be learned (R133). People join by themselves where it is open, else by the
founder's invitation. Formed, it is a program with one cohort, led by its members in turn.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from services.contracts.events.groups import GroupChanged, GroupFounded, GroupState
from services.kit.due_entry import Due
from services.kit.errors import Conflict, Forbidden, NotFound
from services.membership.domain.forms import form_of
from services.membership.domain.names import check_name

GATHERING, FORMING, FORMED, CLOSED = "gathering", "forming", "formed", "closed"
FORM = "form"
KINDS = {
    "training": ("self_training", "all learn the same topic"),
    "coaching": ("self_coaching", "each works on an own problem, or all on a shared one"),
    "board": ("self_coaching", "a personal board: peers who advise one another on their way"),
}
PURPOSES = {  # purpose -> (kind that suits best, outcome its program is measured by)
    "goal_attainment": ("coaching", "leadership_development"),
    "problem_solving": ("coaching", "problem_solving"),
    "training": ("training", "transfer_of_training"),
    "support": ("coaching", "support"),
    "networking": ("board", "deep_networking"),
}
MOST_GATHERING = 3  # groups one person gathers people for at a time
MOST_INVITED = 40


@dataclass(frozen=True)
class SelfFormed:
    """A group that gathers its people. `learns`: what is to be learned; `is_open`: who finds it may join.

    `members` begin with the founder; `invited` have not joined yet. `cohort_id` once it is formed.
    """

    id: str
    network: str
    founder_id: str
    title: str
    purpose: str
    kind: str
    learns: str
    starts_on: date
    is_open: bool = False
    standing: str = GATHERING
    members: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    cohort_id: str | None = None
    revision: int = 0
    due: tuple[Due, ...] = ()

    @property
    def form(self) -> str:
        """The key of the form it will have."""
        return KINDS[self.kind][0]

    @property
    def bounds(self) -> tuple[int, int]:
        """Least and greatest size: its form's."""
        form = form_of(self.form)
        return form.size_low, form.size_high

    @property
    def outcome(self) -> str:
        """The outcome its program is measured by."""
        return PURPOSES[self.purpose][1]

    def is_seen_by(self, person_id: str) -> bool:
        """True for its members and those invited, and for everybody while it is open and gathers."""
        is_found = self.is_open and self.standing == GATHERING
        return is_found or person_id in self.members or person_id in self.invited


Grouped = tuple[SelfFormed, tuple[GroupState, ...]]


class NoSuchGroup(NotFound):
    code = "no-such-group"


class TooManyGroups(Conflict):
    code = "too-many-groups"


class GroupNotGathering(Conflict):
    """It is formed already, or was closed."""

    code = "group-not-gathering"


class GroupFull(Conflict):
    code = "group-full"


class GroupTooSmall(Conflict):
    code = "group-too-small"


class FounderOnly(Forbidden):
    code = "founder-only"


def found_group(group: SelfFormed, gathering: int) -> Grouped:
    """Found a group.

    Args:
        gathering: for how many groups the founder gathers people already.

    Raises:
        TooManyGroups. NameReserved: its title holds another provider's mark.
    """
    if gathering >= MOST_GATHERING:
        raise TooManyGroups(f"you gather people for {gathering} groups already; form or close one first")
    check_name(group.title, "", "title")
    founded = replace(group, members=(group.founder_id,))
    return founded, (_told(GroupFounded, founded),)


def invite(group: SelfFormed, founder_id: str, person_id: str) -> Grouped:
    """Invite somebody; who is in it or invited already stays so.

    Raises:
        FounderOnly, GroupNotGathering. GroupFull: MOST_INVITED invitations are open.
    """
    _check_founder(group, founder_id)
    if person_id in (*group.members, *group.invited):
        return group, ()
    if len(group.invited) >= MOST_INVITED:
        raise GroupFull(f"{MOST_INVITED} invitations are open already")
    return replace(group, invited=(*group.invited, person_id)), ()


def join(group: SelfFormed, person_id: str) -> Grouped:
    """Join; joining again changes nothing. Whoever calls has checked lines and hours.

    Raises:
        NoSuchGroup: neither open nor invited. GroupNotGathering. GroupFull: as many as its form carries.
    """
    if not group.is_seen_by(person_id):
        raise NoSuchGroup("there is no such group")
    if person_id in group.members:
        return group, ()
    check_gathering(group)
    if len(group.members) >= group.bounds[1]:
        raise GroupFull(f"it has {len(group.members)} members, as many as a group of this kind carries")
    invited = tuple(one for one in group.invited if one != person_id)
    return _changed(replace(group, members=(*group.members, person_id), invited=invited))


def leave(group: SelfFormed, person_id: str) -> Grouped:
    """Leave while it gathers, or decline an invitation; when the founder leaves, it is closed.

    Raises:
        NoSuchGroup: neither in it nor invited. GroupNotGathering.
    """
    if person_id not in (*group.members, *group.invited):
        raise NoSuchGroup("there is no such group")
    check_gathering(group)
    if person_id == group.founder_id:
        return _changed(replace(group, standing=CLOSED, invited=()))
    return _changed(without(group, person_id))


def form(group: SelfFormed, founder_id: str, now: datetime) -> Grouped:
    """Have the cohort formed; it follows by due work. Whoever calls has checked every hard rule.

    Raises:
        FounderOnly. GroupNotGathering. GroupTooSmall: fewer than its form needs.
    """
    _check_founder(group, founder_id)
    if len(group.members) < group.bounds[0]:
        missing = group.bounds[0] - len(group.members)
        raise GroupTooSmall(f"{missing} more people are needed: {group.bounds[0]} at least")
    return _changed(replace(group, standing=FORMING, due=(Due(FORM, now),)))


def formed(group: SelfFormed, cohort_id: str) -> Grouped:
    """Note that its cohort is formed."""
    return _changed(replace(group, standing=FORMED, cohort_id=cohort_id, invited=(), due=()))


def gathers_again(group: SelfFormed) -> Grouped:
    """Let it gather again, because a rule stood against forming it by then."""
    return _changed(replace(group, standing=GATHERING, due=()))


def without(group: SelfFormed, person_id: str) -> SelfFormed:
    """Return the group without somebody, as a member or invited."""
    return replace(
        group,
        members=tuple(one for one in group.members if one != person_id),
        invited=tuple(one for one in group.invited if one != person_id),
    )


def forget_in_group(group: SelfFormed, person_id: str) -> Grouped:
    """Return the group without somebody forgotten; what its founder called it goes with them."""
    after = without(group, person_id)
    if person_id == group.founder_id:
        standing = CLOSED if group.standing == GATHERING else group.standing
        after = replace(after, title="", learns="", standing=standing)
    return (group, ()) if after == group else _changed(after)


def check_gathering(group: SelfFormed) -> None:
    """Refuse what only a group that gathers can do. Raises: GroupNotGathering."""
    if group.standing != GATHERING:
        raise GroupNotGathering("this group is formed already, or was closed")


def told_group(group: SelfFormed) -> GroupState:
    """Return the fact that says how a group stands now."""
    return _told(GroupChanged, group)


def _check_founder(group: SelfFormed, person_id: str) -> None:
    if group.founder_id != person_id:
        raise FounderOnly("only who founded the group does this")
    check_gathering(group)


def _changed(group: SelfFormed) -> Grouped:
    return group, (_told(GroupChanged, group),)


def _told(kind: type[GroupState], group: SelfFormed) -> GroupState:
    return kind(
        network=group.network,
        group_id=group.id,
        kind=group.kind,
        purpose=group.purpose,
        standing=group.standing,
        size=len(group.members),
        cohort_id=group.cohort_id,
    )
