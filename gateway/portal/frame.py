"""What every page shows beside its own matter: who is signed in, where they can go, their form token."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.answers import Answer, html, see_other
from gateway.calls import Call
from gateway.portal.phrases import language_for, say
from gateway.portal.render import render
from services.contracts.caller import Caller
from services.kit.outcomes import RemoteRefusal

STAFF = ("program_staff", "network_admin")
MENU = (
    ("/", "home", say("Home"), ()),
    ("/cohorts", "ring", say("Cohorts"), ()),
    ("/commitments", "check", say("Commit\u00adments"), ()),
    ("/facilitate", "hand", say("Facilitate"), ("facilitator",)),
    ("/staff/connections", "lock", say("Sign-in"), ("organization_admin",)),
    ("/staff", "people", say("Staff"), STAFF),
    ("/sponsor", "book", say("Reports"), ("sponsor", *STAFF)),
)
SAID = {
    "yes": say("Saved. Your answer is yes."),
    "no": say("Saved. Your answer is no."),
    "saved": say("Saved."),
    "applied": say("Your application is in."),
    "asked": say("Asked. They have a mail with a link."),
    "left": say("You have left. Your seat goes to the next."),
    "signed": say("You have signed the agreement."),
    "made": say("Your commitment stands. You and who facilitates read it."),
    "published": say("Published. Members get a link to it."),
    "filed": say("Published. Sponsors can read it now."),
    "given": say("Sent. Your answers are kept apart from your name."),
    "taken_back": say("Your answers are gone. Nobody is told."),
    "added": say("Added."),
    "granted": say("Granted. It counts from now on."),
    "taken": say("Taken back. It ends everywhere within seconds."),
    "reset_asked": say("In three days it is forgotten. Every address we know of you is told."),
    "reset_cancelled": say("Everything stays as it is."),
    "linked": say("Linked. From now on it signs you in here."),
    "unlinked": say("Unlinked. It signs you in no more."),
    "ended": say("That sign-in is over. Nothing is read with it any more."),
    "choose": say("You belong to more than one network. Choose where to go."),
    "joined": say("You have joined."),
    "declined": say("Declined. They are not told."),
    "move_asked": say("Asked. Both addresses have a mail."),
    "move_stopped": say("Stopped. Your address stays as it is."),
    "inviting": say("Invitations are on their way."),
    "guest_asked": say("Every member is asked privately. You hear a day before the session."),
    "guest_answered": say("Kept. Only you see your answer."),
    "swapping": say("It is being carried out. Within seconds the cohorts are as you decided."),
    "closed": say("The session is over. Sum it up in four parts."),
    "opened": say("The session is open."),
    "started": say("Topics are open."),
    "forgetting": say("You will be forgotten. Until it begins you can take it back here."),
    "staying": say("You stay. Nothing was deleted."),
}


@dataclass
class Page:
    """One page being made for one caller.

    Args:
        me: the answer of `show_me`, or None where nobody is signed in.
        parts: what was gathered side by side for it (see `Call.together`).
    """

    call: Call
    me: dict[str, Any] | None
    parts: dict[str, Any]

    @property
    def zone(self) -> str:
        """The reader's zone; UTC where it is not known."""
        return (self.me or {}).get("zone") or "UTC"

    @property
    def language(self) -> str:
        """The reader's language, or the one their browser asks for first, as far as there are words."""
        asked = self.call.request.fields.get("accept-language", "")
        return language_for((self.me or {}).get("language"), asked.split(",")[0].split(";")[0].strip())

    def rows(self, part: str) -> list[dict[str, Any]]:
        """The items of a list that was gathered; none of one that is down."""
        found = self.parts[part]
        return found["data"] if found else []

    def is_down(self, part: str) -> bool:
        """True when the part did not answer; a part that was refused is just not there."""
        return getattr(self.parts[part], "reason", "") == "unavailable"

    def show(self, template: str, status: int = 200, **values: Any) -> Answer:
        """Return the page."""
        return html(
            render(
                template,
                language=self.language,
                csrf=self.call.form_token,
                me=self.me,
                menu=menu_for(self.call.caller, self.call.request.path),
                zone=self.zone,
                here=self.call.request.path,
                said_text=values.pop("said_text", SAID.get(self.call.query.get("said", ""), "")),
                **values,
            ),
            status,
        )


def gather(call: Call, **parts: tuple[str, str, dict[str, Any]]) -> Page:
    """Read `parts` side by side with who the reader is; a part that is down is falsy and the page goes on."""
    found = call.together({"me": ("membership", "show_me", {}), **parts})
    return Page(call, found.pop("me") or None, found)


def is_closed(part: Any) -> bool:
    """True when a part was left out because this sign-in was not proven by the person's own factor."""
    return getattr(part, "reason", "") == "own-factor-needed"


def plain_page(call: Call) -> Page:
    """A page for whoever comes: of the signed-in their name is asked, of others nothing."""
    return gather(call) if call.caller.kind == "person" else Page(call, None, {})


def menu_for(caller: Caller, path: str) -> list[dict[str, Any]]:
    """The places this caller may go; none for who is not signed in."""
    if caller.kind != "person":
        return []
    return [
        {
            "url": url,
            "icon": icon,
            "label": label,
            "needs": needs,
            "here": path == url or (url != "/" and path.startswith(url)),
        }
        for url, icon, label, needs in MENU
        if not needs or caller.roles.intersection(needs)
    ]


def problems_of(
    refusal: RemoteRefusal, labels: Mapping[str, Any] | None = None
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """A service's no as the page shows it: the list on top, and the words beside each field.

    Args:
        labels: field -> what it is called on the page, put before its words in the list.
    """
    found = [(error["pointer"].rsplit("/", 1)[-1], _sentence(error["detail"])) for error in refusal.errors]
    named = labels or {}
    errors = [
        {"field": field, "text": say("%(field)s: %(text)s", field=named[field], text=text)}
        if field in named
        else {"field": field, "text": text}
        for field, text in found
    ]
    return errors or [{"field": "", "text": _sentence(refusal.message)}], dict(found)


def shown_again(
    call: Call, refusal: RemoteRefusal, labels: Mapping[str, Any], again: Callable[..., Answer], **values: Any
) -> Answer:
    """422: the page `again` with a service's no and what was typed; what is not there stays not there."""
    if refusal.kind == "not-found":
        raise refusal
    errors, wrong = problems_of(refusal, labels)
    return again(call, 422, errors=errors, wrong=wrong, form=call.body, **values)


def done(path: str, said: str, joined: str = "?") -> Answer:
    """303 to `path`, which then says what was done; `joined` is "&" where the path has a query already."""
    return see_other(f"{path}{joined}said={said}")


def _sentence(text: str) -> Any:
    """What a service says, as a sentence."""
    if not text:
        return say("This cannot be done now.")
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
