"""What every page shows beside its own matter: who is signed in, where they can go, their form token."""

from dataclasses import dataclass
from typing import Any

from gateway.answers import Answer, html, see_other
from gateway.calls import Call
from gateway.portal.render import render
from services.kit.outcomes import RemoteRefusal

STAFF = ("program_staff", "network_admin")
MENU = (
    ("/", "home", "Home", ()),
    ("/cohorts", "ring", "Cohorts", ()),
    ("/commitments", "check", "Commitments", ()),
    ("/facilitate", "hand", "Facilitate", ("facilitator",)),
    ("/staff", "people", "Staff", STAFF),
    ("/sponsor", "book", "Reports", ("sponsor", *STAFF)),
)
SAID = {
    "yes": "Saved. Your answer is yes.",
    "no": "Saved. Your answer is no.",
    "saved": "Saved.",
    "signed": "You have signed the agreement.",
    "made": "Your commitment stands. You and who facilitates read it.",
    "published": "Published. Members get a link to it.",
    "given": "Sent. Your answers are kept apart from your name.",
    "added": "Added.",
    "closed": "The session is over. Sum it up in four parts.",
    "opened": "The session is open.",
    "started": "Topics are open.",
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

    def show(self, template: str, status: int = 200, **values: Any) -> Answer:
        """Return the page."""
        return html(
            render(
                template,
                csrf=self.call.form_token,
                me=self.me,
                menu=menu_for(self.call),
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


def plain_page(call: Call) -> Page:
    """A page for somebody who is not signed in: nothing is asked."""
    return Page(call, None, {})


def menu_for(call: Call) -> list[dict[str, Any]]:
    """The places this caller may go."""
    path = call.request.path
    return [
        {
            "url": url,
            "icon": icon,
            "label": label,
            "here": path == url or (url != "/" and path.startswith(url)),
        }
        for url, icon, label, needs in MENU
        if not needs or call.caller.roles.intersection(needs)
    ]


def is_staff(call: Call) -> bool:
    """True for program staff and network admins."""
    return not call.caller.roles.isdisjoint(STAFF)


def problems_of(refusal: RemoteRefusal) -> tuple[list[dict[str, str]], dict[str, str]]:
    """A service's no as the page shows it: the list on top, and the words beside each field."""
    errors = [
        {"field": error["pointer"].strip("/").split("/")[0], "text": error["detail"]}
        for error in refusal.errors
    ]
    wrong = {error["field"]: error["text"] for error in errors}
    return errors or [{"field": "", "text": refusal.message or "This cannot be done now."}], wrong


def done(path: str, said: str) -> Answer:
    """303 to `path`, which then says what was done."""
    return see_other(f"{path}?said={said}")
