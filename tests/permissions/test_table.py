"""The matrix holds every operation there is, and nothing else: a route without a line fails the build."""

import pytest

from gateway.descriptions import describing_routes
from gateway.routing import ROUTES
from gateway.wiring import import_routes
from tests.permissions.callers import ALL, named
from tests.permissions.table import FORBIDDEN, HIDDEN, OK, SIGN_IN, read_matrix

import_routes()
LINE = "GET /v1/things/{thing_id} | own: member STAFF; other: STAFF | hidden: PEOPLE; told@other: sponsor"


def offered():
    """Every operation of the assembled gateway."""
    ours = [route for route in ROUTES if route.handler.__module__.startswith("gateway.")]
    described = describing_routes([], "http://127.0.0.1", "/docs.css")
    return {f"{route.method} {route.template}" for route in [*ours, *described]} | {"GET /static/{file}"}


def test_every_operation_has_a_line_in_the_matrix():
    assert offered() - read_matrix().keys() == set()


def test_every_line_of_the_matrix_is_an_operation():
    assert read_matrix().keys() - offered() == set()


def test_everybody_named_stands_in_the_groups_once():
    assert len(set(ALL)) == len(ALL)
    assert named("ALL") == set(ALL)


@pytest.mark.parametrize(
    ("caller", "place", "outcome"),
    [
        ("member", "own", OK),
        ("member", "other", HIDDEN),
        ("staff", "other", OK),
        ("staff", "foreign", HIDDEN),
        ("staff", "unknown", HIDDEN),
        ("newcomer", "own", HIDDEN),
        ("sponsor", "other", "told"),
        ("partner_all", "own", FORBIDDEN),
        ("anonymous", "own", SIGN_IN),
    ],
)
def test_a_line_says_what_each_caller_meets_in_each_place(caller, place, outcome):
    (row,) = read_matrix(LINE).values()

    assert row.expected(caller, place) == outcome


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("GET /v1/things | somebody |", "somebody is neither a caller nor a group"),
        ("GET /v1/things | |", "nobody is named"),
        ("GET /v1/things | - | vanished: ALL", "vanished is no outcome"),
        ("GET /v1/things | - |\nGET /v1/things | - |", "stands twice"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line, why):
    with pytest.raises(ValueError, match=why):
        read_matrix(line)
