"""Who calls: an access token, a signed link or the portal's cookie becomes a `Caller`.

    Authorization: Bearer …     a person or a partner system
    Authorization: Link …       the holder of a signed link, also as a path's `{link}` segment
    Cookie                      a person in the portal; renewed here when its access token has run out
    nothing                     anonymous

Cookie and Authorization together are refused: two answers to one question.
"""

from dataclasses import dataclass, field

from gateway.connection import Request
from gateway.http import Problem
from gateway.renewals import Renewals
from gateway.routing import Route
from gateway.signins import SignIn, SignIns, read_cookies
from gateway.tokens import AccessTokens, StaleToken, TokenNotAccepted
from services.contracts.caller import Caller
from services.contracts.links import read_link
from services.kit.derive import TokenExpired, TokenRefused
from services.kit.outcomes import Unavailable

ANONYMOUS = Caller()
_CHALLENGE = [("WWW-Authenticate", 'Bearer realm="commonthread", error="invalid_token"')]
RENEWALS = 3  # a change may be heard while new tokens are made
_ASK_FOR_ONE = [("WWW-Authenticate", 'Bearer realm="commonthread"')]


@dataclass
class Passport:
    """What was found: the caller, the portal's sign-in if that is how they came, and cookies to set.

    `came_as`: the mark the browser came with, where it gets a new one with this answer.
    """

    caller: Caller
    signin: SignIn | None = None
    mark: str = ""
    came_as: str = ""
    by_browser: bool = False
    headers: list[tuple[str, str]] = field(default_factory=list)


class Access:
    """Establishes callers.

    Args:
        link_secret: the text of the secret file `link_key`.
        origin: CT_PUBLIC_URL; where forms of ours come from.
    """

    def __init__(
        self, tokens: AccessTokens, signins: SignIns, renewals: Renewals, *, link_secret: str, origin: str
    ) -> None:
        self._tokens, self._signins, self._renewals = tokens, signins, renewals
        self._link_secret, self._origin = link_secret, origin

    def passport(self, request: Request, route: Route, link: str | None) -> Passport:
        """Return who calls. Raises: Problem 400, 401, 404 or 410; Unavailable without membership's keys."""
        if route.own_credentials:
            return Passport(ANONYMOUS)
        credentials = request.fields.get("authorization")
        if link is not None and route.who.knows("link"):
            return Passport(self.link_holder(link))
        cookies = read_cookies(request.fields.get("cookie", ""))
        if credentials is not None:
            if self._signins.name in cookies:
                raise Problem(400, "two-credentials", "send a cookie or Authorization, not both")
            return Passport(self._bearer(credentials))
        if route.html or self._signins.name in cookies:
            return self._browser(cookies)
        return Passport(ANONYMOUS)

    def admit(self, passport: Passport, route: Route) -> None:
        """Refuse whom the route is not for. Raises: Problem 401 or 403."""
        if route.who.admits(passport.caller):
            return
        if passport.caller.kind == "anonymous":
            raise Problem(401, "sign-in-needed", "this needs a sign-in", headers=_ASK_FOR_ONE)
        raise Problem(403, "forbidden", "this is not open to you")

    def still_counts(self, request: Request, signin: SignIn | None, route: Route) -> bool:
        """True while the token that a request came with is accepted, and its holder is let in."""
        token = signin.access if signin else request.fields.get("authorization", "").partition(" ")[2]
        try:
            return route.who.admits(self._tokens.caller(token))
        except TokenNotAccepted:
            return False

    def check_forgery(self, request: Request, passport: Passport, token: str | None) -> None:
        """Refuse a write that another site made a browser send (SECURITY 20).

        Args:
            token: of the form's hidden field, or of the header `X-CSRF-Token`.
        """
        if not passport.by_browser:
            return
        site = request.fields.get("sec-fetch-site")
        origin = request.fields.get("origin")
        # Under `Referrer-Policy: no-referrer` browsers send "null" as origin; then Sec-Fetch-Site speaks.
        foreign = site not in ("same-origin", "none") if site else origin not in (None, self._origin)
        sent = token or request.fields.get("x-csrf-token", "")
        marks = (passport.mark, passport.came_as or passport.mark)
        if foreign or not any(self._signins.knows_form(mark, sent) for mark in marks):
            raise Problem(
                403, "forged-form", "this form did not come from here, or is too old; load it again"
            )

    def form_token(self, passport: Passport) -> str:
        """The value of a form's hidden field."""
        return self._signins.form_token(passport.mark)

    def _bearer(self, credentials: str) -> Caller:
        scheme, _, token = credentials.partition(" ")
        if scheme.lower() == "link":
            return self.link_holder(token)
        try:
            if scheme.lower() != "bearer":
                raise TokenNotAccepted("scheme")
            return self._tokens.caller(token)
        except StaleToken:
            raise Problem(
                401, "stale-token", "your rights have changed: get a new token", headers=_CHALLENGE
            ) from None
        except TokenNotAccepted:
            raise Problem(401, "token-refused", "this token is not accepted", headers=_CHALLENGE) from None

    def link_holder(self, token: str) -> Caller:
        """Return who holds this signed link. Raises: Problem 404, or 410 when it has run out."""
        try:
            return read_link(self._link_secret, token).caller()
        except TokenExpired:
            raise Problem(410, "link-expired", "this link has run out") from None
        except TokenRefused:
            raise Problem(404, "not-found", "nothing is here") from None

    def _browser(self, cookies: dict[str, str]) -> Passport:
        signin = self._signins.read(cookies)
        if signin is None:
            mark, cookie = self._signins.browser(cookies)
            headers = [("Set-Cookie", cookie)] if cookie else []
            return Passport(ANONYMOUS, None, mark, by_browser=True, headers=headers)
        try:
            caller = self._tokens.caller(signin.access)
        except TokenNotAccepted as reason:
            return self._renewed(signin, anew=isinstance(reason, StaleToken))
        if self._tokens.is_behind(signin.access):
            return self._renewed(signin, anew=True)
        return Passport(caller, signin, signin.mark, by_browser=True)

    def _renewed(self, signin: SignIn, *, anew: bool) -> Passport:
        came_as, renewed = signin.mark, self._renewals.renew(signin, anew=anew)
        for _ in range(RENEWALS):
            if renewed is None:
                mark, _ = self._signins.browser({})
                return Passport(ANONYMOUS, None, mark, by_browser=True, headers=self._signins.forget())
            try:
                caller = self._tokens.caller(renewed.access)
            except TokenNotAccepted:
                renewed = self._renewals.renew(renewed, anew=True)
                continue
            headers = [("Set-Cookie", self._signins.write(renewed))]
            return Passport(caller, renewed, renewed.mark, came_as, by_browser=True, headers=headers)
        raise Unavailable("rights are changing just now")
