"""The words for goals, stakeholders, stances and steps of a launch, and for what the form chooser asks."""

from gateway.portal.phrases import say
from gateway.portal.vocabulary import OUTCOMES

GOALS = OUTCOMES | {
    "root_causes": say("Seeing root causes"),
    "coaching_staff": say("Coaching one’s own staff"),
    "across_departments": say("Working across departments"),
    "speaking_with_one_voice": say("Speaking with one voice"),
    "problem_capacity": say("Capacity to solve problems"),
}
GROUPS = {
    "sponsor": say("Sponsors"),
    "program_staff": say("Program staff"),
    "community_partner": say("Community partners"),
    "champion": say("Champions"),
    "participant": say("Participants"),
    "facilitator": say("Facilitators"),
    "supervisor": say("Supervisors"),
    "advisory": say("Advisory committee"),
}
STANCES = {
    "supports": say("Supports it"),
    "undecided": say("Undecided"),
    "declines": say("Declines"),
}
STEPS = {
    "purpose": say("State the purpose"),
    "stakeholders": say("Name the stakeholders"),
    "shared_goal": say("Find the goal all share"),
    "verified": say("Have each group verify the purpose"),
    "buy_in": say("Win senior people"),
    "people": say("Bring the people"),
    "facilitators": say("Bring facilitators"),
    "enrollment": say("Enroll"),
    "cohorts": say("Form cohorts"),
    "evaluation": say("Evaluate"),
}
WANTED = {"meant": say("Meant in every session"), "may_happen": say("May just happen")}
LEARNINGS = {
    "knowledge": say("Knowledge"),
    "skill": say("Skill"),
    "ability": say("Ability"),
    "perception": say("Perception"),
}
PURPOSES = {
    "goal_attainment": say("Attaining goals"),
    "problem_solving": say("Solving problems"),
    "training": say("Training"),
    "support": say("Support"),
    "networking": say("Networking"),
}
COURSES = {
    "course": say("Course"),
    "workshop": say("Workshop"),
    "seminar": say("Seminar"),
    "technical_assistance": say("Technical assistance"),
    "strategy": say("Strategy"),
}
FOCUS = {
    "always": say("in every session"),
    "designed": say("where well made"),
    "optional": say("possible"),
    "implicit": say("by itself"),
}
PARTS = {
    "form": say("Form"),
    "size": say("Members of a cohort"),
    "cadence": say("Sessions"),
    "facilitation": say("Facilitated"),
    "agenda": say("Agenda"),
    "instruments": say("Measured by"),
}


def begun(sentence: str) -> str:
    """What a service says, with a capital first."""
    return sentence[:1].upper() + sentence[1:]
