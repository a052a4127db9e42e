"""Signed links: what notifications writes into mails, and the gateway reads as a `Caller` of kind "link".

A link does one act on one subject for one person, and nothing else. Who follows it with GET or HEAD sees a
page; the act itself is a POST. Both sides know the secret file `link_key`.
"""

from dataclasses import dataclass

from services.contracts.caller import Caller
from services.kit.derive import Signer, TokenRefused

PURPOSE = "link"


@dataclass(frozen=True)
class SignedLink:
    """One permission in a mail.

    Args:
        act: "rsvp", "stop_notices", "give_feedback", …; the asked service compares it with what it does.
        subject: the id of what it is done to (`ses_…`, a kind of notice, `qst_…`).
    """

    act: str
    subject: str
    network: str
    person_id: str

    def caller(self) -> Caller:
        """The caller who holds this link."""
        link = {"act": self.act, "subject": self.subject}
        return Caller("link", self.network, person_id=self.person_id, link=link)


def write_link(secret: str, link: SignedLink, seconds: float) -> str:
    """Return the URL-safe token of `link`, good for `seconds`; it stands as one segment of a path."""
    claims = {"a": link.act, "s": link.subject, "n": link.network, "p": link.person_id}
    return Signer(secret, PURPOSE).sign(claims, seconds)


def read_link(secret: str, token: str) -> SignedLink:
    """Return what a token permits.

    Raises:
        TokenRefused: not a link of ours, or altered; TokenExpired when it is over.
    """
    claims = Signer(secret, PURPOSE).read(token)
    try:
        return SignedLink(claims["a"], claims["s"], claims["n"], claims["p"])
    except KeyError:
        raise TokenRefused("this token is not valid") from None
