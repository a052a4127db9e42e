"""Ports that stay the same from run to run, and move when somebody else took them."""

import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest

from deploy.local.ports import Ports, PortTakenError


def test_a_port_is_the_same_after_a_restart(tmp_path):
    before = Ports(tmp_path / "ports.json").of("gateway")

    assert Ports(tmp_path / "ports.json").of("gateway") == before


def test_a_wanted_port_that_is_taken_is_replaced_by_a_free_one(tmp_path):
    with a_listener() as taken:
        assert Ports(tmp_path / "ports.json").of("gateway", wanted=taken) != taken


def test_a_port_that_somebody_took_meanwhile_is_given_up(tmp_path):
    with a_listener() as taken:
        ports = Ports(tmp_path / "ports.json")
        ports.settle("gateway", taken)
        ports.renew_taken()

        assert ports.of("gateway") != taken


def test_two_names_never_share_a_port(tmp_path):
    ports = Ports(tmp_path / "ports.json")

    given = [ports.of(f"part {number}") for number in range(50)]

    assert len(set(given)) == 50


def test_two_stacks_that_start_at_once_never_choose_the_same_port(tmp_path):
    first, second = Ports(tmp_path / "first.json"), Ports(tmp_path / "second.json")

    chosen = first.of("mail")

    assert second.of("mail", wanted=chosen) != chosen


def test_a_port_chosen_but_not_yet_used_by_a_stack_of_another_process_is_given_up(tmp_path):
    ports = Ports(tmp_path / "ports.json")
    with a_stack_elsewhere(tmp_path / "elsewhere.json") as chosen:
        ports.settle("mail", chosen)
        ports.renew_taken()

        assert ports.of("mail") != chosen


def test_the_ports_of_a_killed_stack_are_free_again(tmp_path):
    with a_stack_elsewhere(tmp_path / "elsewhere.json") as chosen:
        pass

    assert Ports(tmp_path / "ports.json").of("mail", wanted=chosen) == chosen


def test_a_demanded_port_that_is_taken_is_refused_and_the_old_one_stays(tmp_path):
    ports = Ports(tmp_path / "ports.json")
    before = ports.of("gateway")

    with a_listener() as taken, pytest.raises(PortTakenError, match=str(taken)):
        ports.demand("gateway", taken)

    assert ports.of("gateway") == before


def test_a_demanded_port_replaces_the_remembered_one(tmp_path):
    ports = Ports(tmp_path / "ports.json")
    ports.of("gateway")
    with a_listener() as port:
        pass

    ports.demand("gateway", port)

    assert Ports(tmp_path / "ports.json").of("gateway") == port


@contextmanager
def a_stack_elsewhere(file):
    """A stack of another process that has chosen a port and does not listen on it yet; gives the port."""
    program = f"""
from pathlib import Path
from deploy.local.ports import Ports
print(Ports(Path({str(file)!r})).of("mail"), flush=True)
input()
"""
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        yield int(other.stdout.readline())
        other.kill()


@contextmanager
def a_listener():
    """Listen on a port of the loopback address and give it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]
