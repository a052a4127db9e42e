"""What the doors of the services say against the catalogue from which the topology is made."""

import inspect

import pytest

from services.contracts.catalogue import HEARINGS
from services.feedback.service import FeedbackService
from services.kit.ask import Ask
from services.kit.due import DueWork
from services.kit.floor import Provided
from services.kit.listen import Listen
from services.kit.operate import operated
from services.kit.relay import Relaying
from services.membership.service import MembershipService
from services.membership.service.worker import FormationWorker
from services.notifications.service import NotificationsService
from services.scheduling.service import SchedulingService
from services.sessions.service import SessionsService

SERVICES = (MembershipService, SchedulingService, SessionsService, FeedbackService, NotificationsService)
each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)


def doors(service, kind):
    methods = inspect.getmembers(service, inspect.isfunction)
    return [
        (name, door)
        for name, method in methods
        for door in getattr(method, "nameko_entrypoints", ())
        if isinstance(door, kind)
    ]


@each_service
def test_a_service_listens_to_what_the_catalogue_says_and_to_nothing_else(service):
    heard = {(door.source, frozenset(door.types), name) for name, door in doors(service, Listen)}

    assert heard == {
        (hearing.source, frozenset(hearing.types), hearing.method)
        for hearing in HEARINGS
        if hearing.service == service.name
    }


@each_service
def test_a_door_names_its_first_type_as_its_queue_does(service):
    first = {(hearing.method, hearing.types[0]) for hearing in HEARINGS if hearing.service == service.name}

    assert {(name, door.types[0]) for name, door in doors(service, Listen)} == first


@each_service
def test_copies_alone_are_taken_in_bulk(service):
    bulk = {hearing.method: hearing.bulk for hearing in HEARINGS if hearing.service == service.name}

    assert {name: door.copy for name, door in doors(service, Listen)} == bulk


@each_service
def test_due_work_is_of_a_store_the_service_has(service):
    for _, door in doors(service, DueWork):
        assert isinstance(getattr(service, door.store_name), Provided)


@each_service
def test_a_service_can_be_asked_something(service):
    assert doors(service, Ask)


def test_each_service_relays_its_own_outbox_and_the_formation_worker_leaves_that_to_membership():
    processes = (*(operated(service) for service in SERVICES), FormationWorker)

    relays = {process.__name__ for process in processes if has_relay(process)}

    assert relays == {service.__name__ for service in SERVICES}


def has_relay(process):
    return any(isinstance(value, Relaying) for _, value in inspect.getmembers(process))
