"""The addresses that stand in letters: signed for one act, one subject, one person (contracts/links.py)."""

import base64
import hmac
from datetime import datetime

from services.contracts.links import SignedLink, open_token, write_link
from services.kit.clock import Clock
from services.kit.derive import key_for

STOP_SECONDS = 400 * 24 * 3600  # a letter found a year later can still be stopped
ANSWER_SECONDS_AT_LEAST = 60
ACCOUNT_SECONDS = 14 * 24 * 3600  # membership says when each is over; this is the longest of them
PLEDGE_SECONDS = 200 * 24 * 3600  # support can be withdrawn as long as most programs last
PAGES = {"join": "invitations", "pledge": "pledges"}


class SignedLinks:
    """Makes links below the platform's public address.

    Args:
        public_url: CT_PUBLIC_URL; no link is ever made from what a request says.
        secret: the text of the secret file `link_key`.
    """

    def __init__(self, public_url: str, secret: str, clock: Clock) -> None:
        self._public_url, self._secret, self._clock = public_url, secret, clock

    def answer(self, network: str, person_id: str, session_id: str, until: datetime) -> str:
        """Return the page on which one person answers one invitation, until the session starts."""
        seconds = max((until - self._clock.now()).total_seconds(), ANSWER_SECONDS_AT_LEAST)
        token = write_link(self._secret, SignedLink("rsvp", session_id, network, person_id), seconds)
        return self.page(f"/a/{token}")

    def stop(self, network: str, person_id: str, topic: str) -> tuple[str, str]:
        """Return (page, one-click address by RFC 8058) where one person stops letters of one topic."""
        link = SignedLink("stop_notices", topic, network, person_id)
        token = write_link(self._secret, link, STOP_SECONDS)
        return self.page(f"/a/{token}"), self.page(f"/v1/stopped-notices/{token}")

    def sign_in(self, sealed: str) -> str:
        """Return the page that takes a one-time sign-in token, which came to us sealed."""
        return self.page(f"/link/{open_token(self._secret, sealed)}")

    def keep_factors(self, network: str, person_id: str, account_id: str, until: datetime) -> str:
        """Return the page on which one person stops a reset of their own factors, until it takes effect."""
        seconds = max((until - self._clock.now()).total_seconds(), ANSWER_SECONDS_AT_LEAST)
        link = SignedLink("keep_factors", account_id, network, person_id)
        return self.page(f"/a/{write_link(self._secret, link, seconds)}")

    def account(self, act: str, network: str, person_id: str, subject: str) -> str:
        """Return the page of an invitation, a move of an address or a pledge; its deed is asked for there."""
        seconds = PLEDGE_SECONDS if act == "pledge" else ACCOUNT_SECONDS
        token = write_link(self._secret, SignedLink(act, subject, network, person_id), seconds)
        return self.page(f"/{PAGES.get(act, 'addresses')}/{token}")

    def erasure(self, network: str, person_id: str, erasure_id: str) -> str:
        """Return the page that shows how far an erasure is, also to who signs in no more."""
        token = write_link(
            self._secret, SignedLink("erasure", erasure_id, network, person_id), ACCOUNT_SECONDS
        )
        return self.page(f"/forgetting/{token}")

    def page(self, path: str) -> str:
        """Return the full address of one of our pages."""
        return f"{self._public_url}{path}"

    def name(self, *parts: str) -> str:
        """Return a word of 26 letters and digits that names `parts` to nobody but us; always the same."""
        mac = hmac.digest(key_for(self._secret, "calendar"), "\x1f".join(parts).encode(), "sha256")
        return base64.b32encode(mac[:16]).decode().rstrip("=").lower()
