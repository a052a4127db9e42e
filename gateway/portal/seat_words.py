"""The words for seats beside a program, for what advice is about, and for why people leave."""

from gateway.portal.phrases import say

SEATS = {
    "adviser": say("Advisory committee"),
    "champion": say("Champion"),
    "recipient": say("Recipient of results"),
}
ABOUT = {
    "topic": say("A topic"),
    "issue": say("An issue"),
    "challenge": say("A challenge"),
    "goal": say("A goal"),
    "opportunity": say("An opportunity"),
    "interest": say("An interest"),
}
REASONS = {
    "no_time": say("No time for it beside other work"),
    "hours": say("The hours do not suit"),
    "changed_job": say("Another job, task or organization"),
    "no_support": say("No support where they work"),
    "not_what_was_expected": say("Something else was expected"),
    "group_did_not_fit": say("The group did not fit"),
    "goal_reached": say("What they came for is reached"),
    "personal": say("Personal reasons"),
    "other": say("Another reason"),
}
