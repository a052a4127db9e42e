"""The story against running containers: what `make compose-test` plays.

    python -m tests.compose GATEWAY_URL MAILS_URL RECEIVE_AT < network.json

`network.json` is what `commonthread network create --json` printed; RECEIVE_AT is host:port for webhooks.
"""

import json
import sys

from deploy.tools import api
from deploy.tools.demo import figures
from deploy.tools.story.cast import cast_from
from deploy.tools.story.play import Story

PATIENT = 12  # tries of what may be repeated: a killed container takes a while to come back


def main(gateway: str, mails: str, receive_at: str) -> None:
    """Play the story and print its figures as JSON; whatever comes out otherwise ends the process."""
    api.TRIES = PATIENT
    made = json.load(sys.stdin)
    say = lambda line: print(f"  {line}", file=sys.stderr, flush=True)  # noqa: E731
    story = Story(
        gateway,
        mails,
        network=made["network"],
        link=made["link"],
        cast=cast_from(None),
        say=say,
        receive_at=receive_at,
    )
    found = figures(story.play())
    print(json.dumps(found))
    if found["placed"] != found["people"]:
        sys.exit(f"only {found['placed']} of {found['people']} people are in a cohort")


if __name__ == "__main__":
    main(*sys.argv[1:])
