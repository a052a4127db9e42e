from datetime import timedelta

from services.membership.domain.signing import KEPT_AFTER, PUBLISHED_AFTER, begin, is_published, rotate
from tests.builders.identity import MORNING


def standings(ring):
    return {key.kid: key.standing for key in ring.keys}


def test_the_next_key_is_known_before_it_signs():
    ring = begin("one", "two", MORNING)

    assert standings(ring) == {"two": "next", "one": "current"}
    assert all(is_published(key, MORNING) for key in ring.keys)


def test_turning_the_ring_lets_the_next_key_sign():
    ring = rotate(begin("one", "two", MORNING), "three", MORNING)

    assert standings(ring) == {"three": "next", "two": "current", "one": "retired"}
    assert ring.current.kid == "two"


def test_a_retired_key_is_published_until_its_last_token_has_run_out():
    ring = rotate(begin("one", "two", MORNING), "three", MORNING)
    (retired,) = (key for key in ring.keys if key.standing == "retired")

    assert is_published(retired, MORNING + timedelta(minutes=11))
    assert not is_published(retired, MORNING + PUBLISHED_AFTER)


def test_a_key_is_kept_until_every_refresh_token_it_signed_has_run_out():
    ring = rotate(begin("one", "two", MORNING), "three", MORNING)

    within = rotate(ring, "four", MORNING + KEPT_AFTER - timedelta(seconds=1))
    after = rotate(ring, "four", MORNING + KEPT_AFTER)

    assert "one" in standings(within)
    assert "one" not in standings(after)
