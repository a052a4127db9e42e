"""Ports that stay the same from run to run, and move when somebody else took them."""

import socket
from contextlib import contextmanager

from deploy.local.ports import Ports


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


@contextmanager
def a_listener():
    """Listen on a port of the loopback address and give it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]
