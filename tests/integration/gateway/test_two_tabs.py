"""Two tabs of one browser whose tokens run out at once, each at another gateway: both stay signed in."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from gateway.signins import SignIn, SignIns, read_cookies
from tests.builders.gateway_house import SECRET

ROUNDS = 10
COOKIES = SignIns(SECRET, tls=False)
RUN_OUT = "an access token that has run out"


def at_once(deed, gateways, what):
    """Do `deed(gateway, what)` at each of them, twice, all at the same time; return what each returned."""
    with ThreadPoolExecutor() as threads:
        return [each.result() for each in [threads.submit(deed, one, what) for one in (*gateways, *gateways)]]


def refresh(gateway, token):
    return gateway.request("POST", "/v1/sign-ins/refresh", {"refresh_token": token})


def opened(gateway, signin):
    """(status, what the cookie holds afterwards) of one page asked for with the cookie of `signin`."""
    cookie = COOKIES.write(signin).partition(";")[0]
    status, fields, _ = gateway.request("GET", "/me/addresses", Cookie=cookie)
    kept = [COOKIES.read(read_cookies(each.partition(";")[0])) for each in fields.get_all("Set-Cookie", [])]
    return status, next((each for each in kept if each), None)


@pytest.fixture
def person(gateways, admin):
    return gateways[0].request("GET", "/v1/me", token=admin["access_token"])[2]["person_id"]


def test_two_refreshes_of_one_token_at_two_gateways_both_go_on(gateways, admin):
    token = admin["refresh_token"]
    for _ in range(ROUNDS):
        answers = at_once(refresh, gateways, token)

        assert [status for status, _, _ in answers] == [200] * 4
        assert len({body["refresh_token"] for _, _, body in answers}) == 1
        for gateway in gateways:
            for _, _, body in answers:
                assert gateway.request("GET", "/v1/me", token=body["access_token"])[0] == 200
        token = answers[0][2]["refresh_token"]


def test_two_tabs_with_one_cookie_at_two_gateways_stay_signed_in(gateways, admin):
    signin = SignIn.begin(RUN_OUT, admin["refresh_token"])
    for _ in range(ROUNDS):
        tabs = at_once(opened, gateways, signin)

        assert [status for status, _ in tabs] == [200] * 4
        assert {kept.mark for _, kept in tabs} == {signin.mark}
        for gateway in gateways:
            assert [opened(gateway, kept)[0] for _, kept in tabs] == [200] * 4
        signin = SignIn(RUN_OUT, tabs[0][1].refresh, signin.mark)


def test_two_tabs_that_learn_of_a_new_role_at_once_go_on_as_one_sign_in(gateways, admin, person):
    signin = SignIn.begin(RUN_OUT, admin["refresh_token"])
    token = admin["access_token"]
    for role in ("program_staff", "facilitator"):
        status, _, body = gateways[0].request(
            "POST", "/v1/roles", {"person_id": person, "role": role}, token=token
        )
        assert status == 201, body

        tabs = at_once(opened, gateways, signin)

        assert [status for status, _ in tabs] == [200] * 4
        assert len({kept.refresh for _, kept in tabs}) == 1
        for gateway in gateways:
            assert [opened(gateway, kept)[0] for _, kept in tabs] == [200] * 4
        token, signin = tabs[0][1].access, SignIn(RUN_OUT, tabs[0][1].refresh, tabs[0][1].mark)


def test_tabs_that_go_on_under_a_new_mark_know_one_anothers_forms():
    first, second = (SignIn.follow(access, "the same refresh token") for access in ("one", "other"))

    assert COOKIES.knows_form(second.mark, COOKIES.form_token(first.mark))
    assert SignIn.follow("one", "another refresh token").mark != first.mark
