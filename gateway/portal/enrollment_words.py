"""The words for how somebody stands in a program, for pledges, modes of an intake and reasons for leaving."""

from gateway.portal.phrases import say

STANDINGS = {
    "applied": say("Applied"),
    "accepted": say("Accepted"),
    "waitlisted": say("Waiting"),
    "offered": say("Seat offered"),
    "enrolled": say("Has a seat"),
    "placed": say("In a cohort"),
    "declined": say("Declined"),
    "lapsed": say("Offer over"),
    "withdrawn": say("Left"),
}
MINE = {
    "applied": say("Your application is in. Staff decide, and you get a mail."),
    "accepted": say("You are accepted. Your seat is being looked for; load the page again in a moment."),
    "waitlisted": say(
        "Every seat is taken. You wait, and a seat that becomes free is offered to you by mail."
    ),
    "offered": say("A seat is yours if you take it in time."),
    "enrolled": say("You have a seat. When the cohorts are formed you get a mail with who is in yours."),
    "placed": say("You are in a cohort."),
    "declined": say("Your application was declined. You can apply again as long as the program is open."),
    "lapsed": say("The seat went to the next. You can apply again as long as the program is open."),
    "withdrawn": say("You have left this program."),
}
PLEDGES = {
    "none": say("Not asked"),
    "asked": say("Asked"),
    "signed": say("Supported"),
    "talk": say("Wants to talk first"),
    "withdrawn": say("Support withdrawn"),
    "waiver_wished": say("Wishes not to ask"),
    "waived": say("Waived"),
}
MY_PLEDGE = {
    "none": say("You have not asked your supervisor yet."),
    "asked": say("Your supervisor has a mail with a link. You hear when they answer."),
    "signed": say("Your supervisor supports you."),
    "talk": say("Your supervisor wants to talk to the program’s staff first."),
    "withdrawn": say("Your supervisor has withdrawn their support. Staff talk to both of you."),
    "waiver_wished": say(
        "You wish that your supervisor is not asked. Staff decide; nothing is sent meanwhile."
    ),
    "waived": say("Your supervisor is not asked. Nothing is sent."),
}
MODES = {
    "closed": say("Staff enroll people"),
    "apply": say("People apply, staff decide"),
    "open": say("Who applies is in"),
}
POLICIES = {
    "required": say("Required"),
    "invited": say("Invited, not required"),
    "waived": say("Not asked for"),
}
REASONS = {
    "no_time": say("No time for it beside other work"),
    "hours": say("The hours do not suit me"),
    "changed_job": say("Another job, task or organization"),
    "no_support": say("No support where I work"),
    "not_what_was_expected": say("I expected something else"),
    "group_did_not_fit": say("The group did not fit"),
    "goal_reached": say("What I came for is reached"),
    "personal": say("Personal reasons"),
    "other": say("Another reason"),
}
SUPPORT = {
    "asked": say("You have not answered yet."),
    "signed": say("You have pledged your support. You can withdraw it here."),
    "talk": say("You want to talk to the program first. Its staff will come to you."),
    "withdrawn": say("You have withdrawn your support. The program’s staff will talk to both of you."),
}
