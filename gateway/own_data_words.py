"""What stands in the archive of one's own data: a note for the reader, and each kind of row explained."""

NOTE = """This is what Commonthread keeps about you in one network.

membership.json     who you are, how you sign in, your roles, enrollments and cohorts
scheduling.json     when you can meet, and the times of your sessions
sessions.json       your part in each session, and what you said you would do, in your own words
feedback.json       what you were asked, and your own answers
notifications.json  what you were told by mail, and what you stopped
sessions.ics        the times of your sessions, for any calendar program
schema.json         what each kind of row means

What others wrote is not in it: it is theirs. Where you signed in with one address to several networks, each
has an archive of its own. All times are UTC unless a zone stands beside them.
"""

SCHEMA = {
    "file": {
        "service": "which service keeps these rows",
        "network": "id of the network",
        "person_id": "your id in it",
        "exported_at": "when this file was made",
        "kinds": "rows by kind; each kind is explained below",
    },
    "kinds": {
        "membership": {
            "profile": "your entry: name, contact address, organization, zone, language, weekly hours (day 0"
            " is Monday, minutes from midnight), managers by id and who named them (`lines`), title,"
            " function, level, years, languages, city, country, external id",
            "own_profile": "what you say of yourself, and in `consent` who sees which part of it: nobody, the"
            " people of your cohorts, or the network",
            "account": "the address you sign in with, and the networks that know you by it",
            "role": "a role you hold: where, by whom granted, until when",
            "enrollment": "a program you applied to or enrolled in: standing, cohort, your answers, a seat"
            " offered or a pause until when, why you left, and whom you asked for support",
            "cohort": "a cohort you are or were in: its name, your standing as member, whether you lead it,"
            " the version of the agreement you signed, each signature, own rules you worded,"
            " and steps of handing over you took",
            "remote_skill": "what staff recorded of your leading people who cannot see one another",
            "guest": "a session you are invited to as a guest, or (`answered_yes`) your private answer about"
            " one, which is kept until a day before the session",
            "dedication": "your private answer whether the others of a cohort are your equals there",
            "stake": "what a program means to you: ratings, what you expect, and your own goals",
            "quest": "a goal your cohort calls impossible: what you said in private, and words you gave",
            "ask": "that another cohort asked how you did something, and your private answer",
            "seat": "a seat you have beside a program: as adviser, champion or recipient, and until when",
            "advice": "what you said as an adviser of a program, in your words",
            "group": "a group that members form by themselves: whether you founded it, are in it or invited;"
            " what you called it where you founded it",
            "launch": "a program for whose stakeholders you speak, or recorded their word, and what you said"
            " when asked to stand behind it",
            "sign_in": "one sign-in: way, own factor, device in a few words, when asked for, opened, ended",
        },
        "scheduling": {
            "hours": "when you can meet in a week, on the clock of a zone",
            "session_time": "time and place of a session of yours; `wall_start` is on the cohort's clock",
        },
        "sessions": {
            "session": "a session that names you: your answer to the invitation, how you attended, whether"
            " you led it, whether you had signed",
            "commitment": "what you said you would do: `what` and `note` in your words, due day, standing",
        },
        "feedback": {
            "questionnaire": "that you were asked after a session, and your own answers by question",
        },
        "notifications": {
            "preferences": "kinds of mail you stopped",
            "notice": "one message to you: kind, channel, state, when, and ids of what it was about",
        },
    },
}
