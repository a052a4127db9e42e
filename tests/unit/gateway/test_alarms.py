import eventlet
import pytest

from gateway.alarms import MANY, Alarms
from services.contracts.caller import Caller
from services.kit.outcomes import Unavailable

ADA = Caller("person", "net_1", person_id="per_ada")
PARTNER = Caller("client", "net_1", client_id="cli_1")


@pytest.fixture
def told():
    return []


@pytest.fixture
def alarms(told):
    return Alarms(told.append)


def refuse(alarms, caller, times, status=404):
    for _ in range(times):
        alarms.count(caller, status)
    eventlet.sleep(0)


def test_who_is_refused_now_and_then_raises_no_alarm(alarms, told):
    refuse(alarms, ADA, MANY)

    assert told == []


@pytest.mark.parametrize("caller", [ADA, PARTNER])
@pytest.mark.parametrize("status", [403, 404])
def test_who_is_refused_again_and_again_is_told_of_once(alarms, told, caller, status):
    refuse(alarms, caller, 5 * MANY, status)

    assert told == [caller]


def test_each_caller_is_counted_alone(alarms, told):
    refuse(alarms, ADA, MANY)
    refuse(alarms, PARTNER, MANY)

    assert told == []


@pytest.mark.parametrize("status", [200, 401, 409, 412, 422, 429, 503])
def test_other_answers_do_not_count(alarms, told, status):
    refuse(alarms, ADA, 5 * MANY, status)

    assert told == []


@pytest.mark.parametrize("caller", [Caller(), Caller("link", "net_1", person_id="per_ada")])
def test_who_has_no_name_in_a_trail_raises_no_alarm(alarms, told, caller):
    refuse(alarms, caller, 5 * MANY)

    assert told == []


def test_an_alarm_that_cannot_be_noted_harms_no_request():
    def away(caller):
        raise Unavailable("membership is away")

    refuse(Alarms(away), ADA, 5 * MANY)
