"""The private broker and database: who may do what, and that they come back after a kill."""

from contextlib import contextmanager

import amqp
import pytest
from pymongo.errors import OperationFailure

from deploy.local.local_stack import LocalStack
from deploy.local.secret_files import read_secret


def test_a_service_reads_and_writes_its_own_database(ground):
    with ground.database.client("sessions") as client:
        client["ct_sessions"]["notes"].insert_one({"_id": "a"})

        assert client["ct_sessions"]["notes"].find_one() == {"_id": "a"}


@pytest.mark.parametrize("database", ["ct_feedback", "ct_feedback_keys", "admin", "local"])
def test_a_service_reads_nobody_elses_database(ground, database):
    with (
        ground.database.client("sessions") as client,
        pytest.raises(OperationFailure, match="not authorized"),
    ):
        client[database]["notes"].find_one()


def test_the_operator_reads_for_backups_but_makes_no_users(ground):
    with ground.database.client("operator") as client:
        client["ct_feedback"]["notes"].find_one()

        with pytest.raises(OperationFailure, match="not authorized"):
            client.admin.command("createUser", "mallory", pwd="x", roles=[])


def test_the_database_runs_no_scripts(ground):
    with (
        ground.database.client("sessions") as client,
        pytest.raises(OperationFailure, match="globalScriptEngine"),
    ):
        client["ct_sessions"]["notes"].find_one({"$where": "true"})


def test_a_service_has_a_broker_login_of_its_own(ground):
    with pytest.raises(amqp.AccessRefused):
        connected(ground, "sessions", password_of="feedback")


def test_a_service_declares_no_exchange_of_another(ground):
    with connected(ground, "sessions") as connection, pytest.raises(amqp.AccessRefused):
        connection.channel().exchange_declare("feedback.events", "topic", durable=True, auto_delete=False)


def test_killed_broker_and_database_come_back_with_their_data(ground):
    with ground.database.client("feedback") as client:
        client["ct_feedback"]["kept"].insert_one({"_id": 1})
    for name in ("broker", "database"):
        ground.kill(name)

    for name in ("broker", "database"):
        ground.start_part(name)
    ground.await_ready("broker", "database")

    with ground.database.client("feedback") as client:
        assert client["ct_feedback"]["kept"].find_one() == {"_id": 1}


def test_a_paused_database_is_not_ready_until_it_goes_on(ground):
    ground.pause("database")
    paused = ground.part("database").is_ready()
    ground.resume("database")

    assert not paused
    ground.await_ready("database")


def test_a_database_starts_again_on_another_port_with_its_data(tmp_path):
    with a_database_alone(tmp_path) as first, first.database.client() as client:
        client["ct_sessions"]["kept"].insert_one({"_id": 1})
    first.ports.settle("database", first.ports.of("database") + 1)

    with a_database_alone(tmp_path) as second, second.database.client() as client:
        assert client["ct_sessions"]["kept"].find_one() == {"_id": 1}


def test_two_stacks_run_side_by_side(ground, tmp_path):
    with LocalStack(tmp_path, services=()) as beside:
        assert beside.broker.address != ground.broker.address
        assert beside.broker.is_ready()
        assert ground.broker.is_ready()


@contextmanager
def a_database_alone(directory):
    stack = LocalStack(directory, services=())
    stack.prepare()
    stack.start_part("database")
    try:
        stack.await_ready("database")
        yield stack
    finally:
        stack.stop()


def connected(ground, login, password_of=None):
    password = read_secret(ground.places.secrets, password_of or login, "broker_password")
    connection = amqp.Connection(ground.broker.address, login, password, virtual_host=ground.broker.vhost)
    connection.connect()
    return connection
