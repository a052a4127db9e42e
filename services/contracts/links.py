"""Signed links: what notifications writes into mails, and the gateway reads as a `Caller` of kind "link".

A link does one act on one subject for one person, and nothing else. Who follows it with GET or HEAD sees a
page; the act itself is a POST. Both sides know the secret file `link_key`.

A one-time token, which opens the door itself, travels sealed from membership to notifications: who reads
databases, the oplog, queues or backups signs in as nobody.
"""

import base64
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.contracts.caller import Caller
from services.kit.derive import Signer, TokenRefused, key_for

PURPOSE, ONE_TIME = "link", "one-time token"
NONCE_BYTES = 12


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


def seal_token(secret: str, token: str) -> str:
    """Return a one-time token as it may stand in an announcement."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(key_for(secret, ONE_TIME)).encrypt(nonce, token.encode(), None)
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def open_token(secret: str, sealed: str) -> str:
    """Return the token that `seal_token` sealed.

    Raises:
        TokenRefused: not sealed by us, or altered.
    """
    try:
        raw = base64.urlsafe_b64decode(sealed.encode("ascii"))
        return AESGCM(key_for(secret, ONE_TIME)).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None).decode()
    except (ValueError, InvalidTag):
        raise TokenRefused("this token was not sealed here") from None
