"""The sample network, made once a local stack through the same doors that everybody uses."""

import json
from collections.abc import Callable

from deploy.local.local_stack import LocalStack


def seed_once(stack: LocalStack, say: Callable[[str], None]) -> bool:
    """Seed the sample network unless this stack has it; return whether it did. Writes how to sign in."""
    note = stack.places.directory / "sign-in.txt"
    if note.exists():
        return False
    say("importing the sample network")
    seeded = json.loads(stack.operate("seed", "--json"))
    people = "".join(f"\n      {role:16} {address}" for role, address in seeded["people"].items())
    note.write_text(
        f"    sign in          ask for a link with one of these addresses; it comes to the mails:{people}\n"
    )
    return True
