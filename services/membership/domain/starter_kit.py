"""What somebody needs who founds a group: how to choose, what to write, how to begin, how to lead (R140)."""

from dataclasses import dataclass

CHOOSING = (
    "Begin with the purpose, in one sentence: what should be different for you in half a year?",
    "Then the kind: training, when all want to learn the same; coaching, when each has an own problem or all"
    " share one; a board, when you look for peers to advise one another on your way.",
    "Then people: six to eight, who want the same or stand where you stand, and none of whom is above or"
    " below another at work.",
)
TIPS = (
    "Another member leads each time; the agenda is ready, and each step has its minutes.",
    "Everybody speaks once before anybody speaks twice.",
    "Questions first, advice when it is asked for.",
    "End with what each will do, by when, and who asks about it.",
    "What is said stays in the group: sign the agreement together before the first matter.",
)
INVITATION = (
    "I am bringing a small group together: {title}.\n\n"
    "What we want to learn: {learns}\n\n"
    "Six to eight peers, {sessions} meetings of {minutes} minutes. We lead in turn, and what is said stays"
    " with us. Would you join? You find it under Groups."
)


@dataclass(frozen=True)
class StarterKit:
    """`agenda`: the key of the form whose agenda is the first one."""

    choosing: tuple[str, ...]
    invitation: str
    agenda: str
    tips: tuple[str, ...]


def starter_kit(title: str, learns: str, form: str, sessions: int, minutes: int) -> StarterKit:
    """Return the kit for a group; the invitation is for its founder to change and to send."""
    words = INVITATION.replace("{title}", title).replace("{learns}", learns)
    words = words.replace("{sessions}", str(sessions)).replace("{minutes}", str(minutes))
    return StarterKit(CHOOSING, words, form, TIPS)
