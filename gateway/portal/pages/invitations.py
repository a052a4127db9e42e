"""What an invitation's link shows and does, and how staff send invitations."""

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.frame import STAFF, done, gather, plain_page
from gateway.portal.pages import SaidQuery
from gateway.portal.pages.entering import send_link
from gateway.portal.pages.sign_ins import PROBLEMS
from gateway.routes.accounts import join_by_invitation
from gateway.routing import SIGNED_IN, link, page, roles
from services.kit.outcomes import RemoteRefusal

WHO = roles(*STAFF)


@page("GET", "/invitations/{link}", who=link("join"), summary="An invitation: shows it, changes nothing")
def invitation(call: Call) -> Answer:
    return plain_page(call).show("invitation.html", token=call.path["link"])


@page("POST", "/invitations/{link}", who=link("join"), keyed=False, summary="Have the one-time link sent")
def knock(call: Call) -> Answer:
    return send_link(call, "knock")


@page("GET", "/me/invitations/{token}", who=SIGNED_IN, summary="An invitation, for who is signed in")
def my_invitation(call: Call) -> Answer:
    return gather(call).show("invitation_mine.html", token=call.path["token"])


@page("POST", "/me/invitations/{token}", who=SIGNED_IN, keyed=False, summary="Join with the account you have")
def accept(call: Call) -> Answer:
    try:
        join_by_invitation(call, call.path["token"])
    except RemoteRefusal as refusal:
        errors = [{"field": "", "text": PROBLEMS.get(refusal.code, refusal.message)}]
        return gather(call).show("invitation_mine.html", 422, token=call.path["token"], errors=errors)
    return done("/me/networks", "joined")


@page("GET", "/staff/invitations", who=WHO, query=SaidQuery, summary="Invite people")
def inviting(call: Call) -> Answer:
    return _inviting(call)


@page("POST", "/staff/invitations", who=WHO, summary="Invite everybody who has no account")
def invite(call: Call) -> Answer:
    organization = call.body.get("organization_id", "")
    try:
        begun = call.ask(
            "membership", "invite_people", **({"organization_id": organization} if organization else {})
        )
    except RemoteRefusal as refusal:
        return _inviting(call, 422, errors=[{"field": "", "text": refusal.message.capitalize() + "."}])
    return done(f"/staff/invitations/{begun['id']}", "inviting")


@page("GET", "/staff/invitations/{inviting_id}", who=WHO, query=SaidQuery, summary="How far inviting is")
def show_inviting(call: Call) -> Answer:
    found = call.ask("membership", "show_inviting", inviting_id=call.path["inviting_id"])
    return gather(call).show("inviting.html", inviting=found)


@page("POST", "/staff/people/{person_id}/invitation", who=WHO, summary="Invite one person")
def invite_one(call: Call) -> Answer:
    begun = call.ask("membership", "invite_people", person_ids=[call.path["person_id"]])
    return done(f"/staff/invitations/{begun['id']}", "inviting")


def _inviting(call: Call, status: int = 200, **values) -> Answer:
    page = gather(call, organizations=("membership", "list_organizations", {"limit": 100}))
    return page.show("invitations.html", status, organizations=page.rows("organizations"), **values)
