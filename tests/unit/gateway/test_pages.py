"""Pages: the sign-in's cookie, forms that are ours and forms that are not, signed links, uploads."""

import time

import pytest

from gateway.answers import html, see_other
from gateway.guards import ANYONE, SIGNED_IN, link
from gateway.signins import SignIn
from services.contracts.links import SignedLink, write_link
from services.kit.derive import Signer
from services.kit.outcomes import RemoteRefusal, Unavailable
from tests.builders.gateway import MEMBER, PUBLIC_URL, SECRET, a_gateway, a_route, a_token

FORM = {"media": "application/x-www-form-urlencoded", "html": True}
URLENCODED = "application/x-www-form-urlencoded"
LINK = SignedLink("rsvp", "ses_1", "net_1", "per_1")


def act(call):
    call.ask("sessions", "act", **call.body)
    return see_other("/done")


SHOW = a_route("GET", "/cohorts", lambda call: html(f"token {call.form_token}"), who=SIGNED_IN, **FORM)
ACT = a_route("POST", "/cohorts", act, who=SIGNED_IN, **FORM)
ENTER = a_route("POST", "/sign-in", act, who=ANYONE, **FORM)
ENTRY = a_route("GET", "/sign-in", lambda call: html(f"token {call.form_token}"), who=ANYONE, **FORM)
LINK_PAGE = a_route("GET", "/a/{link}", lambda call: html("a page"), who=link("rsvp"), **FORM)
LINK_ACT = a_route("POST", "/a/{link}", act, who=link("rsvp"), **FORM)
API = a_route("POST", "/v1/things", act, who=SIGNED_IN)


@pytest.fixture
def gateway():
    return a_gateway([SHOW, ACT, ENTER, ENTRY, LINK_PAGE, LINK_ACT, API])


def cookie_of(gateway, access=None, refresh="r1"):
    signin = SignIn(access or a_token(), refresh, "a-mark")
    return gateway.signins.write(signin).split(";")[0], signin


def send(gateway, target, form, cookie, **fields):
    return gateway.request("POST", target, form.encode(), cookie=cookie, content_type=URLENCODED, **fields)


def test_a_cookie_of_ours_is_a_sign_in(gateway):
    cookie, signin = cookie_of(gateway)

    answer = gateway.request("GET", "/cohorts", cookie=cookie)

    assert answer.body.decode() == f"token {gateway.signins.form_token(signin.mark)}"
    assert "script-src 'self'" in answer.fields["content-security-policy"]
    assert answer.fields["cache-control"] == "no-store"


def test_what_the_cookie_holds_cannot_be_read_or_altered(gateway):
    token = a_token()
    cookie, _ = cookie_of(gateway, token)
    altered = cookie[:-2] + ("AA" if cookie[-2:] != "AA" else "BB")

    assert token.split(".")[1] not in cookie
    assert gateway.request("GET", "/cohorts", cookie=altered).status == 401


@pytest.mark.parametrize("tls", [True, False])
def test_the_cookie_is_as_strict_as_the_line_it_travels_on(tls):
    gateway = a_gateway([SHOW], tls=tls)

    cookie = gateway.signins.write(SignIn("a", "r", "m"))

    assert cookie.startswith("__Host-commonthread=") == tls
    assert ("; Secure" in cookie) == tls
    assert "; HttpOnly; SameSite=Lax" in cookie


def test_a_cookie_made_for_plain_http_is_none_behind_tls():
    local = a_gateway([SHOW])
    behind_tls = a_gateway([SHOW], tls=True)
    value = cookie_of(local)[0].partition("=")[2]

    assert behind_tls.request("GET", "/cohorts", cookie=f"commonthread_local={value}").status == 401
    assert behind_tls.request("GET", "/cohorts", cookie=f"__Host-commonthread={value}").status == 401


def test_a_cookie_sent_twice_is_nobodys(gateway):
    cookie, _ = cookie_of(gateway)

    assert gateway.request("GET", "/cohorts", cookie=f"{cookie}; {cookie}").status == 401


def test_a_form_of_ours_is_carried_out_and_the_reader_sent_on(gateway):
    cookie, signin = cookie_of(gateway)
    form = f"csrf={gateway.signins.form_token(signin.mark)}&key=k1&answer=yes+please"

    answer = send(gateway, "/cohorts", form, cookie, sec_fetch_site="same-origin", origin=PUBLIC_URL)

    assert (answer.status, answer.fields["location"]) == (303, "/done")
    assert gateway.asked[0]["payload"] == {"answer": "yes please"}
    assert gateway.asked[0]["caller"] == MEMBER


@pytest.mark.parametrize(
    ("token", "fields"),
    [
        ("", {}),
        ("0" * 43, {}),
        ("of another sign-in", {}),
        ("right", {"sec_fetch_site": "cross-site"}),
        ("right", {"sec_fetch_site": "same-site"}),
        ("right", {"origin": "https://evil"}),
        ("right", {"origin": "null"}),
    ],
)
def test_a_form_that_another_site_sent_is_refused(gateway, token, fields):
    cookie, signin = cookie_of(gateway)
    mark = "another" if token.startswith("of another") else signin.mark
    sent = token if token in {"", "0" * 43} else gateway.signins.form_token(mark)

    answer = send(gateway, "/cohorts", f"csrf={sent}&answer=yes", cookie, **fields)

    assert answer.status == 403
    assert gateway.asked == []


def test_the_api_takes_a_cookie_only_with_the_forms_token(gateway):
    cookie, signin = cookie_of(gateway)

    without = gateway.request("POST", "/v1/things", {}, cookie=cookie)
    with_it = gateway.request(
        "POST", "/v1/things", {}, cookie=cookie, x_csrf_token=gateway.signins.form_token(signin.mark)
    )

    assert (without.status, with_it.status) == (403, 303)


def test_a_browser_nobody_signed_in_from_gets_a_mark_for_its_first_form(gateway):
    page = gateway.request("GET", "/sign-in")
    cookie = page.fields["set-cookie"].split(";")[0]
    token = page.body.decode().removeprefix("token ")

    assert send(gateway, "/sign-in", f"csrf={token}", cookie).status == 303
    assert send(gateway, "/sign-in", f"csrf={token}", "other=1").status == 403
    assert "set-cookie" not in gateway.request("GET", "/sign-in", cookie=cookie).fields


def old_token():
    now = int(time.time())
    return a_token(iat=now - 700, exp=now - 100)


def test_a_sign_in_whose_access_token_ran_out_is_renewed_on_the_way(gateway):
    gateway.asks.answers["refresh_tokens"] = {"access_token": a_token(), "refresh_token": "r2"}
    cookie, signin = cookie_of(gateway, old_token())

    answer = gateway.request("GET", "/cohorts", cookie=cookie)
    renewed = gateway.signins.read(dict([answer.fields["set-cookie"].split(";")[0].split("=", 1)]))

    assert answer.status == 200
    assert (renewed.refresh, renewed.mark) == ("r2", signin.mark)


def test_pages_opened_at_once_spend_the_refresh_token_once(gateway):
    gateway.asks.answers["refresh_tokens"] = {"access_token": a_token(), "refresh_token": "r2"}
    cookie, _ = cookie_of(gateway, old_token())

    statuses = [gateway.request("GET", "/cohorts", cookie=cookie).status for _ in range(3)]

    assert statuses == [200, 200, 200]
    assert [asked["name"] for asked in gateway.asked].count("refresh_tokens") == 1


def test_a_sign_in_that_has_ended_leaves_nothing_in_the_browser(gateway):
    gateway.asks.answers["refresh_tokens"] = RemoteRefusal("forbidden", "sign-in-ended", "x")
    cookie, _ = cookie_of(gateway, old_token())

    answer = gateway.request("GET", "/cohorts", cookie=cookie)

    assert answer.status == 401
    assert "Max-Age=0" in answer.fields["set-cookie"]
    assert answer.fields["clear-site-data"] == '"cache", "storage"'


def test_a_sign_in_is_kept_while_membership_is_away(gateway):
    gateway.asks.answers["refresh_tokens"] = Unavailable("x")
    cookie, _ = cookie_of(gateway, old_token())

    answer = gateway.request("GET", "/cohorts", cookie=cookie)

    assert answer.status == 503
    assert "set-cookie" not in answer.fields


def test_the_holder_of_a_signed_link_can_do_the_one_thing(gateway):
    token = write_link(SECRET, LINK, 60)

    assert gateway.request("GET", f"/a/{token}").status == 200
    assert gateway.asked == []
    assert send(gateway, f"/a/{token}", "answer=yes", "x=1").status == 303
    assert gateway.asked[0]["caller"].link == {"act": "rsvp", "subject": "ses_1"}


@pytest.mark.parametrize(
    ("token", "status"),
    [
        (write_link(SECRET, LINK, -1), 410),
        (write_link(SECRET, SignedLink("stop_notices", "x", "net_1", "per_1"), 3_600), 403),
        (write_link("another secret of enough bytes", LINK, 3_600), 404),
        (Signer(SECRET, "cursor").sign({"a": "rsvp", "s": "ses_1", "n": "net_1", "p": "per_1"}), 404),
        (Signer(SECRET, "link").sign({"a": "rsvp"}), 404),
        (a_token(), 404),
        ("x" * 40, 404),
    ],
)
def test_what_is_no_link_for_this_act_is_refused(gateway, token, status):
    assert gateway.request("GET", f"/a/{token}").status == status


def test_a_link_is_no_key_to_other_doors(gateway):
    token = write_link(SECRET, LINK, 60)

    assert gateway.request("GET", "/cohorts", authorization=f"Link {token}").status == 403
    assert gateway.request("GET", "/cohorts", token=token).status == 401


def multipart(*parts):
    body = b"".join(
        b'--b\r\nContent-Disposition: form-data; name="%b"%b\r\n\r\n%b\r\n' % part for part in parts
    )
    return body + b"--b--\r\n"


@pytest.fixture
def uploading():
    def seen(call):
        return {"fields": call.body, "files": {name: file[0] for name, file in call.files.items()}}

    route = a_route("POST", "/upload", seen, who=SIGNED_IN, limit=1_000, **FORM)
    gateway = a_gateway([route])
    cookie, signin = cookie_of(gateway)
    csrf = gateway.signins.form_token(signin.mark).encode()

    def upload(*parts, kind="multipart/form-data; boundary=b"):
        body = multipart((b"csrf", b"", csrf), *parts)
        return gateway.request("POST", "/upload", body, cookie=cookie, content_type=kind)

    return upload


def test_a_file_comes_with_its_form(uploading):
    answer = uploading((b"mode", b"", b"all"), (b"file", b'; filename="r\xc3\xb6ster.csv"', b"a,b\r\n"))

    assert answer.json == {"fields": {"mode": "all"}, "files": {"file": "röster.csv"}}


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ([(b"mode", b"", b"a"), (b"mode", b"", b"b")], 400),
        ([(b"mode", b"", b"a"), (b"mode", b'; filename="x"', b"b")], 400),
        ([(b"mode", b"", b"a\0b")], 400),
        ([(b"file", b'; filename="x"', b"a" * 2_000)], 413),
    ],
)
def test_a_form_that_can_be_read_in_two_ways_is_refused(uploading, parts, status):
    assert uploading(*parts).status == status


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data", "text/plain"])
def test_a_form_of_another_kind_is_refused(uploading, kind):
    assert uploading(kind=kind).status in {400, 403, 415}
