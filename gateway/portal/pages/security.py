"""How one signs in: password, authenticator, recovery codes, and proving by them that it is oneself."""

import re
from typing import Any

from gateway.answers import Answer, see_other
from gateway.calls import Call
from gateway.http import Problem
from gateway.portal.frame import done, gather, problems_of
from gateway.portal.pages import BackQuery, SaidQuery
from gateway.portal.phrases import say
from gateway.qr import qr_of
from gateway.routes.identity import patiently
from gateway.routing import SIGNED_IN, page
from services.kit.outcomes import RemoteRefusal

HERE = "/me/security"
OWN_PATH = re.compile(r"/(?:[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*)?\Z")
DIGITS = re.compile(r"[0-9 ]+\Z")
LABELS = {"password": say("Password"), "code": say("Code"), "recovery_code": say("Code")}
TO_SIGN_IN_AGAIN = say("Sign in once more, then set your first factor: it is done right after signing in.")


@page("GET", HERE, who=SIGNED_IN, query=SaidQuery, summary="How you sign in")
def security(call: Call) -> Answer:
    return _security(call)


@page("POST", "/me/security/password", who=SIGNED_IN, keyed=False, summary="Set your password")
def set_own_password(call: Call) -> Answer:
    """The sign-in goes on proven, when the password is all that is needed for that."""
    password, present = call.body.get("password", ""), call.body.get("present")
    try:
        said = {"password": password} | ({"present": present} if present else {})
        patiently(call, "set_password", **said)
    except (RemoteRefusal, Problem) as refusal:
        return _refused(call, refusal)
    return _proven(call, {"password": password}, _back(call), "saved") or done(HERE, "saved")


@page("GET", "/me/security/authenticator", who=SIGNED_IN, query=BackQuery, summary="Set an authenticator")
def authenticator(call: Call) -> Answer:
    return gather(call).show("authenticator.html", to=own_path(call.query["to"]))


@page(
    "POST",
    "/me/security/authenticator",
    who=SIGNED_IN,
    keyed=False,
    summary="Show a new authenticator's seed",
)
def offer_own_authenticator(call: Call) -> Answer:
    try:
        offered = call.ask("membership", "offer_authenticator")
    except RemoteRefusal as refusal:
        return _refused(call, refusal)
    return gather(call).show(
        "authenticator.html",
        offered=offered,
        code=qr_of(offered["uri"]),
        groups=_groups(offered["secret"]),
        to=_back(call),
    )


@page(
    "POST",
    "/me/security/authenticator/confirmation",
    who=SIGNED_IN,
    keyed=False,
    summary="Give the first code of an authenticator",
)
def confirm_own_authenticator(call: Call) -> Answer:
    try:
        confirmed = patiently(call, "confirm_authenticator", code=call.body.get("code", ""))
    except (RemoteRefusal, Problem) as refusal:
        if refusal.code not in ("factor-not-valid", "invalid", "too-many-tries"):
            return _refused(call, refusal)
        errors, _ = _problems(refusal)
        errors = [error | {"field": "code"} for error in errors]
        wrong = {"code": errors[0]["text"]}
        return gather(call).show(
            "authenticator.html", 422, again=True, errors=errors, wrong=wrong, to=_back(call)
        )
    answer = gather(call).show("recovery_codes.html", codes=confirmed["recovery_codes"], to=_back(call))
    answer.headers.append(("Set-Cookie", call.gateway.sign_in(confirmed)))
    return answer


@page(
    "POST",
    "/me/security/authenticator/removal",
    who=SIGNED_IN,
    keyed=False,
    summary="Take your authenticator away",
)
def remove_own_authenticator(call: Call) -> Answer:
    return _carry_out(call, "remove_authenticator", "saved")


@page("POST", "/me/security/recovery-codes", who=SIGNED_IN, keyed=False, summary="Get new recovery codes")
def renew_own_recovery_codes(call: Call) -> Answer:
    try:
        renewed = call.ask("membership", "renew_recovery_codes")
    except RemoteRefusal as refusal:
        return _refused(call, refusal)
    return gather(call).show("recovery_codes.html", codes=renewed["recovery_codes"], to=HERE)


@page(
    "POST",
    "/me/security/reset",
    who=SIGNED_IN,
    keyed=False,
    summary="Have your own factors forgotten in 72 hours",
)
def ask_own_reset(call: Call) -> Answer:
    return _carry_out(call, "ask_factor_reset", "reset_asked")


@page("POST", "/me/security/reset/cancellation", who=SIGNED_IN, keyed=False, summary="Keep your own factors")
def cancel_own_reset(call: Call) -> Answer:
    return _carry_out(call, "cancel_factor_reset", "reset_cancelled")


@page("GET", "/me/step-up", who=SIGNED_IN, query=BackQuery, summary="Prove by your own factor that it is you")
def step_up_page(call: Call) -> Answer:
    return _step_up(call, own_path(call.query["to"]))


@page("POST", "/me/step-up", who=SIGNED_IN, keyed=False, summary="Prove it, and go on where you were")
def step_up_here(call: Call) -> Answer:
    return _prove(call, _proof(call.body), _back(call))


def own_path(text: str) -> str:
    """Return `text` when it is the path of a page of ours, else the start: nobody is led elsewhere."""
    return text if OWN_PATH.match(text) else "/"


def to_step_up(path: str) -> Answer:
    """303 to where the person proves that it is they, and from there back to `path`."""
    return see_other(f"/me/step-up?to={own_path(path)}")


def _proof(body: dict[str, str]) -> dict[str, str]:
    """What was typed: six digits are a code, anything else in that field a recovery code."""
    code, password = body.get("code", "").strip(), body.get("password", "")
    if password or not code:
        return {"password": password}
    return {"code": code} if DIGITS.match(code) else {"recovery_code": code}


def _prove(call: Call, proof: dict[str, str], to: str) -> Answer:
    try:
        tokens = patiently(call, "step_up", **proof)
    except (RemoteRefusal, Problem) as refusal:
        errors, wrong = _problems(refusal)
        field = "password" if "password" in proof else "code"
        errors = [error | {"field": field} for error in errors]
        return _step_up(call, to, 422, errors=errors, wrong=wrong or {field: errors[0]["text"]})
    return _gone_on(call, tokens, to)


def _proven(call: Call, proof: dict[str, str], to: str, said: str) -> Answer | None:
    """Step up by what was just set; None where something else has to prove it."""
    try:
        tokens = patiently(call, "step_up", **proof)
    except (RemoteRefusal, Problem):
        return None
    return _gone_on(call, tokens, to if to != HERE else f"{HERE}?said={said}")


def _gone_on(call: Call, tokens: dict[str, Any], to: str) -> Answer:
    answer = see_other(to)
    answer.headers.append(("Set-Cookie", call.gateway.sign_in(tokens)))
    return answer


def _back(call: Call) -> str:
    return own_path(call.body.get("to", "") or HERE)


def _carry_out(call: Call, ask: str, said: str) -> Answer:
    try:
        patiently(call, ask)
    except (RemoteRefusal, Problem) as refusal:
        return _refused(call, refusal)
    return done(HERE, said)


def _refused(call: Call, refusal: RemoteRefusal | Problem) -> Answer:
    """A no on the page itself; where a proof is wanted, on to proving it."""
    code = refusal.code
    if code == "own-factor-needed":
        return to_step_up(HERE)
    if code == "fresh-sign-in-needed":
        return _security(call, 422, errors=[{"field": "", "text": TO_SIGN_IN_AGAIN}], is_old=True)
    errors, wrong = _problems(refusal)
    return _security(call, 422, errors=errors, wrong=wrong)


def _problems(refusal: RemoteRefusal | Problem) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    if isinstance(refusal, Problem):
        return [{"field": "", "text": refusal.detail}], {}
    return problems_of(refusal, LABELS)


def _security(call: Call, status: int = 200, **values: Any) -> Answer:
    held = call.ask("membership", "show_own_factors")
    return gather(call).show("security.html", status, held=held, **values)


def _step_up(call: Call, to: str, status: int = 200, **values: Any) -> Answer:
    held = call.ask("membership", "show_own_factors")
    is_held = held["has_password"] or held["authenticator_set_at"] is not None
    return gather(call).show("step_up.html", status, held=held, is_held=is_held, to=to, **values)


def _groups(secret: str) -> str:
    """The seed in fours, as it is typed where no camera reads it."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
