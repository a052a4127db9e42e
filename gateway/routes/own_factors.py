"""Own factors: what a person holds that neither their mailbox nor their employer can give."""

from gateway.qr import qr_svg
from gateway.routes.identity import patiently
from gateway.routing import SIGNED_IN, link, route
from gateway.schemas import own_factors as shapes
from gateway.schemas.identity import TokensAnswer

FIRST = {
    "fresh-sign-in-needed": "The first factor is set within 15 minutes of signing in.",
    "own-factor-needed": "Prove first, by a factor you hold, that it is you.",
}
WRONG = {"factor-not-valid": "Wrong, or used before.", "too-many-tries": "Five wrong ones: wait."}


@route(
    "GET",
    "/v1/me/own-factors",
    who=SIGNED_IN,
    answer=shapes.OwnFactorsAnswer,
    summary="My own factors; nobody else is shown them",
)
def show_own_factors(call):
    return call.ask("membership", "show_own_factors")


@route(
    "POST",
    "/v1/me/authenticator",
    who=SIGNED_IN,
    answer=shapes.OfferedAnswer,
    status=201,
    keyed=False,
    summary="Begin to set an authenticator (TOTP)",
    refusals=FIRST,
)
def offer_authenticator(call):
    """It counts once its first code is given, within 15 minutes."""
    offered = call.ask("membership", "offer_authenticator")
    return offered | {"qr": qr_svg(offered["uri"])}


@route(
    "POST",
    "/v1/me/authenticator/confirmation",
    who=SIGNED_IN,
    body=shapes.ConfirmBody,
    answer=shapes.ConfirmedAnswer,
    keyed=False,
    summary="Give the authenticator's first code",
    refusals=FIRST | WRONG | {"nothing-offered": "Begin again."},
)
def confirm_authenticator(call):
    """The sign-in goes on under another id, proven; the tokens until now are good no more."""
    return patiently(call, "confirm_authenticator", **call.body)


@route(
    "DELETE",
    "/v1/me/authenticator",
    who=SIGNED_IN,
    status=204,
    keyed=False,
    summary="Take my authenticator away",
    refusals=FIRST,
)
def remove_authenticator(call):
    call.ask("membership", "remove_authenticator")


@route(
    "POST",
    "/v1/me/recovery-codes",
    who=SIGNED_IN,
    answer=shapes.RecoveryCodesAnswer,
    status=201,
    keyed=False,
    summary="Get new recovery codes",
    refusals=FIRST | {"no-own-factor": "Set a password or an authenticator first."},
)
def renew_recovery_codes(call):
    """The former ones are worth nothing from then on."""
    return call.ask("membership", "renew_recovery_codes")


@route(
    "POST",
    "/v1/me/step-up",
    who=SIGNED_IN,
    body=shapes.StepUpBody,
    answer=TokensAnswer,
    keyed=False,
    summary="Prove by an own factor that it is me",
    refusals=WRONG
    | {
        "no-own-factor": "None was set yet.",
        "own-factor-needed": "Beside an authenticator the password alone proves nothing.",
    },
)
def step_up(call):
    """Opens confidential text. The sign-in goes on under another id; tokens until now are dead."""
    return patiently(call, "step_up", **call.body)


@route(
    "POST",
    "/v1/me/factor-reset",
    who=SIGNED_IN,
    answer=shapes.ResetAnswer,
    status=202,
    keyed=False,
    summary="Have my own factors forgotten in 72 hours",
    refusals={"no-own-factor": "There is nothing to forget."},
)
def ask_factor_reset(call):
    """For who has lost them. Every address we know is told; until then it can be cancelled."""
    return patiently(call, "ask_factor_reset")


@route(
    "DELETE",
    "/v1/me/factor-reset",
    who=SIGNED_IN | link("keep_factors"),
    status=204,
    keyed=False,
    summary="Keep my own factors",
    refusals={"own-factor-needed": "From a sign-in that was proven, or by the link in the mail."},
)
def cancel_factor_reset(call):
    call.ask("membership", "cancel_factor_reset")
