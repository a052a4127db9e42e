"""`commonthread demo`: the whole story through the gateway, and what happened, with links."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from deploy.tools.operating import NotReached, Operator
from deploy.tools.printing import AsJson, say, show
from deploy.tools.story.cast import cast_from
from deploy.tools.story.play import Seen, Story


def demo(
    roster: Annotated[
        Path | None, typer.Option(help="A roster as CSV; without one, the synthetic sample.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Play the whole story: a roster becomes cohorts that meet, answer, sign, sum up and are heard."""
    if roster is not None and not roster.exists():
        raise NotReached(f"there is no roster at {roster}")
    begun = time.monotonic()
    operator = Operator()
    url, mail_url = operator.settings.public_url, operator.env.get("CT_MAIL_URL", "")
    if not mail_url:
        raise NotReached("the demo reads mails: CT_MAIL_URL names the mail catcher's pages")
    admin = f"admin.{datetime.now(UTC):%Y%m%d%H%M%S}@demo.example"
    made = operator.command("membership", "create_network", display_name="Demo network", admin_email=admin)
    story = Story(
        url,
        mail_url,
        network=made["network"],
        link=made.get("link") or made["link_token"],
        cast=cast_from(roster),
        say=say,
    )
    seen = story.play()
    show(_summary(seen, url, mail_url, time.monotonic() - begun), as_json)


def _summary(seen: Seen, url: str, mail_url: str, seconds: float) -> dict[str, object]:
    sizes = [len(one["roster"]) for one in seen.cohorts]
    return {
        "people_placed": sum(sizes),
        "people_not_placed": seen.formation["unplaced_count"],
        "cohorts": len(sizes),
        "sizes": f"{min(sizes)} to {max(sizes)}",
        "invitations": len(seen.invitations),
        "answers_to_invitations": sum(seen.ways.values()),
        "feedback_answers": seen.answers,
        "webhooks": len(seen.told),
        "seconds": round(seconds),
        "portal": url,
        "report": seen.counts["report_url"],
        "mails": mail_url,
    }
