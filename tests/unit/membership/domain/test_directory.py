"""Who is in the directory for whom, what is shown of them, and by which words they are found."""

import pytest

from services.membership.domain.directory import (
    DirectoryNotOpen,
    NothingToSearch,
    OwnFactorNeeded,
    Reader,
    check_may_search,
    entry_for,
    reader_of,
    search_for,
    terms_for,
)
from services.membership.domain.profiles import blank_profile, change_profile
from tests.builders.identity import signed_in
from tests.builders.people import NET, somebody
from tests.builders.rooms import a_room

BO = somebody("per_bo")
CONFIDENCE = {"challenges": ["Night nurses"], "asks": ["Advice"]}


def of_bo(audience, **said):
    consent = dict.fromkeys(("listed", *said), audience)
    return change_profile(blank_profile(BO), {**said, "consent": consent})


def a_reader(mates=(), *, oversees=False, text_open=True):
    return Reader(NET, "per_ada", frozenset(mates), oversees, text_open)


def shown(profile, reader, *, in_line=False):
    entry = entry_for(profile, BO, reader, in_line=in_line)
    return entry and set(entry.shown)


def test_mates_are_the_members_and_facilitators_of_ones_running_cohorts():
    room = a_room("coh_1", ("ada", "bo"), ("guide",))

    reader = reader_of(signed_in("per_ada"), [room])

    assert reader.mates == {"per_bo", "per_guide"}


def test_a_guest_reads_nothing_and_a_guest_who_is_a_member_reads_as_one():
    guest = signed_in("per_ada", roles=("member", "guest"))

    assert reader_of(guest, [a_room("coh_1", ("ada", "bo"), ())]).mates == {"per_bo"}
    with pytest.raises(DirectoryNotOpen):
        reader_of(guest, [])


def test_what_cohorts_see_the_network_does_not():
    assert shown(of_bo("cohort", position="Nurse"), a_reader(["per_bo"])) == {"position"}
    assert shown(of_bo("cohort", position="Nurse"), a_reader()) is None


def test_nobody_meets_themselves_or_who_left():
    own = Reader(NET, "per_bo", frozenset(), False, True)
    gone = somebody("per_bo", standing="gone")

    assert shown(of_bo("network", position="Nurse"), own) is None
    assert entry_for(of_bo("network"), gone, a_reader(), in_line=False) is None


@pytest.mark.parametrize(
    ("reader", "in_line", "sees"),
    [
        (a_reader(), False, True),
        (a_reader(["per_bo"], oversees=True), False, True),
        (a_reader(oversees=True), False, False),
        (a_reader(["per_bo"]), True, False),
        (a_reader(["per_bo"], text_open=False), False, False),
    ],
)
def test_confidence_needs_more_than_consent(reader, in_line, sees):
    profile = of_bo("network", position="Nurse", **CONFIDENCE)

    assert shown(profile, reader, in_line=in_line) == {"position"} | (CONFIDENCE.keys() if sees else set())


def test_who_may_not_read_a_challenge_does_not_find_by_it():
    search = search_for({"challenge": "nurses"}, None)

    profile = of_bo("network", **CONFIDENCE)

    assert entry_for(profile, BO, a_reader(), in_line=True, search=search) is None
    assert entry_for(profile, BO, a_reader(), in_line=False, search=search) is not None
    with pytest.raises(OwnFactorNeeded):
        check_may_search(search, a_reader(text_open=False))


def test_one_is_found_by_what_that_audience_sees_alone():
    place = {"city": "Rīga", "country": "Latvia"}
    profile = change_profile(
        of_bo("network", offers=["Budgets"], place=place),
        {
            "function": "Finance",
            "threads": [{"kind": "project", "name": "Ports"}],
            "consent": {"threads": "cohort"},
        },
    )

    assert terms_for(profile, "network") == {("expertise", "budget"), ("city", "riga"), ("country", "latvia")}
    assert terms_for(profile, "cohort") == terms_for(profile, "network") | {("thread", "port")}


def test_a_text_without_words_is_no_search():
    with pytest.raises(NothingToSearch) as refused:
        search_for({"expertise": "of the"}, None)

    assert refused.value.errors[0]["pointer"] == "?expertise"
