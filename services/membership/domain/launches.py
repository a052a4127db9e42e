"""What stands before enrollment: a program's purpose, whose goals it serves, who stands behind it (R62, R65).

A launch is begun when a purpose, a stakeholder or a buy-in is recorded. From then on nobody is enrolled until
the groups of stakeholders share a goal and each has verified the purpose (launch_guide.py).
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.contracts.events.launches import LaunchChanged, LaunchState
from services.kit.errors import Conflict, Forbidden, Invalid
from services.membership.domain.derived import derived_id
from services.membership.domain.outcomes import OUTCOMES, SECONDARY

GROUPS = {
    "sponsor": "sponsors",
    "program_staff": "program staff",
    "community_partner": "community partners",
    "champion": "champions",
    "participant": "participants",
    "facilitator": "facilitators",
    "supervisor": "supervisors",
    "advisory": "advisory committee",
}
STANCES = ("supports", "undecided", "declines")
GOALS = (*OUTCOMES, *SECONDARY)
MOST_BUY_INS = 50


@dataclass(frozen=True)
class Verified:
    """That a group has verified the purpose: in which version, when, and who recorded it."""

    version: int
    at: datetime
    by: str


@dataclass(frozen=True)
class Stakeholder:
    """A group with what it wants of the program.

    `goals`: keys of GOALS; `speaker_id`: the person who speaks for it, None where staff record its word.
    """

    group: str
    goals: tuple[str, ...]
    expectation: str = ""
    speaker_id: str | None = None
    verified: Verified | None = None


@dataclass(frozen=True)
class BuyIn:
    """What somebody senior said when asked, concisely.

    `office`: as which they said it, once each; `stance`: of STANCES; `person_id`: None where unknown here.
    """

    office: str
    stance: str
    said_on: date
    note: str = ""
    person_id: str | None = None


@dataclass(frozen=True)
class Launch:
    """The launch of one program. `purpose_version` counts the wordings; 0: none yet."""

    id: str
    network: str
    program_id: str
    purpose: str = ""
    purpose_version: int = 0
    stakeholders: tuple[Stakeholder, ...] = ()
    buy_ins: tuple[BuyIn, ...] = ()
    revision: int = 0

    @property
    def is_begun(self) -> bool:
        """True once anything was recorded."""
        return bool(self.purpose or self.stakeholders or self.buy_ins)

    def of_group(self, group: str) -> Stakeholder | None:
        """Return what a group wants, None for one that is not named."""
        return next((one for one in self.stakeholders if one.group == group), None)

    def has_speaker(self, person_id: str) -> bool:
        """True for who speaks for a group."""
        return any(one.speaker_id == person_id for one in self.stakeholders)

    def has_verified(self, stakeholder: Stakeholder) -> bool:
        """True when the group verified the purpose as it stands."""
        return stakeholder.verified is not None and stakeholder.verified.version == self.purpose_version

    @property
    def shared_goals(self) -> tuple[str, ...]:
        """The goals that every group has, in the order of GOALS: where they intersect."""
        counts = self.goal_counts
        return tuple(goal for goal in GOALS if counts[goal] == len(self.stakeholders) > 0)

    @property
    def goal_counts(self) -> Counter[str]:
        """How many groups have each goal."""
        return Counter(goal for one in self.stakeholders for goal in one.goals)

    @property
    def is_verified(self) -> bool:
        """True when a purpose stands, the groups named share a goal, and each has verified the purpose."""
        return bool(self.purpose and self.shared_goals) and all(map(self.has_verified, self.stakeholders))


class PurposeSuperseded(Conflict):
    """The purpose was worded anew since it was read, or there is none yet."""

    code = "purpose-superseded"


class GroupNotNamed(Conflict):
    """The group is none of this program's stakeholders."""

    code = "group-not-named"


class NotTheirsToVerify(Forbidden):
    """Somebody else speaks for this group."""

    code = "not-theirs-to-verify"


class TooManyBuyIns(Invalid):
    code = "too-many-buy-ins"


def launch_id(program_id: str) -> str:
    """Return the id of a program's launch: it has one."""
    return derived_id("lau", program_id)


def not_begun(network: str, program_id: str) -> Launch:
    """Return the launch of a program of which nothing is recorded yet."""
    return Launch(launch_id(program_id), network, program_id)


def state_purpose(launch: Launch, purpose: str) -> tuple[Launch, tuple[LaunchState, ...]]:
    """Word the purpose; another wording is to be verified anew, the same one changes nothing."""
    said = " ".join(purpose.split())
    if said == launch.purpose:
        return launch, ()
    return _changed(replace(launch, purpose=said, purpose_version=launch.purpose_version + 1))


def name_stakeholder(launch: Launch, wished: Stakeholder) -> tuple[Launch, tuple[LaunchState, ...]]:
    """Record what a group wants; with other goals than before it verifies anew, with the same ones it has."""
    known = launch.of_group(wished.group)
    keeps = known is not None and set(known.goals) == set(wished.goals)
    named = replace(wished, verified=known.verified if keeps and known else None)
    rest = (one for one in launch.stakeholders if one.group != wished.group)
    in_order = sorted((*rest, named), key=lambda one: list(GROUPS).index(one.group))
    after = replace(launch, stakeholders=tuple(in_order))
    return (launch, ()) if after == launch else _changed(after)


def drop_stakeholder(launch: Launch, group: str) -> tuple[Launch, tuple[LaunchState, ...]]:
    """Take a group off; one that is not named changes nothing."""
    rest = tuple(one for one in launch.stakeholders if one.group != group)
    return (launch, ()) if rest == launch.stakeholders else _changed(replace(launch, stakeholders=rest))


def verify_purpose(
    launch: Launch, group: str, version: int, person_id: str, is_staff: bool, now: datetime
) -> tuple[Launch, tuple[LaunchState, ...]]:
    """Record that a group has verified the purpose: its speaker, or staff for a group without one.

    Args:
        version: of the wording that was verified; another one than the present is not verified by it.

    Raises:
        GroupNotNamed: it is none of the stakeholders.
        NotTheirsToVerify: somebody else speaks for the group. PurposeSuperseded: not the present wording.
    """
    found = launch.of_group(group)
    if found is None:
        raise GroupNotNamed("this group is none of the program's stakeholders; name it first")
    if found.speaker_id != person_id and not (is_staff and found.speaker_id is None):
        raise NotTheirsToVerify("somebody else speaks for this group and verifies the purpose for it")
    if not launch.purpose or version != launch.purpose_version:
        raise PurposeSuperseded("the purpose was worded anew, or not yet; read it and verify that wording")
    if launch.has_verified(found):
        return launch, ()
    done = replace(found, verified=Verified(version, now, person_id))
    stakeholders = tuple(done if one.group == group else one for one in launch.stakeholders)
    return _changed(replace(launch, stakeholders=stakeholders))


def record_buy_in(launch: Launch, buy_in: BuyIn) -> tuple[Launch, tuple[LaunchState, ...]]:
    """Record what somebody senior said; the last word of an office counts.

    Raises:
        TooManyBuyIns: more than MOST_BUY_INS offices.
    """
    rest = tuple(one for one in launch.buy_ins if one.office.casefold() != buy_in.office.casefold())
    if len(rest) == MOST_BUY_INS:
        raise TooManyBuyIns(f"a program records what at most {MOST_BUY_INS} offices said")
    after = replace(launch, buy_ins=(*rest, buy_in))
    return (launch, ()) if after == launch else _changed(after)


def forget_in_launch(launch: Launch, person_id: str) -> tuple[Launch, tuple[LaunchState, ...]]:
    """Return the launch without the person: nobody speaks in their place, what they said is gone.

    That a group verified the purpose stays; who recorded it does not.
    """
    after = replace(
        launch,
        stakeholders=tuple(_without(one, person_id) for one in launch.stakeholders),
        buy_ins=tuple(one for one in launch.buy_ins if one.person_id != person_id),
    )
    return (launch, ()) if after == launch else _changed(after)


def told_launch(launch: Launch) -> LaunchState:
    """Return the fact that says how a launch is now."""
    return LaunchChanged(
        network=launch.network,
        launch_id=launch.id,
        program_id=launch.program_id,
        purpose_version=launch.purpose_version,
        groups=tuple(one.group for one in launch.stakeholders),
        verified_groups=tuple(one.group for one in launch.stakeholders if launch.has_verified(one)),
        shared_goals=launch.shared_goals,
        is_verified=launch.is_verified,
    )


def _without(stakeholder: Stakeholder, person_id: str) -> Stakeholder:
    verified = stakeholder.verified
    if verified is not None and verified.by == person_id:
        verified = replace(verified, by="")
    speaker_id = None if stakeholder.speaker_id == person_id else stakeholder.speaker_id
    return replace(stakeholder, speaker_id=speaker_id, verified=verified)


def _changed(launch: Launch) -> tuple[Launch, tuple[LaunchState, ...]]:
    return launch, (told_launch(launch),)
