from datetime import timedelta

import pytest

from services.membership.domain.client_refusals import (
    ClientRefused,
    KeysElsewhere,
    NoSuchSecret,
    ScopeNotGranted,
    TwoSecretsLive,
)
from services.membership.domain.clients import (
    MOST_WITHDRAWN,
    ClientSecret,
    WithdrawnToken,
    add_secret,
    change,
    check_secret,
    granted_scopes,
    is_good_token,
    mark_used,
    retire_secret,
    secret_digest,
    set_standing,
    withdraw_token,
)
from tests.builders.identity import MORNING, a_client

SECOND = ClientSecret("sec_2", secret_digest("the second"), MORNING)
ISSUED = MORNING.timestamp()


def a_withdrawn(name="tok_1"):
    return WithdrawnToken(name, MORNING + timedelta(minutes=10))


def test_a_client_is_known_by_its_secret():
    client = a_client(secret="the right one")

    assert check_secret(client, "the right one") == (client, client.secrets[0])


@pytest.mark.parametrize(
    "client",
    [
        a_client(secret="the right one"),
        a_client(secret="another", standing="disabled"),
        a_client(secret="another", secrets=()),
        None,
    ],
    ids=["wrong", "disabled", "all retired", "unknown"],
)
def test_a_wrong_secret_a_disabled_and_an_unknown_client_are_refused_alike(client):
    with pytest.raises(ClientRefused) as refused:
        check_secret(client, "another")

    assert (refused.value.code, refused.value.message) == (
        "client-refused",
        "This client and this secret do not belong together.",
    )


def test_without_a_wish_a_token_carries_all_registered_scopes():
    assert granted_scopes(a_client(scopes=("cohorts:read", "people:read")), ()) == {
        "cohorts:read",
        "people:read",
    }


def test_a_token_may_carry_less():
    assert granted_scopes(a_client(), ["people:read"]) == {"people:read"}


def test_a_token_never_carries_more():
    with pytest.raises(ScopeNotGranted):
        granted_scopes(a_client(scopes=("people:read",)), ["people:read", "webhooks:manage"])


def test_a_second_secret_leaves_the_first_as_good_as_it_was():
    client = add_secret(a_client(secret="the first"), SECOND)

    assert check_secret(client, "the first")[1].id == "sec_1"
    assert check_secret(client, "the second")[1].id == "sec_2"


def test_a_third_secret_needs_one_to_be_retired():
    with pytest.raises(TwoSecretsLive):
        add_secret(add_secret(a_client(), SECOND), ClientSecret("sec_3", "0" * 64, MORNING))


def test_who_signs_has_no_secret():
    with pytest.raises(KeysElsewhere):
        add_secret(a_client(method="private_key_jwt", secrets=()), SECOND)


def test_a_retired_secret_opens_nothing():
    client = retire_secret(add_secret(a_client(secret="the first"), SECOND), "sec_1")

    with pytest.raises(ClientRefused):
        check_secret(client, "the first")


def test_a_secret_is_retired_once():
    with pytest.raises(NoSuchSecret):
        retire_secret(a_client(), "sec_9")


def test_the_day_a_secret_was_used_is_that_secrets():
    client = mark_used(add_secret(a_client(), SECOND), "sec_2", MORNING.date())

    assert [secret.last_used_on for secret in client.secrets] == [None, MORNING.date()]


def test_who_may_do_less_needs_a_new_token():
    after, facts = change(
        a_client(scopes=("people:read", "cohorts:read")), {"scopes": ("people:read",)}, MORNING
    )

    assert not is_good_token(after, "tok_1", ISSUED - 1)
    assert is_good_token(after, "tok_2", ISSUED)
    assert [fact.valid_from for fact in facts] == [MORNING]


@pytest.mark.parametrize(
    "changes", [{"display_name": "Another"}, {"scopes": ("cohorts:read", "people:read", "webhooks:manage")}]
)
def test_another_name_or_more_scopes_end_no_token(changes):
    after, facts = change(a_client(), changes, MORNING)

    assert is_good_token(after, "tok_1", 0.0)
    assert facts == ()


def test_no_token_of_a_disabled_client_is_good_and_none_comes_back_with_it():
    disabled, told = set_standing(a_client(), "disabled", MORNING)
    enabled, told_again = set_standing(disabled, "active", MORNING + timedelta(hours=1))

    assert not is_good_token(disabled, "tok_1", ISSUED)
    assert not is_good_token(enabled, "tok_1", ISSUED)
    assert [fact.standing for fact in (*told, *told_again)] == ["disabled", "active"]


def test_disabling_twice_says_nothing_new():
    disabled, _ = set_standing(a_client(), "disabled", MORNING)

    assert set_standing(disabled, "disabled", MORNING) == (disabled, ())


def test_one_token_is_withdrawn_and_the_others_are_not():
    after, facts = withdraw_token(a_client(), a_withdrawn("tok_1"), MORNING)

    assert not is_good_token(after, "tok_1", ISSUED)
    assert is_good_token(after, "tok_2", ISSUED)
    assert [fact.revoked for fact in facts] == [("tok_1",)]


def test_what_was_withdrawn_is_forgotten_when_it_would_have_run_out():
    after, _ = withdraw_token(a_client(), a_withdrawn("tok_1"), MORNING)
    later, _ = withdraw_token(after, a_withdrawn("tok_2"), MORNING + timedelta(minutes=20))

    assert [each.id for each in later.withdrawn] == ["tok_2"]


def test_of_very_many_withdrawn_tokens_all_are():
    client = a_client(withdrawn=tuple(a_withdrawn(f"tok_{number}") for number in range(MOST_WITHDRAWN)))

    after, _ = withdraw_token(client, a_withdrawn("one more"), MORNING)

    assert after.withdrawn == ()
    assert not is_good_token(after, "any other", ISSUED - 1)
