"""Launches of programs: purpose, stakeholders, their word, buy-in, and the guide through them."""

from gateway.routing import SIGNED_IN, roles, route
from gateway.schemas import launches as shapes

STAFF = roles("network_admin", "program_staff")
LAUNCH = "/v1/programs/{program_id}/launch"
GROUP = f"{LAUNCH}/stakeholders/{{group}}"


@route("GET", LAUNCH, who=SIGNED_IN, answer=shapes.GuidedLaunchAnswer, summary="A program's launch guide")
def show_launch(call):
    """For staff, and for who speaks for a group of stakeholders (without what others said of buy-in)."""
    return call.ask("membership", "show_launch", **call.path)


@route(
    "PUT",
    f"{LAUNCH}/purpose",
    who=STAFF,
    body=shapes.PurposeBody,
    answer=shapes.LaunchAnswer,
    summary="Word a program's purpose",
)
def state_purpose(call):
    """From then on nobody is enrolled until the groups share a goal and each has verified this wording."""
    return call.ask("membership", "state_purpose", **call.path, **call.body)


@route(
    "PUT",
    GROUP,
    who=STAFF,
    body=shapes.StakeholderBody,
    answer=shapes.LaunchAnswer,
    summary="Name a group of stakeholders with its goals",
)
def name_stakeholder(call):
    return call.ask("membership", "name_stakeholder", **call.path, **call.body)


@route("DELETE", GROUP, who=STAFF, answer=shapes.LaunchAnswer, summary="Take a group of stakeholders off")
def drop_stakeholder(call):
    return call.ask("membership", "drop_stakeholder", **call.path)


@route(
    "PUT",
    f"{GROUP}/verification",
    who=SIGNED_IN,
    body=shapes.VerificationBody,
    answer=shapes.LaunchAnswer,
    summary="A group has verified the purpose",
    refusals={
        "purpose-superseded": "The purpose was worded anew since it was read.",
        "not-theirs-to-verify": "Somebody else speaks for this group.",
    },
)
def verify_purpose(call):
    """Said by who speaks for the group; by staff for a group nobody speaks for."""
    return call.ask("membership", "verify_purpose", **call.path, **call.body)


@route(
    "POST",
    f"{LAUNCH}/buy-ins",
    who=STAFF,
    body=shapes.BuyInBody,
    answer=shapes.LaunchAnswer,
    summary="Record what somebody senior said",
    refusals={"too-many-buy-ins": "More offices than a program records."},
)
def record_buy_in(call):
    return call.ask("membership", "record_buy_in", **call.path, **call.body)
