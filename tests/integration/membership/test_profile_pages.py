"""The pages of one's own profile and of the directory, over a real MongoDB."""

import re

import pytest

from tests.builders.rooms import Rooms


@pytest.fixture
def rooms(house):
    return Rooms(house)


def form_of(answer):
    """The fields of the profile's form as the page shows them."""
    page = answer.body.decode().partition('action="/me/profile"')[2]
    form = dict(re.findall(r'<input type="\w+" id="(\w+)" name="\w+" value="([^"]*)"', page))
    form |= re.findall(r'<textarea id="(\w+)"[^>]*>([^<]*)</textarea>', page)
    for name, options in re.findall(r'<select id="(\w+)"[^>]*>(.*?)</select>', page):
        chosen = re.search(r'value="(\w+)" selected', options) or re.search(r'value="(\w+)"', options)
        form[name] = chosen[1]
    return form | {"tag": re.search(r'name="tag" value="([^"]+)"', page)[1]}


def test_a_form_saved_as_it_is_shown_changes_nothing(rooms):
    threads = [{"kind": "community", "name": "Safe wards"}]
    place = {"city": "Riga", "latitude": 56.9, "longitude": 24.1}
    before = rooms.say("ada", {"listed": "network"}, offers=["A", "B"], threads=threads, place=place, years=3)
    open_, send = rooms.page_of("ada")

    saved = send("/me/profile", form_of(open_("/me/profile")))

    assert (saved.status, saved.fields["location"]) == (303, "/me/profile?said=saved")
    assert rooms.as_("ada")("GET", "/v1/me/profile").json == before


def test_what_is_typed_is_saved_with_who_sees_it(rooms):
    open_, send = rooms.page_of("ada")
    typed = {"offers": "Budgets\nRotas\n", "thread_kind_0": "project", "thread_name_0": "New wards"}
    seen = {"seen_listed": "network", "seen_offers": "network"}

    send("/me/profile", form_of(open_("/me/profile")) | typed | seen)

    assert rooms.found("dee")["ada"]["offers"] == ["Budgets", "Rotas"]
    assert rooms.as_("ada")("GET", "/v1/me/profile").json["threads"][0]["words"] == ["new", "ward"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"years": "many"}, "years"),
        ({"offers": "x" * 501}, "offers"),
        ({"latitude": "north"}, "latitude"),
        ({"latitude": "12"}, "longitude"),
        ({"seen_phone": "network"}, "seen_phone"),
        ({"thread_kind_0": "gossip", "thread_name_0": "x"}, "thread_kind_0"),
    ],
)
def test_what_cannot_be_saved_is_said_at_its_field(rooms, typed, field):
    open_, send = rooms.page_of("ada")

    refused = send("/me/profile", form_of(open_("/me/profile")) | typed)

    assert refused.status == 422
    assert f'<a href="#{field}">' in refused.body.decode()
    assert rooms.house.service.profiles.documents.count_documents({}) == 0


def test_the_directory_shows_entries_and_what_to_do_where_there_are_none(rooms):
    rooms.say("bo", {"listed": "network", "years": "network"}, years=0)
    open_, _ = rooms.page_of("ada")

    assert "Bo" in open_("/directory").body.decode()
    assert "Nobody shows you these words" in open_("/directory?thread=glass").body.decode()
    assert "say in your profile where you are" in open_("/directory?near=50").body.decode()
    assert open_("/directory?challenge=the").status == 422


def test_distance_is_from_ones_own_place(rooms):
    riga = {"latitude": 56.9, "longitude": 24.1}
    rooms.say("ada", {}, place=riga)
    rooms.say("bo", {"listed": "network", "place": "network"}, place=riga)
    rooms.say("cy", {"listed": "network", "place": "network"}, place={"latitude": 10, "longitude": 10})
    open_, _ = rooms.page_of("ada")

    near = open_("/directory?near=50").body.decode()

    assert ("Bo" in near, ">Cy<" in near) == (True, False)


def test_who_did_not_prove_it_is_led_to_proving_and_nothing_is_saved(rooms):
    _, send = rooms.page_of("ada", text_open=False)

    sent = send("/me/profile", {"position": "Nurse"})

    assert (sent.status, sent.fields["location"]) == (303, "/me/profile")
    assert rooms.house.service.profiles.documents.count_documents({}) == 0
