"""The seventeen forms a cohort can take, fifteen and two self-formed kinds (CONTENT 1.1).

A form is a proposal with bounds: size, cadence, length, who facilitates, whether it stays closed, and how much
it is about acting and about learning.
"""
# ruff: noqa: E501 (a table: one row a line)

from dataclasses import dataclass

from services.kit.errors import Invalid


@dataclass(frozen=True)
class Form:
    """One way for peers to work together.

    `weeks_between` counts weeks from one session to the next (4: monthly); `gap_low` and `gap_high` bound it;
    `facilitation` is how it starts, `grows_into` what it is offered later; `membership` is "closed" or "rolling";
    `self_formed` kinds are begun by their members.
    """

    key: str
    display_name: str
    size_low: int
    size_high: int
    session_count: int
    weeks_between: int
    session_minutes: int
    facilitation: str
    grows_into: str
    membership: str
    action: str
    learning: str
    gap_low: int = 1
    gap_high: int = 13
    self_formed: bool = False


FACILITATION = {
    "outside": "someone neutral from outside",
    "consultant": "a consultant",
    "internal": "a leader from within the organization",
    "pair": "a pair",
    "member": "one of the members",
    "rotating": "the members in turn",
    "all": "all members together",
}

FORMS = {
    form.key: form
    for form in (
        Form("action_learning", "Action learning", 5, 8, 8, 3, 120, "outside", "rotating", "closed", "always", "always"),
        Form("committee", "Committee", 5, 9, 6, 2, 90, "internal", "rotating", "closed", "always, outward", "optional"),
        Form("debate", "Debate", 6, 12, 3, 4, 90, "outside", "outside", "closed", "optional", "implicit"),
        Form("dialogue", "Dialogue", 6, 10, 4, 4, 120, "outside", "rotating", "closed", "implicit", "designed"),
        Form("discussion", "Discussion", 6, 10, 6, 4, 90, "outside", "all", "rolling", "implicit", "implicit"),
        Form("networking", "Networking", 8, 20, 6, 4, 60, "internal", "all", "rolling", "implicit", "implicit"),
        Form("peer_coaching", "Peer coaching", 2, 6, 8, 2, 90, "pair", "rotating", "closed", "always", "designed"),
        Form("peer_mentoring", "Peer mentoring", 2, 2, 8, 3, 60, "member", "member", "closed", "designed", "designed"),
        Form("support", "Support group", 6, 10, 8, 2, 90, "outside", "rotating", "closed", "designed", "designed"),
        Form("study", "Study group", 6, 8, 6, 2, 90, "rotating", "rotating", "closed", "optional", "always"),
        Form("team", "Team", 4, 9, 12, 1, 60, "outside", "rotating", "closed", "always", "designed"),
        Form("quality_circle", "Quality circle", 5, 10, 10, 1, 60, "internal", "rotating", "closed", "always", "designed"),
        Form(
            "community_of_practice", "Community of practice", 8, 30, 12, 4, 90, "pair", "all", "rolling", "optional", "always"
        ),
        Form("learning_circle", "Learning circle", 6, 10, 5, 3, 120, "outside", "rotating", "closed", "designed", "always"),
        Form(
            "structured_peer_learning",
            "Structured peer learning",
            5,
            6,
            2,
            4,
            90,
            "member",
            "member",
            "closed",
            "always",
            "always",
            gap_low=3,
            gap_high=8,
        ),
        Form(
            "self_training", "Self-formed training", 6, 8, 6, 4, 120, "rotating", "rotating", "closed", "optional", "always",
            self_formed=True,
        ),
        Form(
            "self_coaching", "Self-formed coaching", 6, 8, 8, 4, 150, "rotating", "rotating", "closed", "always", "designed",
            self_formed=True,
        ),
    )
}  # fmt: skip


class FormUnknown(Invalid):
    code = "form-unknown"


def form_of(key: str) -> Form:
    """Return the form by its key.

    Raises:
        FormUnknown: there is no such form; the message names those there are.
    """
    if key not in FORMS:
        raise FormUnknown(f"there is no form {key[:40]!r}; choose one of {', '.join(FORMS)}")
    return FORMS[key]
