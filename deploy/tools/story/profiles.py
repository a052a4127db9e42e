"""What members of one cohort say of themselves: made up, each part shown to whom they choose."""

from typing import Any

from deploy.tools.story.people import Player

THREAD = {"kind": "initiative", "name": "Handovers that lose nothing"}
SAID: tuple[dict[str, Any], ...] = (
    {
        "position": "Shift lead",
        "offers": ["Rosters that hold"],
        "challenges": ["Nights alone"],
    },
    {"position": "Planner", "offers": ["Budgets in an afternoon"], "asks": ["Somebody to rehearse with"]},
    {"position": "Quality lead", "initiatives": ["Fewer calls at night"], "offers": ["Audits without fear"]},
    {"position": "Team coach", "offers": ["Difficult talks"], "challenges": ["Two sites, one team"]},
)
TO_COHORT = ("challenges", "asks")


def fill_in(members: list[Player]) -> int:
    """Have members save profiles, in confidence to their cohort, the rest to the network; return how many."""
    for number, member in enumerate(members):
        said = SAID[number % len(SAID)]
        consent = {name: "cohort" if name in TO_COHORT else "network" for name in ("threads", *said)}
        whole = {**said, "threads": [THREAD], "consent": {"listed": "network", **consent}}
        member.api.patch("/v1/me/profile", whole, If_Match=member.api.tag("/v1/me/profile"))
    return len(members)
