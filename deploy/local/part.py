"""Become one part of the stack: what the supervisor starts.

    python -m deploy.local.part DIRECTORY NAME
"""

import os
import sys
from pathlib import Path

from deploy.local.local_stack import LocalStack


def main(directory: str, name: str) -> None:
    """Replace this process by the part `name` of the stack in `directory`."""
    part = LocalStack(Path(directory)).part(name)
    if part.directory:
        os.chdir(part.directory)
    os.execve(part.command[0], part.command, dict(part.environment))  # noqa: S606 - our own command


if __name__ == "__main__":
    main(*sys.argv[1:])
