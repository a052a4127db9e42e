"""The agreement of a cohort with its own rules, as members, facilitators and staff meet it.

Ada, Bo and Cy share a cohort that Guide leads; Dee and Ed share one that nobody leads.
"""

import re

import pytest

from services.kit.clock import WallClock
from tests.builders.identity import signed_in
from tests.builders.rooms import Rooms

AGREEMENT = "/v1/cohorts/coh_1/agreement"
RULES = "/v1/cohorts/coh_1/ground-rules"
PHONES, START = "Phones stay in the bag.", "We begin on the minute."


@pytest.fixture
def clock():
    return WallClock()


@pytest.fixture
def rooms(house):
    return Rooms(house)


def word(rooms, *rules, by="guide", **said):
    one = rooms.as_(by)
    tag = one("GET", AGREEMENT).fields["etag"]
    return one("PUT", RULES, {"rules": list(rules), **said}, if_match=tag)


def sign(rooms, name, version):
    return rooms.as_(name)("PUT", f"{AGREEMENT}/signature", {"version": version})


def test_a_changed_rule_is_signed_anew_by_everybody_who_sees_what_is_new(rooms):
    first = word(rooms, PHONES).json
    sign(rooms, "ada", first["version"])

    second = word(rooms, PHONES, START).json
    ada = rooms.as_("ada")("GET", AGREEMENT).json
    late = sign(rooms, "ada", first["version"])

    assert (first["version"], second["version"]) == ("keys-1.0+1", "keys-1.0+2")
    assert (ada["signed"], ada["own_rules"], ada["new_rules"]) == (False, [PHONES, START], [START])
    assert (late.status, late.json["code"]) == (409, "agreement-superseded")
    assert sign(rooms, "ada", second["version"]).json["signed_count"] == 1


def test_members_see_who_has_signed_and_staff_see_neither_that_nor_the_own_rules(rooms):
    version = word(rooms, PHONES).json["version"]
    sign(rooms, "bo", version)

    member = rooms.as_("ada")("GET", AGREEMENT).json
    staff = rooms.as_("staff", "program_staff")("GET", AGREEMENT).json

    assert [one["display_name"] for one in member["signers"] if one["signed"]] == ["Bo"]
    assert (staff["own_rules"], staff["new_rules"], staff["signers"]) == (None, None, None)
    assert staff["keys"] == member["keys"]


@pytest.mark.parametrize(
    ("by", "body", "status", "code", "pointer"),
    [
        ("ada", {"rules": [PHONES]}, 403, "not-yours-to-word", None),
        ("dee", {"rules": [PHONES]}, 404, "not-found", None),
        ("staff", {"rules": [PHONES]}, 404, "not-found", None),
        ("guide", {"rules": [PHONES, ""]}, 422, "invalid", "/rules/1"),
        ("guide", {"rules": ["two\nlines"]}, 422, "invalid", "/rules/0"),
        ("guide", {"rules": ["x" * 301]}, 422, "invalid", "/rules/0"),
        ("guide", {"rules": ["x"] * 11}, 422, "invalid", "/rules"),
        ("guide", {"rules": "all"}, 422, "invalid", "/rules"),
        ("guide", {}, 422, "invalid", "/rules"),
        ("guide", {"rules": [START], "only_typing_errors": True}, 422, "not-a-typing-error", "/rules/0"),
    ],
)
def test_what_is_not_worded_names_its_place_and_changes_nothing(rooms, by, body, status, code, pointer):
    word(rooms, PHONES)
    roles = ("program_staff",) if by == "staff" else ()

    refused = rooms.as_(by, *roles)("PUT", RULES, body, if_match='"x"')

    assert (refused.status, refused.json["code"]) == (status, code)
    assert [each["pointer"] for each in refused.json.get("errors", [])] == ([pointer] if pointer else [])
    assert rooms.as_("guide")("GET", AGREEMENT).json["own_rules"] == [PHONES]


def test_of_two_who_word_at_once_the_later_is_told(rooms):
    guide = rooms.as_("guide")
    tag = guide("GET", AGREEMENT).fields["etag"]
    guide("PUT", RULES, {"rules": [PHONES]}, if_match=tag)

    late = guide("PUT", RULES, {"rules": [START]}, if_match=tag)
    without = guide("PUT", RULES, {"rules": [START]})

    assert (late.status, late.json["code"], without.status) == (412, "stale", 428)


def test_own_signatures_and_wordings_are_in_what_is_kept_about_somebody(rooms, house):
    version = word(rooms, PHONES).json["version"]
    sign(rooms, "guide", version)

    (kept,) = [one for one in exported(house, "guide") if one["kind"] == "cohort"]

    assert [one["version"] for one in kept["signatures"]] == [version]
    assert [one["rules"] for one in kept["worded_rules"]] == [[PHONES]]


def exported(house, name):
    caller, data, after = signed_in(f"per_{name}", text_open=True), [], None
    while True:
        page = house.ask("export_mine", caller, after=after)
        data, after = data + page["data"], page["next"]
        if after is None:
            return data


def test_the_page_shows_the_own_rules_and_lets_who_leads_word_them(rooms):
    open_, send = rooms.page_of("guide")
    shown = open_("/cohorts/coh_1/agreement").body.decode()
    tag = re.search(r'name="tag" value="([^"]*)"', shown).group(1)

    saved = send("/cohorts/coh_1/ground-rules", {"tag": tag, "rules": f"{PHONES}\n\n{START}\n"})
    wrong = send("/cohorts/coh_1/ground-rules", {"rules": "x" * 301})
    member = rooms.page_of("ada")[0]("/cohorts/coh_1/agreement").body.decode()

    assert saved.status == 303
    assert (wrong.status, "x" * 301 in wrong.body.decode()) == (422, True)
    assert PHONES in member and START in member
    assert "One rule a line" not in member
