"""One story, end to end over HTTP, each step by the service that owns it."""

import json
import re
from email import message_from_bytes
from email.policy import default

import vobject
from icalendar import Calendar

from deploy.tools.story.telling import names_in


def test_everyone_is_in_exactly_one_cohort_of_the_right_size(seen):
    placed = [one["person_id"] for cohort in seen.cohorts for one in cohort["roster"]]

    assert sorted(placed) == sorted(person["id"] for person in seen.ready.people)
    low, high = seen.ready.program["size_low"], seen.ready.program["size_high"]
    assert all(low <= len(cohort["roster"]) <= high for cohort in seen.cohorts)


def test_nobody_sits_with_anyone_they_answer_to_at_any_depth(seen):
    managers = {person["id"]: person["managers"] for person in seen.ready.people}

    for cohort in seen.cohorts:
        members = {one["person_id"] for one in cohort["roster"]}
        for member in members:
            assert not members & _all_above(member, managers)


def test_every_cohort_meets_in_hours_that_fit_each_member(seen):
    for cohort in seen.cohorts:
        sessions = seen.dates[cohort["id"]]
        assert len(sessions) == cohort["session_count"]
        assert [one["number"] for one in sessions] == list(range(1, len(sessions) + 1))
        assert all(one["starts_at"] < one["ends_at"] for one in sessions)


def test_every_invitation_is_read_alike_by_two_calendar_parsers(story, seen):
    for mail in seen.invitations:
        first, second = _parsed_twice(story.mails.raw(mail["number"]))
        assert first == second


def test_an_invitation_names_nobody_but_the_one_invited(story, seen):
    names = {person["display_name"] for person in seen.ready.people}
    addresses = {person["email"] for person in seen.ready.people}

    for mail in seen.invitations:
        message = message_from_bytes(story.mails.raw(mail["number"]), policy=default)
        calendar = _calendar(message)
        assert calendar.count("ATTENDEE") == 1
        assert not (names_in(calendar, names) | names_in(calendar, addresses) - set(mail["to"]))


def test_members_answered_by_api_by_signed_link_and_on_the_page(seen):
    assert all(seen.ways.values())
    for cohort in seen.cohorts:
        session = seen.dates[cohort["id"]][0]
        for member in cohort["roster"]:
            shown = seen.players[member["person_id"]].api.get(f"/v1/sessions/{session['id']}")
            assert shown["my_answer"] == "yes"


def test_topics_stay_closed_until_everyone_present_has_signed(seen):
    assert {meeting["gate"] for meeting in seen.meetings} == {"agreement-not-signed"}


def test_those_who_were_there_and_those_who_were_not_read_the_capsule(seen):
    for cohort in seen.cohorts:
        session = seen.dates[cohort["id"]][0]
        for member in cohort["roster"]:
            capsule = seen.players[member["person_id"]].api.get(f"/v1/sessions/{session['id']}/capsule")
            assert all(capsule[part] for part in ("background", "ideas", "sources", "newcomers"))


def test_a_member_finds_their_own_commitment_and_a_stranger_nothing(seen):
    cohort, other = seen.cohorts[0], seen.cohorts[1]
    member = seen.players[cohort["roster"][0]["person_id"]]

    assert [one["what"] for one in member.api.get("/v1/me/commitments")["data"]]
    unknown = member.api.raw("GET", "/v1/sessions/ses_00000000000000000000000000")
    foreign = member.api.raw("GET", f"/v1/sessions/{seen.dates[other['id']][0]['id']}")
    assert foreign[0] == unknown[0] == 404
    assert _without_request_id(foreign[2]) == _without_request_id(unknown[2])


def test_the_sponsor_reads_figures_over_enough_people_and_no_name(seen):
    report = seen.report

    assert report["audience"] == "sponsor"
    assert not names_in(report, {person["display_name"] for person in seen.ready.people})
    figures = [*report["attendance"], *report["satisfaction"], *report["progress"]]
    shown = [one for one in figures if one["withheld"] is None]
    assert shown
    assert all(_fewest(one["people"]) >= report["fewest_people"] for one in shown)


def test_the_partner_reads_the_people_of_its_organization_only(seen):
    people = list(seen.ready.client.every("/v1/people"))

    assert {one["organization_id"] for one in people} == {seen.ready.organizations[0]["id"]}


def test_signed_webhooks_tell_the_partner_of_each_cohort_and_of_no_person(seen):
    assert len({json.dumps(one, sort_keys=True) for one in seen.told}) == len(seen.cohorts)
    assert not names_in(seen.told, {person["display_name"] for person in seen.ready.people})


def _all_above(person, managers):
    found, open_ones = set(), list(managers.get(person, ()))
    while open_ones:
        boss = open_ones.pop()
        if boss not in found:
            found.add(boss)
            open_ones += managers.get(boss, ())
    return found


def _calendar(message):
    part = next(one for one in message.walk() if one.get_content_type() == "text/calendar")
    return part.get_content()


def _parsed_twice(raw):
    text = _calendar(message_from_bytes(raw, policy=default))
    one = Calendar.from_ical(text).walk("VEVENT")[0]
    other = vobject.readOne(text).vevent
    first = (
        str(one["UID"]),
        one["DTSTART"].dt.astimezone(),
        one["DTEND"].dt.astimezone(),
        int(one["SEQUENCE"]),
    )
    second = (
        other.uid.value,
        other.dtstart.value.astimezone(),
        other.dtend.value.astimezone(),
        int(other.sequence.value),
    )
    return first, second


def _fewest(band):
    """The smaller end of a band of people: "5-9", "10 or more"."""
    return int(re.match(r"\d+", band)[0])


def _without_request_id(content):
    document = json.loads(content)
    document.pop("request_id")
    return document
