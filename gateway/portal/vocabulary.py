"""The words for states, answers and kinds that services name by key; each goes through gettext when shown."""

from collections.abc import Callable
from gettext import gettext as _

ANSWERS = {
    "yes": _("You said yes. Your cohort sees it. You can change it until the session starts."),
    "no": _("You said you cannot come. Your cohort sees it. You can change it until the session starts."),
    "maybe": _("You said perhaps. You can change it until the session starts."),
}
STANDINGS = {
    "planned": _("Planned"),
    "scheduled": _("Planned"),
    "open": _("Live"),
    "closed": _("Over"),
    "summarised": _("Summarized"),
    "cancelled": _("Cancelled"),
    "designed": _("Designed"),
    "enrolling": _("Enrolling"),
    "running": _("Running"),
    "ended": _("Ended"),
    "queued": _("Waiting to start"),
    "searching": _("Searching"),
    "found": _("Not committed"),
    "done": _("Done"),
    "committing": _("Committing"),
    "committed": _("Committed"),
    "failed": _("Failed"),
}
KINDS = {
    "welcome": _("Welcome, who is here"),
    "connect": _("Getting to know one another"),
    "agreement": _("The agreement"),
    "check_back": _("What came of the commitments"),
    "input": _("Something new"),
    "round": _("A member’s challenge"),
    "talk": _("Talk"),
    "practice": _("Practice"),
    "decide": _("Decide"),
    "feedback": _("Feedback"),
    "reflect": _("What we learned"),
    "commit": _("Commitments"),
    "close": _("Close and short feedback"),
}
OUTCOMES = {
    "coaching_culture": _("Coaching culture"),
    "core_coaching_skills": _("Core coaching skills"),
    "leadership_development": _("Leadership development"),
    "management_development": _("Management development"),
    "deep_networking": _("Deep networking"),
    "problem_solving": _("Problem solving"),
    "supervisory_development": _("Supervisory development"),
    "support": _("Support"),
    "team_building": _("Team building"),
    "transfer_of_training": _("Transfer of training"),
}
VISIBILITY = (
    {
        "role": _("Member"),
        "sees": _("Their own cohorts, the directory within consent, their own notices and feedback"),
        "never": _("Other cohorts' content; others' check-ins, ratings and guest votes"),
    },
    {
        "role": _("Facilitator"),
        "sees": _("The cohorts they facilitate: content, attendance, commitments"),
        "never": _("Other cohorts' content"),
    },
    {
        "role": _("Program staff"),
        "sees": _("Programs, enrollments, formations, timetables, figures over several people"),
        "never": _("What is said or written in sessions; single answers"),
    },
    {
        "role": _("Sponsor"),
        "sees": _("Reports and figures over at least five people"),
        "never": _("Anything that names or can unmask a person"),
    },
    {
        "role": _("Organization admin"),
        "sees": _("Their own organization's people and enrollments"),
        "never": _("Other organizations' people; any content"),
    },
    {
        "role": _("Network admin"),
        "sees": _("Configuration and the audit trail"),
        "never": _("Confidential content"),
    },
    {
        "role": _("Partner system"),
        "sees": _("What its scopes and its organization allow"),
        "never": _("Content, attendance, answers"),
    },
)


def _worded(table: dict[str, str]) -> Callable[[str | None], str]:
    return lambda key: _(table.get(key or "", (key or "").replace("_", " ").capitalize()))


VOCABULARY = {
    "answer_words": _worded(ANSWERS),
    "standing_words": _worded(STANDINGS),
    "kind_words": _worded(KINDS),
    "outcome_words": _worded(OUTCOMES),
}
