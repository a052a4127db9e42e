"""The people of the story, signed in as they would be: by a link from their mail and what only they have."""

import secrets
from dataclasses import dataclass
from typing import Any

from deploy.tools.api import Api
from deploy.tools.own_factors import Drawers
from deploy.tools.story.browser import Browser
from deploy.tools.story.mails import Mails


@dataclass(frozen=True)
class Player:
    """A signed-in person."""

    person_id: str
    email: str
    display_name: str
    api: Api


class Door:
    """Signs people in over the API.

    Args:
        network: the story's own; one address may belong to several.
    """

    def __init__(self, api: Api, mails: Mails, network: str) -> None:
        self._api, self._mails, self._network = api, mails, network
        self.drawers = Drawers.at(api.url)
        self._verifier = secrets.token_urlsafe(32)

    def enter_all(self, people: list[dict[str, Any]]) -> dict[str, Player]:
        """Return person id -> player: links are asked for first, then taken from the mails."""
        mark = self._mails.last
        for person in people:
            self.ask_for_link(person["email"])
        return {person["id"]: self._enter(person, mark) for person in people}

    def enter(self, person: dict[str, Any]) -> Player:
        """Return one person, signed in."""
        return self.enter_all([person])[person["id"]]

    def by_page(self, email: str) -> Browser:
        """Return a browser in which the holder of `email` signed in on the page of a link.

        Who keeps recovery codes here proves by one that it is they.
        """
        mark = self._mails.last
        browser = Browser(self._api.url)
        browser.open("/sign-in")
        browser.send("/sign-in", email=email, by="link")
        path = f"/link/{self._mails.one_time_token(email, mark)}"
        browser.open(path)
        browser.send(path)
        self._go_home(browser)
        if self.drawers.holds(email):
            browser.open("/me/step-up")
            browser.send("/me/step-up", code=self.drawers.take(email))
        return browser

    def _go_home(self, browser: Browser) -> None:
        """See that a browser is in this door's network, for who came to be known by another first."""
        browser.open("/me/networks")
        for act in ("join", "enter"):
            path = f"/me/networks/{self._network}/{act}"
            if f'action="{path}"' in browser.text:
                browser.send(path)

    def ask_for_link(self, email: str) -> None:
        """Have a one-time link sent, good for this door alone."""
        asked = {"email": email, "network": self._network, "verifier": self._verifier}
        self._api.post("/v1/sign-ins", asked)

    def redeem(self, email: str, mark: int) -> dict[str, Any]:
        """Return the tokens for the link that came after `mark`, in this door's network.

        Somebody who came to be known by another network first joins this one by accepting it.
        """
        token = self._mails.one_time_token(email, mark)
        link = {"token": token, "verifier": self._verifier}
        tokens: dict[str, Any] = self._api.post("/v1/sign-ins/finish", link)
        if tokens["network"] == self._network:
            return tokens
        elsewhere = self._api.signed_in(tokens)
        elsewhere.put(f"/v1/me/networks/{self._network}")
        switched: dict[str, Any] = elsewhere.post("/v1/sign-ins/switch", {"network": self._network})
        return switched

    def _enter(self, person: dict[str, Any], mark: int) -> Player:
        email = person["email"]
        api = self.drawers.prove(self._api.signed_in(self.redeem(email, mark)), email)
        return Player(person["id"], email, person["display_name"], api)
