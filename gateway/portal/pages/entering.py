"""What every way into the portal shares: what this browser is known by, and the cookies a sign-in sets."""

from typing import Any

from gateway.answers import Answer, see_other
from gateway.calls import Call
from gateway.portal.frame import plain_page
from gateway.routes.identity import device_of, patiently
from gateway.signins import read_cookies

CHOOSE = "/me/networks?said=choose"


def cookies_of(call: Call) -> dict[str, str]:
    return read_cookies(call.request.fields.get("cookie", ""))


def device(call: Call) -> dict[str, Any]:
    """What membership is told of this browser: its words for a list, and by what it is known."""
    known = call.gateway.signins.device_token(cookies_of(call))
    return {"device": device_of(call), "device_token": known}


def by_password(call: Call, email: str) -> dict[str, Any]:
    """Return the tokens for a password. Raises: RemoteRefusal, Problem 429."""
    given = {"email": email, "password": call.body.get("password", ""), "origin": call.request.client}
    return patiently(call, "password_sign_in", **given, **device(call))


def send_link(call: Call, ask: str, **payload: Any) -> Answer:
    """Have a link sent that opens in this browser alone; the page says the same whoever asked for whom."""
    cookies = cookies_of(call)
    verifier, keeping = call.gateway.signins.asking(cookies)
    known = call.gateway.signins.device_token(cookies)
    here = {"origin": call.request.client, "verifier": verifier, "device_token": known}
    patiently(call, ask, **payload, **here)
    answer = plain_page(call).show("sign_in.html", sent=True)
    answer.headers.append(("Set-Cookie", keeping))
    return answer


def enter(call: Call, tokens: dict[str, Any], path: str = "/") -> Answer:
    """303 into the portal under a new sign-in; who may go to several networks is shown them first."""
    answer = see_other(CHOOSE if path == "/" and tokens.get("places", 1) > 1 else path)
    answer.headers.append(("Set-Cookie", call.gateway.sign_in(tokens)))
    if tokens.get("device_token"):
        answer.headers.append(("Set-Cookie", call.gateway.signins.keep_device(tokens["device_token"])))
    return answer
