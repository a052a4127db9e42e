import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.domain.cleaning import is_sendable, one_line


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Ada Byron", "Ada Byron"),
        ("Ada\r\nBcc: all@example.org", "Ada Bcc: all@example.org"),
        ("Ada\u2028Byron\x00\x85", "Ada Byron"),
        ("\u202eadA", "adA"),
        ("", ""),
        ("Zoë  Ångström", "Zoë Ångström"),
        ("家族👨\u200d👩\u200d👧", "家族👨\u200d👩\u200d👧"),
    ],
)
def test_a_name_becomes_one_line_of_what_can_be_seen(name, line):
    assert one_line(name) == line


def test_a_long_name_is_cut_where_it_says_so():
    assert one_line("x" * 500, 20) == "x" * 19 + "…"


@given(st.text())
def test_no_text_gets_a_line_end_or_a_control_into_a_line(text):
    line = one_line(text)

    assert line.splitlines() in ([], [line])
    assert not {unicodedata.category(character) for character in line} & {"Cc", "Zl", "Zp", "Cs"}


@pytest.mark.parametrize(
    "address", ["ada@example.org", "a.b+c@sub.example.org", "x@xn--bcher-kva.example", "o'neil@example.org"]
)
def test_plain_addresses_are_sendable(address):
    assert is_sendable(address)


HOSTILE = (
    "",
    "ada",
    "@example.org",
    "ada@",
    "ada@exam ple.org",
    "ada@example.org\r\nBcc: x@y.z",
    "ada\n@example.org",
    "ada@example.org\x00",
    "ada@example.org,bo@example.org",
    "<ada@example.org>",
    '"Ada"@example.org',
    ".ada@example.org",
    "ada..b@example.org",
    "ada@-example.org",
    "ada@example..org",
    "ada@example.org>",
    "ada@exämple.org",
    "ada@" + "x" * 260 + ".org",
)


@pytest.mark.parametrize("address", HOSTILE)
def test_what_could_be_more_than_one_address_is_not(address):
    assert not is_sendable(address)
