"""`make run`: beside others who hold its ports, and ended by Ctrl-C, once in order and twice at once."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.local.places import PROJECT
from deploy.tools.api import await_that
from tests.builders.ports import a_free_port

PROGRAM = """
import sys
from pathlib import Path
from deploy.local.stack import Runner
sys.exit(Runner(Path(sys.argv[1]), ("mail",)).run())
"""


def test_remembered_ports_that_others_took_meanwhile_are_replaced(tmp_path):
    with a_listener() as broker, a_listener() as mail:
        (tmp_path / "ports.json").write_text(json.dumps({"broker": broker, "mail": mail}))

        with running(tmp_path) as stack:
            heard_until(stack, "starting RabbitMQ and MongoDB")

            ports = json.loads((tmp_path / "ports.json").read_text())
            assert {ports["broker"], ports["mail"]}.isdisjoint({broker, mail})


def test_a_port_asked_for_and_taken_is_one_clear_line_and_nothing_starts(tmp_path):
    with a_listener() as taken, running(tmp_path, CT_MAIL_PORT=str(taken)) as stack:
        said = stack.communicate(timeout=60)[0]

    assert stack.returncode == 1
    assert f"port {taken} is taken; choose another (MAIL_PORT=…)" in said
    assert "Traceback" not in said
    assert not (tmp_path / "supervisor.pid").exists()


@pytest.mark.parametrize("port", ["mail", "0", "65536", "-1"])
def test_a_port_that_is_none_is_named(tmp_path, port):
    with running(tmp_path, CT_MAIL_PORT=port) as stack:
        said = stack.communicate(timeout=60)[0]

    assert stack.returncode == 1
    assert f"MAIL_PORT={port} is no port" in said


def test_one_ctrl_c_ends_everything_in_order(tmp_path):
    with running(tmp_path, CT_MAIL_PORT=str(a_free_port())) as stack:
        heard_until(stack, "Commonthread is up")
        begun = family(tmp_path)

        stack.send_signal(signal.SIGINT)
        said = stack.communicate(timeout=120)[0]

    assert stack.returncode == 0
    assert "stopped" in said
    await_that(lambda: not alive(begun), "an end of everything")


def test_a_second_ctrl_c_ends_at_once_what_does_not_want_to_end(tmp_path):
    with running(tmp_path) as stack:
        heard_until(stack, "Commonthread is up")
        begun = family(tmp_path)
        for part in children(supervisor(tmp_path)):
            os.kill(part, signal.SIGSTOP)  # asked to end, these would take their full thirty seconds

        stack.send_signal(signal.SIGINT)
        heard_until(stack, "stopping")
        stack.send_signal(signal.SIGINT)
        said = stack.communicate(timeout=25)[0]

    assert "ending all at once" in said
    assert "Traceback" not in said
    await_that(lambda: not alive(begun), "an end of everything")


@contextmanager
def running(directory, **environment):
    """`make run` of a stack whose only process of ours is the mail catcher; killed with all it started."""
    command = [sys.executable, "-u", "-c", PROGRAM, str(directory)]
    own = {name: value for name, value in os.environ.items() if not name.startswith("CT_")} | environment
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    stack = subprocess.Popen(command, env=own, cwd=PROJECT, start_new_session=True, **pipes)
    try:
        yield stack
    finally:
        for process in [*family(directory), stack.pid]:
            if alive([process]):
                os.kill(process, signal.SIGKILL)
        stack.stdout.close()
        stack.wait()


def heard_until(stack, words):
    said = ""
    for line in stack.stdout:
        said += line
        if words in line:
            return
    raise AssertionError(said)


def supervisor(directory):
    file = directory / "supervisor.pid"
    return int(file.read_text()) if file.exists() else None


def family(directory):
    """The supervisor of the stack in `directory` and all processes below it."""
    found = [supervisor(directory)] if supervisor(directory) else []
    for process in found:
        found += children(process)
    return found


def children(process):
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def alive(processes):
    return [process for process in processes if is_alive(process)]


def is_alive(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


@contextmanager
def a_listener():
    """Listen on a port of the loopback address and give it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]
