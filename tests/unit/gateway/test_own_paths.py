import pytest

from gateway.portal.pages.security import own_path, to_step_up


@pytest.mark.parametrize(
    "path", ["/", "/me/security", "/sessions/ses_06f3k2x8t5/cockpit", "/questionnaires/qst_1"]
)
def test_a_page_of_ours_is_gone_on_to(path):
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        *("", "me", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "/me//evil"),
        *("https://evil.example/", "javascript:alert(1)", "/%2f%2fevil.example", "/a?b=//evil", "/a#b"),
        *("/a\r\nSet-Cookie: x=y", "/a\n", "\n//evil.example", "/.evil.example", "/a/../b", "/ａ"),
    ],
)
def test_anything_else_leads_to_the_start(path):
    assert own_path(path) == "/"
    assert dict(to_step_up(path).headers)["Location"] == "/me/step-up?to=/"
