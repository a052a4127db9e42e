import pytest

from services.membership.domain.accounts import Account, Belonging, login_address

ACCOUNT = Account("acc_1", "ada@example.org", (Belonging("net_1", "per_1"), Belonging("net_2", "per_2")))


@pytest.mark.parametrize("typed", ["ada@example.org", " Ada@Example.ORG ", "ADA@EXAMPLE.ORG"])
def test_one_address_has_one_form(typed):
    assert login_address(typed) == "ada@example.org"


@pytest.mark.parametrize(
    ("network", "person"),
    [("net_2", "per_2"), (None, "per_1")],
    ids=["the named network", "the first of all"],
)
def test_an_account_is_one_person_in_each_network(network, person):
    assert ACCOUNT.in_network(network).person_id == person


def test_an_account_is_nobody_elsewhere():
    assert ACCOUNT.in_network("net_3") is None
