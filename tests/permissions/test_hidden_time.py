"""What is hidden answers as fast as what is not there, as far as anybody can measure (SECURITY 54)."""

import math
import random
import time

import pytest

from tests.permissions.running import send

ASKED = 60  # times each
TRIES = 3
ROUTES = (
    ("member", "GET", "/v1/cohorts/{cohort_id}"),
    ("member", "GET", "/v1/sessions/{session_id}"),
    ("member", "GET", "/v1/sessions/{session_id}/slot"),
    ("member", "GET", "/v1/questionnaires/{questionnaire_id}"),
    ("sponsor", "GET", "/v1/sessions/{session_id}/capsule"),
    ("partner_hooks", "GET", "/v1/webhook-endpoints/{endpoint_id}/deliveries"),
)


def likelihood(ones, others):
    """Return p of the Mann-Whitney test, two-sided, by the normal approximation (ties: mean ranks)."""
    ranked = sorted((value, place) for place, values in enumerate((ones, others)) for value in values)
    ranks, place = [0.0, 0.0], 0
    while place < len(ranked):
        end = place
        while end < len(ranked) and ranked[end][0] == ranked[place][0]:
            end += 1
        for _, whose in ranked[place:end]:
            ranks[whose] += (place + end + 1) / 2
        place = end
    n, m = len(ones), len(others)
    u = ranks[0] - n * (n + 1) / 2
    z = (u - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(z) / math.sqrt(2))


def seconds(world, caller, method, path):
    began = time.perf_counter()
    status = send(world.url, method, path, world.callers[caller].headers, None)[0]
    taken = time.perf_counter() - began
    assert status == 404
    return taken


def measured(world, caller, method, template):
    """Return the times of what is hidden and of what is not there, asked in random order."""
    paths = {place: template.format(**world.places[place]) for place in ("other", "unknown")}
    taken = {place: [] for place in paths}
    order = [place for place in paths for _ in range(ASKED)]
    random.shuffle(order)
    for place in [*paths, *order]:
        taken[place].append(seconds(world, caller, method, paths[place]))
    return taken["other"][1:], taken["unknown"][1:]


@pytest.mark.parametrize(("caller", "method", "template"), ROUTES)
def test_time_does_not_tell_what_is_hidden_from_what_is_not_there(everything, caller, method, template):
    likely = []
    while len(likely) < TRIES and not any(p > 0.01 for p in likely):
        likely.append(likelihood(*measured(everything, caller, method, template)))

    assert any(p > 0.01 for p in likely), likely


def test_the_measure_tells_times_that_differ_from_times_that_do_not():
    draw = random.Random(1)
    some, more = ([draw.gauss(5, 1) for _ in range(200)] for _ in range(2))

    assert likelihood(some, more) > 0.01
    assert likelihood(some, [value + 1 for value in more]) < 1e-6
