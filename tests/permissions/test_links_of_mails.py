"""A scanner opens every link of every mail, by HEAD and by GET: nothing is changed or spent (SECURITY A6)."""

import re

from tests.permissions import states
from tests.permissions.running import send

ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+")
AS_A_SCANNER = {"Accept": "text/html", "User-Agent": "scanner"}


def links_of(world, house):
    """Every address of ours in every part of every mail that was sent to this network's people."""
    found = set()
    for mail in house.mails.since(0):
        content = house.mails.text(mail["number"])
        found |= {link.rstrip(".,)") for link in ADDRESS.findall(content) if link.startswith(world.url)}
    return sorted(found)


def test_opening_every_link_of_every_mail_changes_nothing(stack, everything):
    links = links_of(everything, everything.a)
    kinds = {link.removeprefix(everything.url).split("/")[1] for link in links}
    states.settle(stack)
    before = states.state_of(stack)

    answers = {
        (method, link): send(everything.url, method, link.removeprefix(everything.url), AS_A_SCANNER, None)
        for link in links
        for method in ("HEAD", "GET", "HEAD", "GET")
    }

    assert {"link", "a"} <= kinds
    assert {status for status, _, _ in answers.values()} <= {200, 303}
    assert states.changes(before, states.state_of(stack)) == []
    assert not [1 for _, headers, _ in answers.values() if signs_in(headers)]


def signs_in(headers):
    """Whether an answer keeps a sign-in in the browser."""
    kept = [value for name, value in headers if name.lower() == "set-cookie"]
    return any(value.startswith("commonthread_local=") for value in kept)
