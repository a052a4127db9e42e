"""What a form is for, how it differs from its neighbors, and who does what in it (CONTENT 1.2; R135)."""
# ruff: noqa: E501 (a table: one text a line)

from dataclasses import dataclass


@dataclass(frozen=True)
class FormWords:
    """The words of one form.

    `purpose`: what it is for; `differs`: from the forms it is taken for; `adds`: when it adds to what a network
    already runs; `roles` beside member and facilitator; `between` sessions; `metrics` of its own.
    """

    purpose: str
    differs: str
    adds: str
    roles: tuple[str, ...]
    between: tuple[str, ...]
    metrics: tuple[str, ...]


WORDS = {
    "action_learning": FormWords(
        "Complex challenges of its members are moved by action, and what the action teaches is learned as deliberately.",
        "Peer coaching works on one person's next step; action learning asks first, acts, and reflects on both.",
        "People already talk about their challenges, but little is done between two talks.",
        ("presenter (2 a session)", "learning observer", "scribe"),
        ("do the action", "one line on what happened", "note a question that opened something"),
        ("challenges moved", "actions done", "questions-to-advice ratio (observer's count)"),
    ),
    "committee": FormWords(
        "A shared matter is decided, or a recommendation is made to others outside the group.",
        "A team does the work itself; a committee decides or recommends, and others carry it out.",
        "Many are concerned by a matter and nobody speaks for all of them.",
        ("chair", "scribe", "recipient of the result (outside)"),
        ("gather facts", "sound out those concerned", "draft"),
        ("decisions taken", "recommendations released and answered", "days to answer"),
    ),
    "debate": FormWords(
        "Two points of view are put against each other in form, so that everybody knows the best reasons of both.",
        "A dialogue looks for meaning behind views; a debate tests them against each other.",
        "A question divides the network and is only whispered about.",
        ("speakers A", "speakers B", "bench", "timekeeper"),
        ("prepare the case", "read the strongest source of the other side"),
        ("view before and after (1-5)", "can state the other side's best reason"),
    ),
    "dialogue": FormWords(
        "One thoughtful question is looked at together until its meaning is deeper.",
        "A discussion may decide; a dialogue decides nothing and does not argue.",
        "Exchange is quick and busy, and what lies beneath it has no place.",
        ("keeper of the question", "scribe"),
        ("live with the question", "write three lines"),
        ("perspective shift", "airtime balance", "new questions kept"),
    ),
    "discussion": FormWords(
        "Many comment on a topic, so that it is understood or decided.",
        "A dialogue stays with one question; a discussion covers angles and may end in a decision.",
        "People meet anyway and their talk goes where it likes.",
        ("host of the topic", "scribe"),
        ("read the pre-read", "add an angle to the topic"),
        ("share of members who spoke", "topics proposed by members"),
    ),
    "networking": FormWords(
        "Useful relationships and useful materials are found and kept.",
        "A community of practice shares one craft; networking brings those together who would never meet.",
        "There are events, but people leave with cards instead of someone they can call.",
        ("host", "connector (who introduces)"),
        ("one pair meeting (lunch, walk, call) with someone new", "share one material"),
        ("new ties", "can call anyone", "materials shared", "asks answered"),
    ),
    "peer_coaching": FormWords(
        "Each is coached by peers from a present priority to a realistic step.",
        "A mentor knows the way; a peer coach asks until the coachee finds it. Action learning is larger and slower.",
        "People give one another advice that nobody follows.",
        ("coachee", "coach (each, some or one)", "observer"),
        ("do the agreed step", "message the buddy half-way"),
        ("steps done", "coaching helpfulness", "question quality"),
    ),
    "peer_mentoring": FormWords(
        "One who knows the way opens doors for another's career; both learn.",
        "In peer coaching roles change; in mentoring the mentee leads and the mentor has the knowledge.",
        "Newcomers know nobody who has been where they want to go.",
        ("mentor", "mentee"),
        ("mentee drafts next question", "mentor opens one door"),
        ("career steps taken", "mentor felt as an equal (1-5)", "mentor learned too (1-5)"),
    ),
    "support": FormWords(
        "Each member finds support for a significant development in their own life and work.",
        "A learning group may do without support; a support group without it for each member is none.",
        "People carry alone what others here carry, too.",
        ("keeper of the circle", "buddy"),
        ("one restoring act", "a short buddy call"),
        ("energy (1-5)", "felt support (1-5)", "isolation (1-5, lower is better)"),
    ),
    "study": FormWords(
        "A subject is learned alone, then shared and discussed until all have it.",
        "In self-formed training a member teaches; in a study group everybody studies a part.",
        "A course is over and its matter would be forgotten.",
        ("topic guide", "note keeper"),
        ("study own part alone", "bring one finding and one doubt"),
        ("self-check of knowledge (5 questions by the group)", "parts covered"),
    ),
    "team": FormWords(
        "People with a common goal get more done, and learn from how they work together.",
        "Members of other groups have goals of their own; a team has one.",
        "A work team meets about tasks only and never about how it works.",
        ("goal owner", "scribe", "timekeeper"),
        ("deliver own commitment", "update the goal"),
        ("goal progress", "promises kept to each other", "hand-over delays"),
    ),
    "quality_circle": FormWords(
        "Those who do the work resolve its technical problems and improve how it is done.",
        "A team serves a goal; a quality circle serves one problem after another of one organization.",
        "Faults come back because those who see them are not asked.",
        ("problem owner", "data keeper", "recipient in line"),
        ("measure", "try the countermeasure small"),
        ("problem measure before and after", "countermeasures standing after 4 weeks"),
    ),
    "community_of_practice": FormWords(
        "People of one craft share how they really do it, and who they are by doing it.",
        "A study group learns from sources; a community of practice from what no source holds.",
        "A craft is spread over departments or organizations and everybody invents it again.",
        ("core member", "practice host", "librarian"),
        ('write one "how I do it"', "answer one ask"),
        ("know-how captured", "reuse", '"I belong here" (1-5)', "newcomers active by their third session"),
    ),
    "learning_circle": FormWords(
        "Knowledge is built by open dialogue and deep reflection, and expressed in a shared result.",
        "A dialogue leaves no piece behind; a learning circle writes one. A study group learns what is known.",
        "A question concerns all and no course has the answer.",
        ("keeper of the question", "editor of the shared piece"),
        ("reflect in writing", "add to the shared piece"),
        ("shared result finished", "depth of reflection (self, 1-5)"),
    ),
    "structured_peer_learning": FormWords(
        "Five or six managers learn to handle one management problem: each practises new behavior between two sessions.",
        "Action learning takes each member's own challenge; here all have the same one, and each answers for themselves.",
        "A network meets to exchange, and behavior at work stays as it was.",
        ("member-facilitator", "timekeeper", "buddy pair"),
        ("practise the new behavior, log each try (what, where, what happened)",),
        ("tries logged", "situation handled better (1-5 before and after)"),
    ),
    "self_training": FormWords(
        "People who want the same skill teach one another, begun by themselves.",
        "A study group shares parts of a subject; here one member teaches something usable each time.",
        "No course is offered for what several want to learn.",
        ("trainer of the day", "timekeeper"),
        ("apply once", "trainer prepares", "others do a small task"),
        ("skill self-rating before and after", "applied at least once"),
    ),
    "self_coaching": FormWords(
        "People help one another toward goals, one shared or each their own, begun by themselves.",
        "Peer coaching is set up by a program; this kind is gathered by its own members, such as a personal board of directors.",
        "Somebody needs others to think with and has no program to join.",
        ("coachee (each)", "timekeeper"),
        ("own step", "buddy check"),
        ("own goal progress", "steps done"),
    ),
}  # fmt: skip
