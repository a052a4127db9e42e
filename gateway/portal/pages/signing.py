"""Signing in and out, links from mails, and who can see what."""

from typing import Any

from gateway.access import Passport
from gateway.answers import Answer, html, see_other
from gateway.calls import Call
from gateway.connection import Request
from gateway.portal.frame import gather, menu_for, plain_page, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.pages.arriving import offer_connections, provider_sign_out, signed_out_here
from gateway.portal.pages.entering import by_password, cookies_of, device, enter, send_link
from gateway.portal.pages.security import to_step_up
from gateway.portal.phrases import say
from gateway.portal.render import render
from gateway.portal.vocabulary import VISIBILITY
from gateway.portal.words import city, span
from gateway.problem_pages import problem_page
from gateway.routes.identity import patiently
from gateway.routing import ANYONE, SIGNED_IN, link, page
from services.kit.outcomes import RemoteRefusal

TITLES = {
    401: say("Sign in first"),
    403: say("This is not open to you"),
    404: say("Nothing is here"),
    410: say("This link has run out"),
    412: say("Somebody changed this while you were writing"),
    413: say("That is too large"),
    422: say("That cannot be accepted"),
    429: say("A moment, please"),
    503: say("This part does not answer just now"),
}
TEXTS = {
    403: say("It is for people with another role. Ask who runs your network if you need it."),
    404: say("The address is wrong, or what it names is not open to you."),
    410: say("Sign in to answer, or wait for the next mail."),
}
KEPT = say("Nothing was changed.")


@page("GET", "/sign-in", who=ANYONE, query=SaidQuery, summary="Sign in")
def sign_in_page(call: Call) -> Answer:
    if call.caller.kind == "person":
        return see_other("/")
    return plain_page(call).show("sign_in.html")


@page("POST", "/sign-in", who=ANYONE, summary="Ask for a link, or sign in with a password")
def sign_in(call: Call) -> Answer:
    email = call.body.get("email", "").strip()
    try:
        if call.body.get("by") == "password":
            return enter(call, by_password(call, email))
        if call.body.get("by") == "organization":
            return offer_connections(call, email)
        return send_link(call, "start_sign_in", email=email)
    except RemoteRefusal as refusal:
        errors, wrong = problems_of(refusal)
        return plain_page(call).show("sign_in.html", 422, errors=errors, wrong=wrong, email=email)


@page("GET", "/link/{token}", who=ANYONE, summary="A one-time link, not yet used")
def link_page(call: Call) -> Answer:
    return plain_page(call).show("link.html", token=call.path["token"])


@page("POST", "/link/{token}", who=ANYONE, summary="Use a one-time link")
def use_link(call: Call) -> Answer:
    here = {"verifier": call.gateway.signins.verifier(cookies_of(call)), "request": call.key and call.key.key}
    here |= device(call)
    try:
        return enter(call, patiently(call, "finish_sign_in", token=call.path["token"], **here))
    except RemoteRefusal:
        return plain_page(call).show("link.html", 410, used=True)


@page("POST", "/sign-out", who=SIGNED_IN, summary="Sign out of this device")
def sign_out(call: Call) -> Answer:
    provider = provider_sign_out(call)
    call.ask("membership", "sign_out")
    answer = signed_out_here(call, provider) if provider else see_other("/sign-in")
    answer.headers += call.gateway.sign_out()
    return answer


@page("GET", "/settings", who=SIGNED_IN, query=SaidQuery, summary="Your account")
def settings(call: Call) -> Answer:
    return gather(call).show("settings.html")


@page("GET", "/privacy", who=ANYONE, summary="Who can see what")
def privacy(call: Call) -> Answer:
    return plain_page(call).show("privacy.html", rows=VISIBILITY)


@page("GET", "/a/{link}", who=link(), summary="A signed link: shows what it can do, changes nothing")
def signed_link(call: Call) -> Answer:
    return _answer_page(call)


@page("POST", "/a/{link}", who=link(), keyed=False, summary="Do the one thing a signed link can do")
def use_signed_link(call: Call) -> Answer:
    act = (call.caller.link or {}).get("act", "")
    try:
        if act == "rsvp":
            subject = (call.caller.link or {})["subject"]
            call.ask("sessions", "record_rsvp", session_id=subject, answer=call.body.get("answer", ""))
            return _answer_page(call, done=say("Saved. You can change your answer until the session starts."))
        if act == "keep_factors":
            call.ask("membership", "cancel_factor_reset")
            return _answer_page(
                call, done=say("Stopped. Your password and your authenticator stay as they are.")
            )
        call.ask("notifications", "stop_notices")
        return _answer_page(call, done=say("You get no more mail of this kind."))
    except RemoteRefusal as refusal:
        return _answer_page(call, 422, problem=refusal.message)


def _answer_page(call: Call, status: int = 200, **values: Any) -> Answer:
    held = call.caller.link or {}
    values |= {"act": held.get("act"), "token": call.path["link"], "title": say("Notices by mail")}
    if held.get("act") == "keep_factors":
        values["title"] = say("Keep what you sign in with")
    if held.get("act") == "rsvp":
        found = call.together({"session": ("sessions", "show_session", {"session_id": held["subject"]})})
        session = found["session"]
        values |= {"title": say("Your answer to the invitation"), "session": session or None}
        if session:
            values["starts"] = span(session["starts_at"], session["ends_at"], session["zone"])
            values["city"] = city(session["zone"])
    return plain_page(call).show("answer_link.html", status, **values)


@problem_page
def show_problem(problem: dict[str, Any], request: Request, passport: Passport | None) -> Answer | None:
    """A no on a page: what it is, that nothing changed, the way on, the request's id."""
    if problem["status"] == 401 and request.method in ("GET", "HEAD"):
        return see_other("/sign-in")
    if problem["code"] == "own-factor-needed" and request.method in ("GET", "HEAD"):
        return to_step_up(request.path)
    detail = problem["detail"][:1].upper() + problem["detail"][1:].rstrip(".") + "."
    page = render(
        "problem.html",
        title=TITLES.get(problem["status"], say("That did not work")),
        text=TEXTS.get(problem["status"], detail),
        kept=KEPT if request.method != "GET" else "",
        errors=problem.get("errors", []),
        request_id=problem["request_id"],
        menu=menu_for(passport.caller, request.path) if passport else [],
    )
    return html(page, problem["status"])
