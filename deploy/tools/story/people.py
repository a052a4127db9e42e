"""The people of the story, signed in as they would be: by a link from their mail."""

from dataclasses import dataclass
from typing import Any

from deploy.tools.api import Api
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

    def enter_all(self, people: list[dict[str, Any]]) -> dict[str, Player]:
        """Return person id -> player: links are asked for first, then taken from the mails."""
        mark = self._mails.last
        for person in people:
            self._ask_for_link(person["email"])
        return {person["id"]: self._enter(person, mark) for person in people}

    def enter(self, person: dict[str, Any]) -> Player:
        """Return one person, signed in."""
        return self.enter_all([person])[person["id"]]

    def by_page(self, email: str) -> Browser:
        """Return a browser in which the holder of `email` signed in on the page of a link."""
        mark = self._mails.last
        self._ask_for_link(email)
        browser = Browser(self._api.url)
        path = f"/link/{self._mails.one_time_token(email, mark)}"
        browser.open(path)
        browser.send(path)
        return browser

    def _ask_for_link(self, email: str) -> None:
        self._api.post("/v1/sign-ins", {"email": email, "network": self._network})

    def _enter(self, person: dict[str, Any], mark: int) -> Player:
        token = self._mails.one_time_token(person["email"], mark)
        tokens = self._api.post("/v1/sign-ins/finish", {"token": token})
        api = self._api.signed_in(tokens)
        return Player(person["id"], person["email"], person["display_name"], api)
