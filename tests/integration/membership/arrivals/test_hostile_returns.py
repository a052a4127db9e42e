"""What a browser brings back that is not the answer to its own question: always the same no."""

from urllib.parse import urlsplit

import pytest

from services.kit.clock import WallClock
from tests.builders.arrivals import arrive, begin, connect
from tests.builders.identity_provider import UNDONE, redirect


def test_a_browser_is_sent_to_the_provider_with_pkce_state_and_nonce(house, provider):
    connection = connect(house, provider)
    _, url = begin(house, connection)
    provider.authorize(url)
    (asked,) = provider.codes.values()

    assert urlsplit(url).path == "/authorize"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"https://commonthread.example/sign-in/callback/{connection}"
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) == 43


def test_another_providers_issuer_in_the_answer_is_refused(house, provider, another, refused):
    connection = connect(house, provider)

    refused(lambda: arrive(house, provider, connection, iss=another.issuer))


def test_an_answer_without_issuer_is_refused_where_the_provider_names_itself(house, provider, refused):
    connection = connect(house, provider)

    refused(lambda: arrive(house, provider, connection, iss=None))


def test_an_issuer_may_be_missing_where_the_provider_does_not_promise_it(house, provider):
    provider.metadata["authorization_response_iss_parameter_supported"] = UNDONE

    assert arrive(house, provider, connect(house, provider), iss=None)["person_id"]


def test_mixed_up_providers_get_no_code_of_the_other(house, provider, another, refused):
    mine = connect(house, provider)
    theirs = connect(house, another, slug="brook", organization_id="org_brook")
    kept, url = begin(house, mine)
    returned = provider.authorize(url)

    refused(lambda: house.ask("finish_connection_sign_in", **kept | returned | {"connection_id": theirs}))

    assert "/token" not in another.asked


def test_a_hostile_provider_that_sends_the_browser_to_the_honest_one_gains_nothing(
    house, provider, another, refused
):
    """The mix-up: the answer of the honest one comes back to the hostile one's callback."""
    connect(house, provider)
    theirs = connect(house, another, slug="brook", organization_id="org_brook")
    kept, url = begin(house, theirs)
    from_honest = provider.authorize(url)

    refused(lambda: house.ask("finish_connection_sign_in", **kept | from_honest))

    assert "/token" not in another.asked


def test_a_code_of_another_browser_is_refused(house, provider, refused):
    connection = connect(house, provider)
    _, their_url = begin(house, connection)
    foreign = provider.authorize(their_url)
    kept, url = begin(house, connection)
    own = provider.authorize(url)

    refused(lambda: house.ask("finish_connection_sign_in", **kept | own | {"code": foreign["code"]}))


def test_a_foreign_code_is_refused_even_where_the_provider_does_not_care(house, provider, refused):
    connection = connect(house, provider)
    provider.strict = False
    _, their_url = begin(house, connection)
    foreign = provider.authorize(their_url)
    kept, url = begin(house, connection)
    own = provider.authorize(url)

    refused(lambda: house.ask("finish_connection_sign_in", **kept | own | {"code": foreign["code"]}))


def test_a_state_or_a_code_that_comes_twice_is_refused(house, provider, refused):
    connection = connect(house, provider)
    provider.strict = False
    kept, url = begin(house, connection)
    returned = provider.authorize(url)
    house.ask("finish_connection_sign_in", **kept | returned)

    refused(lambda: house.ask("finish_connection_sign_in", **kept | returned))
    refused(lambda: house.ask("finish_connection_sign_in", **kept | returned | {"code": "another"}))
    anew, url = begin(house, connection)
    again = provider.authorize(url) | {"code": returned["code"]}
    refused(lambda: house.ask("finish_connection_sign_in", **anew | again))


@pytest.mark.parametrize(
    "other",
    [
        {"state": "another"},
        {"state": ""},
        {"state": "\u00e4"},
        {"code": None},
        {"code": None, "error": "access_denied"},
        {"error": "server_error"},
        {"attempt": "forged"},
        {"attempt": "AWtleV9" + "0" * 200},
        {"connection_id": "idc_unknown"},
    ],
    ids=str,
)
def test_what_is_not_the_answer_to_this_browsers_own_question_is_refused(house, provider, refused, other):
    connection = connect(house, provider)

    refused(lambda: arrive(house, provider, connection, **other))


def test_an_answer_after_ten_minutes_is_refused(house, provider, refused, monkeypatch):
    connection = connect(house, provider)
    kept, url = begin(house, connection)
    returned = provider.authorize(url)
    later = house.service.clock.now().timestamp() + 601
    monkeypatch.setattr(house.service, "clock", ClockAt(later))

    refused(lambda: house.ask("finish_connection_sign_in", **kept | returned))


class ClockAt:
    def __init__(self, timestamp):
        self._now = WallClock().now().fromtimestamp(timestamp, WallClock().now().tzinfo)

    def now(self):
        return self._now


TOKENS = {
    "an error": (400, {"error": "invalid_grant"}),
    "a fault": (500, {}),
    "no ID token": (200, {"access_token": "a"}),
    "an ID token that is none": (200, {"id_token": "a.b.c", "access_token": "a"}),
    "an ID token of another type": (200, {"id_token": {"a": 1}}),
    "an encrypted ID token": (200, {"id_token": "a.b.c.d.e"}),
    "a list": (200, [1]),
    "no JSON": (200, b"<html>"),
    "deep JSON": (200, b"[" * 100_000),
    "too much": (200, b'{"id_token": "' + b"a" * 300_000 + b'"}'),
    "an endless ID token": (200, {"id_token": "a" * 30_000}),
}


@pytest.mark.parametrize("answer", TOKENS.values(), ids=TOKENS)
def test_whatever_the_token_endpoint_says_amiss_is_refused(house, provider, refused, answer):
    connection = connect(house, provider)
    provider.answers["/token"] = lambda handler: handler.say(*answer)

    refused(lambda: arrive(house, provider, connection))


def test_the_token_endpoint_is_not_followed_elsewhere(house, provider, another, refused):
    connection = connect(house, provider)
    provider.answers["/token"] = redirect(f"{another.issuer}/token")

    refused(lambda: arrive(house, provider, connection))

    assert another.asked == []
