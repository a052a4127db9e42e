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
    ["formation", "solve"],
)


NONE_OF_TIME = {
    "yesterday": "write a time such as",
    "2026-11-22T08:30:00": "say the zone, too",
    "2199-01-01T00:00:00Z": "yet to come",
}


@pytest.fixture(scope="module")
def told():
    """What each command says of itself, and of times that are none, asked in one process."""
    asked = [[*words, "--help"] for words in COMMANDS]
    asked += [["restate", "membership", "--since", time] for time in NONE_OF_TIME]
    program = (
        "from typer.testing import CliRunner\n"
        "from deploy.tools.cli import app\n"
        f"for words in {asked!r}:\n"
        "    print('@', *words)\n"
        "    said = CliRunner().invoke(app, words)\n"
        "    print('exit', said.exit_code, said.output)\n"
    )
    environment = os.environ | {"TERM": "dumb", "NO_COLOR": "1", "CT_HOME": "/nowhere"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True
    )
    return dict(part.split("\n", 1) for part in done.stdout.split("@ ")[1:])


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_explains_itself_and_can_speak_json(told, words):
    text = told[" ".join([*words, "--help"])]

    assert "Usage:" in text
    assert "--json" in text


@pytest.mark.parametrize("time", NONE_OF_TIME)
def test_restating_since_a_time_that_is_none_says_what_is_wrong_with_it(told, time):
    text = " ".join(told[f"restate membership --since {time}"].replace("│", " ").split())

    assert text.startswith("exit 2")
    assert NONE_OF_TIME[time] in text


def test_without_settings_a_command_names_the_missing_variable_in_one_line(tmp_path):
    done = run(tmp_path, "status")

    assert done.returncode == 1
    assert "CT_BROKER is not set" in done.stderr
    assert "Traceback" not in done.stderr


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
