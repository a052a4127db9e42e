"""`commonthread demo`: the whole story through the gateway, on the sample roster or on one of your own."""

import secrets
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from deploy.tools.networks import make_network
from deploy.tools.operating import NotReached, Operator
from deploy.tools.printing import AsJson, say, show
from deploy.tools.story.cast import cast_from
from deploy.tools.story.play import Seen, Story


def demo(
    roster: Annotated[
        Path | None,
        typer.Option(help="A roster as CSV; columns it lacks are made up and said to be.", exists=True),
    ] = None,
    name: Annotated[str, typer.Option(help="The network's name.")] = "Demo network (synthetic)",
    admin: Annotated[
        str | None, typer.Option(help="Address of its admin, new here.", show_default="a new one each time")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Play the story: network, people, program, cohorts, invitations, sessions, feedback, report, partner."""
    operator = Operator()
    say(f"roster: {roster}" if roster else "roster: the sample shipped with the project; nobody in it exists")
    admin = admin or f"admin.{secrets.token_hex(3)}@commonthread.example"
    made = make_network(operator, name, admin)
    say(f"network {made['network']} made by the operator")
    seen = open_story(operator, made, roster).play()
    answer = figures(seen) | {"network": made["network"], "admin": admin}
    show(answer, as_json, _lines(answer, operator, seen))


def open_story(operator: Operator, made: dict[str, Any], roster: Path | None) -> Story:
    """Return the story of a network just made, at the gateway and mail catcher that the environment names.

    Raises:
        NotReached: there is no mail catcher to read links and invitations from.
    """
    env = operator.env
    if not env.get("CT_MAILS"):
        raise NotReached("CT_MAILS is not set; the story reads its mails from the mail catcher")
    return Story(
        env.get("CT_GATEWAY") or operator.settings.public_url,
        env["CT_MAILS"],
        network=made["network"],
        link=made["link"],
        cast=cast_from(roster),
        say=say,
        receive_at=env.get("CT_WEBHOOK_RECEIVER") or "127.0.0.1:0",
    )


def figures(seen: Seen) -> dict[str, Any]:
    """Return what the story came to, as figures."""
    sizes = Counter(len(cohort["roster"]) for cohort in seen.cohorts)
    return {
        "people": len(seen.ready.people) if seen.ready else 0,
        "placed": sum(size * count for size, count in sizes.items()),
        "cohorts": len(seen.cohorts),
        "sizes": dict(sorted(sizes.items())),
        "sessions": sum(map(len, seen.dates.values())),
        "invitations": len(seen.invitations),
        "answers": seen.ways,
        "feedback": seen.answers,
        "webhooks": len(seen.told),
        "report": seen.report.get("id"),
    }


def _lines(answer: dict[str, Any], operator: Operator, seen: Seen) -> list[str]:
    url = operator.settings.public_url
    placed = f"{answer['placed']} of {answer['people']} people"
    return [
        f"{placed} in {answer['cohorts']} cohorts, {answer['sessions']} sessions",
        f"  portal         {url}/sign-in  (as {answer['admin']}, by a link that comes to the mails)",
        f"  the report     {seen.counts.get('report_url', '')}",
        f"  mails          {operator.env.get('CT_MAILS', '')}",
    ]
