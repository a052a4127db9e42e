"""New tokens for a sign-in whose access token has run out.

A refresh token is good once, and a browser opens several pages at a time: those that come while one is
asking, or just after, get what the first one got. At another gateway they get the same from membership, for
some seconds after the first.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from eventlet.event import Event

from gateway.signins import SignIn
from services.kit.outcomes import RemoteRefusal

KEPT = 60.0  # seconds


class Renewals:
    """Asks for new tokens, once for each refresh token.

    Args:
        refresh: (refresh token) -> {"access_token", "refresh_token", …} of membership; RemoteRefusal when the
            sign-in has ended.
    """

    def __init__(self, refresh: Callable[[str], Mapping[str, Any]]) -> None:
        self._refresh = refresh
        self._under_way: dict[str, Event] = {}
        self._done: OrderedDict[str, tuple[float, SignIn]] = OrderedDict()

    def renew(self, signin: SignIn, *, anew: bool = False) -> SignIn | None:
        """Return the sign-in with new tokens, or None when it has ended.

        Args:
            anew: under a new mark, because its holder's rights have changed (SECURITY 1.18).

        Raises:
            Unavailable, Overloaded: membership cannot be asked just now.
        """
        self._forget()
        known = self._done.get(signin.refresh)
        if known is not None:
            return known[1]
        waiting = self._under_way.get(signin.refresh)
        if waiting is not None:
            return waiting.wait()
        return self._ask(signin, anew)

    def _ask(self, signin: SignIn, anew: bool) -> SignIn | None:
        asking = self._under_way[signin.refresh] = Event()
        try:
            renewed = self._renewed(signin, anew)
        except BaseException as reason:
            asking.send_exception(reason)
            raise
        finally:
            del self._under_way[signin.refresh]
        asking.send(renewed)
        return renewed

    def _renewed(self, signin: SignIn, anew: bool) -> SignIn | None:
        try:
            tokens = self._refresh(signin.refresh)
        except RemoteRefusal:
            return None
        pair = tokens["access_token"], tokens["refresh_token"]
        renewed = SignIn.follow(*pair) if anew else SignIn(*pair, signin.mark)
        self._done[signin.refresh] = (time.monotonic(), renewed)
        return renewed

    def _forget(self) -> None:
        while self._done and next(iter(self._done.values()))[0] < time.monotonic() - KEPT:
            self._done.popitem(last=False)
