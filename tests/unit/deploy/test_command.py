"""The `commonthread` command: every part explains itself, and a mistake is one line."""

import os
import subprocess
import sys

import pytest

COMMANDS = (
    ["network", "create"],
    ["migrate"],
    ["seed"],
    ["import"],
    ["status"],
    ["dead-letters", "list"],
    ["dead-letters", "show"],
    ["dead-letters", "replay"],
    ["outbox"],
    ["restate"],
    ["copies", "verify"],
    ["keys", "list"],
    ["keys", "rotate"],
    ["keys", "check"],
    ["keys", "rewrap"],
    ["backup"],
    ["restore"],
    ["demo"],
)


@pytest.fixture(scope="module")
def told():
    """What each command says of itself, asked in one process."""
    program = (
        "from typer.testing import CliRunner\n"
        "from deploy.tools.cli import app\n"
        f"for words in {COMMANDS!r}:\n"
        "    print('@', *words)\n"
        "    print(CliRunner().invoke(app, [*words, '--help']).output)\n"
    )
    environment = os.environ | {"TERM": "dumb", "NO_COLOR": "1", "CT_HOME": "/nowhere"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True
    )
    return dict(part.split("\n", 1) for part in done.stdout.split("@ ")[1:])


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_explains_itself_and_can_speak_json(told, words):
    text = told[" ".join(words)]

    assert "Usage:" in text
    assert "--json" in text


def test_without_settings_a_command_names_the_missing_variable_in_one_line(tmp_path):
    done = run(tmp_path, "status")

    assert done.returncode == 1
    assert "CT_BROKER is not set" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("yesterday", "write a time such as"),
        ("2026-11-22T08:30:00", "say the zone, too"),
        ("2199-01-01T00:00:00Z", "yet to come"),
    ],
)
def test_restating_since_a_time_that_is_none_says_which_option_is_wrong(tmp_path, time, said):
    done = run(tmp_path, "restate", "membership", "--since", time)

    assert done.returncode == 2
    assert "--since" in done.stderr
    assert said in " ".join(done.stderr.replace("│", " ").split())


def run(directory, *words):
    command = [sys.executable, "-m", "deploy.tools.cli", *words]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CT_")}
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        env=environment | {"CT_HOME": str(directory)},
        check=False,
    )
