import pytest

from services.membership.domain.clients import check_secret, granted_scopes
from services.membership.domain.identity_refusals import ClientRefused, ScopeNotGranted
from tests.builders.identity import a_client


def test_a_client_is_known_by_its_secret():
    client = a_client(secret="the right one")

    assert check_secret(client, "the right one") == client


@pytest.mark.parametrize("client", [a_client(secret="the right one"), None], ids=["wrong", "unknown"])
def test_a_wrong_secret_and_an_unknown_client_are_refused_alike(client):
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
