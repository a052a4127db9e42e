import pytest

from gateway.devices import describe_device

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (FIREFOX, "Firefox on Linux"),
        (EDGE, "Edge on Windows"),
        (PHONE, "Safari on iPhone"),
        ("", "a program"),
        ("curl/8.9", "a program"),
        ("<script>alert(1)</script> Firefox/1", "Firefox"),
    ],
)
def test_a_device_is_told_in_words_of_ours_whatever_it_says_of_itself(said, told):
    assert describe_device(said) == told
