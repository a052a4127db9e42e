"""The words for states, answers and kinds that services name by key; each goes through gettext when shown."""

from functools import partial

from gateway.devices import PROGRAM
from gateway.portal.phrases import Phrase, say

ANSWERS = {
    "yes": say("You said yes. Your cohort sees it. You can change it until the session starts."),
    "no": say("You said you cannot come. Your cohort sees it. You can change it until the session starts."),
    "maybe": say("You said perhaps. You can change it until the session starts."),
}
STANDINGS = {
    "planned": say("Planned"),
    "scheduled": say("Planned"),
    "open": say("Live"),
    "closed": say("Over"),
    "summarised": say("Summarized"),
    "cancelled": say("Cancelled"),
    "designed": say("Designed"),
    "enrolling": say("Enrolling"),
    "running": say("Running"),
    "ended": say("Ended"),
    "queued": say("Waiting to start"),
    "searching": say("Searching"),
    "found": say("Not committed"),
    "done": say("Done"),
    "committing": say("Committing"),
    "committed": say("Committed"),
    "failed": say("Failed"),
    "refused": say("Not possible"),
}
KINDS = {
    "welcome": say("Welcome, who is here"),
    "connect": say("Getting to know one another"),
    "agreement": say("The agreement"),
    "check_back": say("What came of the commitments"),
    "input": say("Something new"),
    "round": say("A member’s challenge"),
    "talk": say("Talk"),
    "practice": say("Practice"),
    "decide": say("Decide"),
    "feedback": say("Feedback"),
    "reflect": say("What we learned"),
    "commit": say("Commitments"),
    "close": say("Close and short feedback"),
}
OUTCOMES = {
    "coaching_culture": say("Coaching culture"),
    "core_coaching_skills": say("Core coaching skills"),
    "leadership_development": say("Leadership development"),
    "management_development": say("Management development"),
    "deep_networking": say("Deep networking"),
    "problem_solving": say("Problem solving"),
    "supervisory_development": say("Supervisory development"),
    "support": say("Support"),
    "team_building": say("Team building"),
    "transfer_of_training": say("Transfer of training"),
}
FORMS = {
    "action_learning": say("Action learning"),
    "committee": say("Committee"),
    "community_of_practice": say("Community of practice"),
    "debate": say("Debate"),
    "dialogue": say("Dialogue"),
    "discussion": say("Discussion"),
    "learning_circle": say("Learning circle"),
    "networking": say("Networking"),
    "peer_coaching": say("Peer coaching"),
    "peer_mentoring": say("Peer mentoring"),
    "quality_circle": say("Quality circle"),
    "self_coaching": say("Self-formed coaching"),
    "self_training": say("Self-formed training"),
    "structured_peer_learning": say("Structured peer learning"),
    "study": say("Study group"),
    "support": say("Support group"),
    "team": say("Team"),
}
FACILITATION = {
    "all": say("By all members together"),
    "consultant": say("By a consultant"),
    "internal": say("From within the organization"),
    "member": say("By a member"),
    "outside": say("From outside the organizations"),
    "pair": say("By a pair"),
    "rotating": say("By the members in turn"),
}
TERMS = {
    "organizations": say("Organizations met"),
    "thread": say("Shared thread"),
    "choice": say("Choice of starts"),
    "hours": say("Hours of the day"),
    "wanted": say("Wished-for pairs"),
    "spread": say("Alike in years"),
}
AUDIENCES = {
    "nobody": say("Nobody"),
    "cohort": say("The people of my cohorts"),
    "network": say("Everybody in the network"),
}
THREAD_KINDS = {
    "position": say("Position or title"),
    "level": say("Level in the organization"),
    "experience": say("Experience"),
    "function": say("Function, duties"),
    "project": say("Project or research"),
    "initiative": say("Initiative"),
    "industry_pressure": say("Pressure of the industry"),
    "client_base": say("Clients or users we share"),
    "community": say("Community we serve"),
    "strategy": say("Strategy of the organization"),
}
VISIBILITY = (
    {
        "role": say("Member"),
        "sees": say("Their own cohorts, the directory within consent, their own notices and feedback"),
        "never": say("Other cohorts' content; others' check-ins, ratings and guest votes"),
    },
    {
        "role": say("Facilitator"),
        "sees": say("The cohorts they facilitate: content, attendance, commitments"),
        "never": say("Other cohorts' content"),
    },
    {
        "role": say("Program staff"),
        "sees": say("Programs, enrollments, formations, timetables, figures over several people"),
        "never": say("What is said or written in sessions; single answers"),
    },
    {
        "role": say("Sponsor"),
        "sees": say("Reports and figures over at least five people"),
        "never": say("Anything that names or can unmask a person"),
    },
    {
        "role": say("Organization admin"),
        "sees": say("Their own organization's people and enrollments"),
        "never": say("Other organizations' people; any content"),
    },
    {
        "role": say("Network admin"),
        "sees": say("Configuration and the audit trail"),
        "never": say("Confidential content"),
    },
    {
        "role": say("Partner system"),
        "sees": say("What its scopes and its organization allow"),
        "never": say("Content, attendance, answers"),
    },
    {
        "role": say("Adviser, champion"),
        "sees": say("How the program does, in figures over several people; what advisers said"),
        "never": say("Anything of cohorts they are not in"),
    },
)

ACTORS = {
    "operator": say("The operator"),
    "client": say("A partner system"),
    "link": say("The holder of a link"),
    "anonymous": say("Somebody who had not signed in"),
}
ROLES = {
    "network_admin": say("Network admin"),
    "program_staff": say("Program staff"),
    "facilitator": say("Facilitator"),
    "sponsor": say("Sponsor"),
    "organization_admin": say("Organization admin"),
    "supervisor": say("Supervisor"),
    "advisory_committee": say("Advisory committee"),
    "recipient": say("Recipient"),
    "guest": say("Guest"),
}


def worded(table: dict[str, Phrase], key: str | None) -> Phrase | str:
    """The words for `key`; a key nobody has words for yet is read as it is."""
    return table.get(key or "") or (key or "").replace("_", " ").capitalize()


WAYS = {
    "link": say("by a link from a mail"),
    "password": say("with a password"),
    "connection": say("by an organization’s own sign-in"),
}


def device_words(device: str) -> Phrase:
    """What signed in, as the list shows it; see gateway/devices.py."""
    browser, _, system = device.partition(" on ")
    if system:
        return say("%(browser)s on %(system)s", browser=browser, system=system)
    return say("%(browser)s", browser=browser) if browser not in ("", PROGRAM) else say("A program")


VOCABULARY = {
    "audience_words": partial(worded, AUDIENCES),
    "thread_words": partial(worded, THREAD_KINDS),
    "way_words": partial(worded, WAYS),
    "device_words": device_words,
    "actor_words": partial(worded, ACTORS),
    "role_words": partial(worded, ROLES),
    "answer_words": partial(worded, ANSWERS),
    "standing_words": partial(worded, STANDINGS),
    "kind_words": partial(worded, KINDS),
    "outcome_words": partial(worded, OUTCOMES),
    "form_words": partial(worded, FORMS),
    "facilitation_words": partial(worded, FACILITATION),
    "term_words": partial(worded, TERMS),
}
