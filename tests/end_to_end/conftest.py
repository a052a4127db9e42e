"""The story, played once for all tests of this folder: 36 people of the sample roster, 3 organizations."""

import csv
import io
import json

import pytest

from deploy.local.sample import ROSTER
from deploy.tools.story.cast import Cast
from deploy.tools.story.play import Story

FROM_EACH = 12  # a head, five leads and six who answer to them


def a_small_cast():
    """The first people of each organization; whoever they answer to is among them."""
    rows = list(csv.DictReader(io.StringIO(ROSTER.read_text(encoding="utf-8"))))
    names = tuple(dict.fromkeys(row["Organization"] for row in rows))
    chosen = [
        row for name in names for row in [one for one in rows if one["Organization"] == name][:FROM_EACH]
    ]
    file = io.StringIO()
    writer = csv.DictWriter(file, chosen[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(chosen)
    return Cast(file.getvalue(), len(chosen), names)


def new_story(stack, cast, name="Story network"):
    """A story of its own network, told to nobody."""
    made = json.loads(
        stack.operate(
            "network", "create", name, "--admin", f"admin@{name.split()[0].lower()}.example", "--json"
        )
    )
    receive_at = stack.processes.operator_environment().get("CT_WEBHOOK_RECEIVER", "127.0.0.1:0")
    return Story(
        stack.url,
        stack.mail_url,
        network=made["network"],
        link=made["link"],
        cast=cast,
        say=lambda _: None,
        receive_at=receive_at,
    )


@pytest.fixture(scope="session")
def story(stack):
    """The story, told to its end."""
    played = new_story(stack, a_small_cast())
    played.play()
    return played


@pytest.fixture(scope="session")
def seen(story):
    return story.seen
