import pytest

from services.membership.domain.throttle import places_of


@pytest.mark.parametrize(
    ("origin", "own", "near"),
    [
        ("198.51.100.7", "198.51.100.7/32", "198.51.100.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("a socket", "a socket", "a socket"),
    ],
)
def test_a_household_is_one_origin_and_a_street_its_neighbourhood(origin, own, near):
    assert places_of(origin) == (own, near)
