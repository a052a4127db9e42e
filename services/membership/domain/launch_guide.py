"""The launch guide: the steps from purpose to evaluation as they stand, and what opens enrollment (R139)."""

from dataclasses import dataclass

from services.kit.errors import Conflict
from services.membership.domain.indicators import INDICATORS
from services.membership.domain.launches import GROUPS, Launch
from services.membership.domain.outcomes import secondary_words
from services.membership.domain.programs import STANDINGS, Program

LED_BY_MEMBERS = ("member", "rotating", "all")


class PurposeNotVerified(Conflict):
    """The launch was begun, and not each group has verified the purpose: enrollment stays closed."""

    code = "purpose-not-verified"


@dataclass(frozen=True)
class Found:
    """What is there beside the program and its launch: active people, holders of the role facilitator."""

    people: int
    facilitators: int


@dataclass(frozen=True)
class Step:
    """One step. `is_must`: a guided launch enrolls nobody before it; `words`: how it stands."""

    key: str
    is_must: bool
    is_done: bool
    words: str


def check_enrollment_open(launch: Launch | None) -> None:
    """Let people be enrolled: where no launch was begun, or once its groups share a goal and have verified.

    Raises:
        PurposeNotVerified: says what is missing.
    """
    if launch is None or not launch.is_begun or launch.is_verified:
        return
    missing = _purpose(launch), _stakeholders(launch), _shared(launch), _verified(launch)
    words = next(step.words for step in missing if not step.is_done)
    raise PurposeNotVerified(f"enrollment opens when each group has verified the purpose: {words}")


def guide(program: Program, launch: Launch, found: Found) -> tuple[Step, ...]:
    """Return the steps of a launch in their order, as they stand."""
    reached = STANDINGS.index(program.standing)
    is_verified = launch.is_verified
    measured = ", ".join(INDICATORS[key] for key in program.instruments)
    return (
        _purpose(launch),
        _stakeholders(launch),
        _shared(launch),
        _verified(launch),
        _buy_in(launch),
        Step("people", True, found.people > 0, f"{found.people} people could be asked"),
        _facilitators(program, found),
        Step("enrollment", False, reached >= 1, "people are enrolled" if reached else _opens(is_verified)),
        Step(
            "cohorts", False, reached > 1, "cohorts are formed" if reached > 1 else "no cohort is formed yet"
        ),
        Step("evaluation", False, program.standing == "ended", f"measured before and after by: {measured}"),
    )


def is_ready(steps: tuple[Step, ...]) -> bool:
    """True when every must-step is done."""
    return all(step.is_done for step in steps if step.is_must)


def is_open(launch: Launch) -> bool:
    """True when people may be enrolled."""
    return not launch.is_begun or launch.is_verified


def _purpose(launch: Launch) -> Step:
    words = "it is stated" if launch.purpose else "the purpose is not stated yet"
    return Step("purpose", True, bool(launch.purpose), words)


def _stakeholders(launch: Launch) -> Step:
    named = ", ".join(GROUPS[one.group] for one in launch.stakeholders)
    return Step("stakeholders", True, bool(named), named or "no group of stakeholders is named yet")


def _shared(launch: Launch) -> Step:
    shared = ", ".join(secondary_words(goal) for goal in launch.shared_goals)
    words = f"every group wants: {shared}" if shared else "no goal is shared by every group yet"
    return Step("shared_goal", True, bool(shared), words)


def _verified(launch: Launch) -> Step:
    missing = [GROUPS[one.group] for one in launch.stakeholders if not launch.has_verified(one)]
    is_done = bool(launch.purpose and launch.stakeholders and not missing)
    words = f"not verified yet by: {', '.join(missing)}" if missing else "nobody has verified it yet"
    return Step("verified", True, is_done, "every group has verified the purpose" if is_done else words)


def _buy_in(launch: Launch) -> Step:
    supporting = sum(1 for one in launch.buy_ins if one.stance == "supports")
    words = f"{supporting} of {len(launch.buy_ins)} offices asked support it"
    return Step("buy_in", False, supporting > 0, words if launch.buy_ins else "nobody senior was asked yet")


def _facilitators(program: Program, found: Found) -> Step:
    by_members = program.facilitation in LED_BY_MEMBERS
    words = f"{found.facilitators} hold the role facilitator"
    return Step("facilitators", False, by_members or found.facilitators > 0, words)


def _opens(is_verified: bool) -> str:
    return "enrollment is open" if is_verified else "nobody is enrolled yet"
