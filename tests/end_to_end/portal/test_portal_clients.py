"""Partner systems as a network's admin keeps them on pages, and as they then get in or not."""

import secrets

import pytest

from deploy.tools.api import Api, ApiProblem, await_that
from deploy.tools.story.setting_up import client_token


@pytest.fixture
def admin(window, people):
    return window(people["admin"])


def register(admin, name):
    """Register a system that may read people; return its id and the secret the page shows."""
    admin.open("/staff/clients")
    admin.page.get_by_label("Name of the partner system").fill(name)
    admin.page.get_by_label("Read the people").check()
    admin.press("Register it")
    return admin.page.inner_text("dd code"), admin.page.inner_text("#shown-secret")


def is_let_in(story, client_id, secret):
    try:
        return bool(client_token(story.api, client_id, secret))
    except ApiProblem as problem:
        assert problem.status == 401
        return False


def test_a_secret_is_shown_once_and_replaced_without_a_pause(admin, story):
    name = f"Halden staff system {secrets.token_hex(3)}"
    client_id, first = register(admin, name)
    assert is_let_in(story, client_id, first)

    admin.open(f"/staff/clients/{client_id}")
    assert first not in admin.page.content()
    admin.press("Give it another secret")
    second = admin.page.inner_text("#shown-secret")
    assert is_let_in(story, client_id, first) and is_let_in(story, client_id, second)

    admin.page.get_by_role("button", name="Retire it (secret 1)").click()
    admin.page.wait_for_selector("text=Saved.")
    assert (is_let_in(story, client_id, first), is_let_in(story, client_id, second)) == (False, True)
    assert admin.noise == []


def test_a_disabled_system_is_shut_out_with_the_tokens_it_has(admin, story):
    client_id, secret = register(admin, f"Halden {secrets.token_hex(3)}")
    partner = Api(story.api.url, f"Bearer {client_token(story.api, client_id, secret)}")
    assert "data" in partner.get("/v1/people")

    admin.open(f"/staff/clients/{client_id}")
    admin.press("Disable it")

    assert "Disabled" in admin.text
    assert not is_let_in(story, client_id, secret)
    await_that(lambda: is_refused(partner), "the gateway to refuse the token")


def is_refused(partner):
    try:
        partner.get("/v1/people")
    except ApiProblem as problem:
        return problem.status == 401
    return False


def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_stays(admin):
    admin.open("/staff/clients")
    admin.page.get_by_label("Name of the partner system").fill("Halden")
    admin.press("Register it")

    assert admin.page.title().startswith("Problem: ")
    assert "What it may do" in admin.page.inner_text("#problems")
    assert admin.page.get_by_label("Name of the partner system").input_value() == "Halden"


@pytest.mark.parametrize("role", ["member", "facilitator", "sponsor", "stranger"])
def test_nobody_else_is_shown_partner_systems(window, people, role):
    theirs = window(people[role])

    assert theirs.open("/staff/clients") == 403 or theirs.page.url.endswith("/sign-in")
