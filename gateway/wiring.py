"""Puts the gateway together from its settings: who verifies, who limits, which routes there are."""

import importlib
import pkgutil
from typing import Any

import eventlet
import structlog

from gateway import portal, routes
from gateway.access import ANONYMOUS, Access
from gateway.alarms import Alarms
from gateway.assets import Assets
from gateway.calls import Call
from gateway.cursors import Cursors
from gateway.descriptions import describing_routes
from gateway.dispatch import Dispatcher
from gateway.http import Finisher
from gateway.limits import Buckets
from gateway.live import Live
from gateway.loading import Loader
from gateway.problem_pages import show_problem
from gateway.renewals import Renewals
from gateway.routing import ROUTES, Route, RouteTable
from gateway.settings import GatewaySettings
from gateway.signins import SignIn, SignIns
from gateway.tokens import AccessTokens, SigningKeys
from gateway.withdrawn import Withdrawn
from services.contracts.caller import Caller
from services.kit.health import Readiness
from services.kit.outcomes import Overloaded, RemoteFault, RemoteRefusal, Unavailable
from services.kit.settings import Settings

log = structlog.get_logger()
MEMBERSHIP = "membership"
KEYS_AGAIN = 10.0  # seconds


class Gateway:
    """The assembled gateway; pages know it as `call.gateway`.

    Args:
        asks: the kit's client. readiness: what this process depends on; the signing keys are added.
    """

    def __init__(self, settings: Settings, own: GatewaySettings, asks: Any, readiness: Readiness) -> None:
        self.public_url, self.tls = own.public_url, own.tls
        self.assets = Assets()
        self.signins = SignIns(settings.secret("cookie_key"), tls=own.tls)
        self.keys = SigningKeys(lambda: asks.ask(MEMBERSHIP, "show_signing_keys", {}, ANONYMOUS).answer)
        self.withdrawn = Withdrawn()
        self._asks = asks
        readiness.depends_on("signing_keys", lambda: self.keys.known)
        self._access = access = Access(
            AccessTokens(own.public_url, self.keys, withdrawn=self.withdrawn),
            self.signins,
            Renewals(self._refresh),
            link_secret=settings.secret("link_key"),
            origin=own.public_url,
        )
        self.table = RouteTable(self._routes())
        self.dispatcher = Dispatcher(
            self.table,
            access,
            Loader(asks, Cursors(settings.secret("cursor_key")), access, self),
            Finisher(tls=own.tls),
            live=Live(readiness).paths(),
            callers=Buckets("caller", own.callers.rate, own.callers.burst),
            strangers=Buckets("address", own.strangers.rate, own.strangers.burst),
            proxies=own.proxies,
            alarms=Alarms(lambda caller: asks.ask(MEMBERSHIP, "note_refusals", {}, caller)),
            show_problem=show_problem,
        )

    def sign_in(self, tokens: dict[str, Any]) -> str:
        """Return the `Set-Cookie` that keeps `{"access_token", "refresh_token"}` of a finished sign-in."""
        return self.signins.write(SignIn.begin(tokens["access_token"], tokens["refresh_token"]))

    def sign_out(self) -> list[tuple[str, str]]:
        """Return the headers that end the browser's part of a sign-in."""
        return self.signins.forget()

    def link_holder(self, token: str) -> Caller:
        """Return who holds a signed link that came in a body. Raises: Problem 404 or 410."""
        return self._access.link_holder(token)

    def still_counts(self, call: Call) -> bool:
        """True as long as what the caller came with opens this route: asked anew while a stream goes on."""
        return self._access.still_counts(call.request, call.signin, call.route)

    def static(self, name: str) -> str:
        """Return the address of a file of ours, by its plain name."""
        return self.assets.url(name)

    def learn_keys(self) -> None:
        """Ask for the signing keys until they are known, for membership may start after us; then for ever.

        So the next key is known before it signs, and a withdrawn one ends though nobody presents it.
        """
        pause = 0.1
        while True:
            try:
                self.keys.refresh()
                pause = KEYS_AGAIN
            except (Unavailable, Overloaded, RemoteFault, RemoteRefusal) as reason:
                log.info("signing_keys_awaited", exception=type(reason).__name__)
                pause = min(pause * 2, 5.0)
            eventlet.sleep(pause)

    def _refresh(self, token: str) -> dict[str, Any]:
        return self._asks.ask(MEMBERSHIP, "refresh_tokens", {"refresh_token": token}, ANONYMOUS).answer

    def _routes(self) -> list[Route]:
        import_routes()
        offered = list(ROUTES)
        describing = describing_routes(offered, self.public_url, self.assets.url("docs.css"))
        return [*offered, *describing, self.assets.route()]


def import_routes() -> None:
    """Import every file of `routes` and `portal`, so that what they offer enters `ROUTES`."""
    for package in (routes, portal):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
