"""The ten outcomes a program can be built for, and what each proposes (CONTENT 2)."""
# ruff: noqa: E501 (a table: one row a line)

from dataclasses import dataclass

from services.kit.errors import Invalid


@dataclass(frozen=True)
class Outcome:
    """What a program is for.

    `forms` are keys of forms, best first; `session_count`, `weeks_between` and `facilitation` are its proposal
    (None: the form's own); `instruments` are the keys of its indicators; `drift` says when practice no longer fits.
    """

    key: str
    display_name: str
    promise: str
    forms: tuple[str, ...]
    instruments: tuple[str, ...]
    cadence: str
    drift: str
    session_count: int | None = None
    weeks_between: int | None = None
    facilitation: str | None = None


OUTCOMES = {
    outcome.key: outcome
    for outcome in (
        Outcome(
            "coaching_culture", "Coaching culture", "helping one another think is how the organization works",
            ("peer_coaching", "action_learning", "community_of_practice"), ("cc_1", "cc_2", "cc_3", "cc_4"),
            "every 2 weeks for 6 months",
            "under a third of the members coached someone outside the cohort, or rounds under 40 % of the minutes",
            13, 2, "pair",
        ),
        Outcome(
            "core_coaching_skills", "Core coaching skills", "each member can coach",
            ("peer_coaching", "self_training", "action_learning"), ("cs_1", "cs_2", "cs_3", "cs_4", "cs_5"),
            "every 2 weeks, 8 sessions",
            "a member had neither the coach's nor the coachee's role in 3 sessions, or no peer feedback in 2",
            8, 2, "pair",
        ),
        Outcome(
            "leadership_development", "Leadership development", "create a vision and win others for it",
            ("action_learning", "learning_circle", "peer_mentoring"), ("ld_1", "ld_2", "ld_3", "ld_4"),
            "every 3 weeks, 8 sessions",
            "under half of the members led an item by the middle of the program, or challenges only operational",
            8, 3, "outside",
        ),
        Outcome(
            "management_development", "Management development", "plan, organize and coordinate",
            ("structured_peer_learning", "study", "self_training"), ("md_1", "md_2", "md_3", "md_4"),
            "2 sessions of 90 minutes with a gap to practise, repeated by topic",
            "fewer than 2 tries logged a member in the gap, or the gap shortened",
            2, 4, "member",
        ),
        Outcome(
            "deep_networking", "Deep networking", "strong relationships among the members",
            ("networking", "community_of_practice", "dialogue"), ("dn_1", "dn_2", "dn_3", "dn_4"),
            "monthly, with pair meetings between",
            "ties flat, under half of the pair meetings held, or the same pairs repeat",
            None, 4, "internal",
        ),
        Outcome(
            "problem_solving", "Problem solving", "each member's problem solved",
            ("action_learning", "self_coaching", "peer_coaching", "quality_circle"), ("ps_1", "ps_2", "ps_3", "ps_4"),
            "every 2 to 3 weeks", "a member without a turn in 4 sessions, or actions done under 50 %",
            None, 3, "outside",
        ),
        Outcome(
            "supervisory_development", "Supervisory development", "oversee and guide direct reports",
            ("structured_peer_learning", "peer_coaching", "study"), ("sd_1", "sd_2", "sd_3", "sd_4"),
            "2 sessions of 90 minutes with a gap to practise",
            "no talk with a direct report logged in a month, or sessions without practice",
            2, 4, "outside",
        ),
        Outcome(
            "support", "Support", "less burnout, more renewal",
            ("support", "dialogue", "self_coaching"), ("su_1", "su_2", "su_3", "su_4"), "every 2 weeks, 8 sessions",
            "mean energy falls by 0.5 or more, 2 absences running by 2 members, or tasks crowd out getting to know",
            8, 2, "outside",
        ),
        Outcome(
            "team_building", "Team building", "a work team that gets more done",
            ("team", "quality_circle", "action_learning"), ("tb_1", "tb_2", "tb_3", "tb_4"), "weekly, 12 sessions",
            "promises kept under 60 %, no figure of the goal updated in 2 weeks, or a member missing 3 times",
            12, 1, "outside",
        ),
        Outcome(
            "transfer_of_training", "Transfer of training", "what a course taught is used at work",
            ("study", "self_training", "structured_peer_learning"), ("tt_1", "tt_2", "tt_3", "tt_4"),
            "about 1, 3, 6 and 10 weeks after the course",
            "under 50 % used it by week 6, or sessions teach new matter instead of using the old",
            4, 3, "rotating",
        ),
    )
}  # fmt: skip


SECONDARY = {  # R30: looked at beside the primary outcome, never deciding -> (words, its indicator)
    "root_causes": ("seeing root causes", "ps_2"),
    "coaching_staff": ("coaching one's own staff", "cs_5"),
    "across_departments": ("working across departments", "dn_3"),
    "speaking_with_one_voice": ("speaking with one voice", "sv_1"),
    "problem_capacity": ("capacity to solve problems", "ps_3"),
}


class OutcomeUnknown(Invalid):
    code = "outcome-unknown"


class SecondaryUnknown(Invalid):
    """A secondary outcome that neither SECONDARY nor OUTCOMES holds, or the primary one again."""

    code = "secondary-unknown"


class TwoHouses(Invalid):
    """A second primary outcome: the design would serve neither."""

    code = "two-houses"


def outcome_of(keys: tuple[str, ...]) -> Outcome:
    """Return the one primary outcome.

    Args:
        keys: what the caller chose; exactly one is a design.

    Raises:
        TwoHouses: more than one.
        OutcomeUnknown: none, or one that does not exist; the message names those there are.
    """
    chosen = tuple(dict.fromkeys(keys))
    if len(chosen) > 1:
        raise TwoHouses(
            "two houses on one foundation: a program is designed for exactly one primary outcome; "
            "choose the one question that matters most, and name others as secondary"
        )
    if not chosen or chosen[0] not in OUTCOMES:
        named = (
            f"there is no outcome {chosen[0][:40]!r}" if chosen else "a program needs its one primary outcome"
        )
        raise OutcomeUnknown(f"{named}; choose one of {', '.join(OUTCOMES)}")
    return OUTCOMES[chosen[0]]


def check_secondary(keys: tuple[str, ...], primary: str) -> tuple[str, ...]:
    """Return the secondary outcomes once each; they inform and decide nothing.

    Raises:
        SecondaryUnknown: one is neither of SECONDARY nor another of the ten, or is the primary one.
    """
    known = (SECONDARY.keys() | OUTCOMES.keys()) - {primary}
    chosen = tuple(dict.fromkeys(keys))
    for place, key in enumerate(chosen):
        if key not in known:
            said = f"{key[:40]!r} is no secondary outcome beside {OUTCOMES[primary].display_name}"
            detail = f"one of {', '.join(sorted(known))}"
            raise SecondaryUnknown(
                said, errors=[{"pointer": f"/secondary_outcomes/{place}", "detail": detail}]
            )
    return chosen


def secondary_words(key: str) -> str:
    """Return a secondary outcome in words."""
    return SECONDARY[key][0] if key in SECONDARY else OUTCOMES[key].display_name


def secondary_instruments(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the indicator of each secondary outcome: its own, or the first of one of the ten."""
    return tuple(SECONDARY[key][1] if key in SECONDARY else OUTCOMES[key].instruments[0] for key in keys)
