"""People whose names are attacks, in a running cohort: mails, entries, pages and logs stay whole."""

import contextlib
import secrets
from email import message_from_bytes
from email.policy import default
from email.utils import getaddresses
from html.parser import HTMLParser

import pytest
import vobject
from icalendar import Calendar

from deploy.tools.api import ApiProblem, await_that
from deploy.tools.story.mails import Mails
from deploy.tools.story.people import Door
from tests.builders.cohort import a_cohort
from tests.builders.sending import send

MARK = f"zq{secrets.token_hex(3)}"  # in every name, so that it is found wherever it goes
NAMES = (
    f'<script>alert("{MARK}")</script>',
    f'" onmouseover="alert(1)" {MARK}="',
    f"{{{{7*7}}}} {{% raw %}} ${{x}} %(name)s {MARK}",
    f'=HYPERLINK("//victim.example/{MARK}")',
    f'Ada" <x@victim.example>, "{MARK}',
    f"%0d%0aBcc:{MARK}@victim.example \u202e =?utf-8?q?A=0D=0ABcc=3A?=",
)
BROKEN = (
    f"Ada\r\nBcc: {MARK}@victim.example",
    f"Ada\nATTENDEE:mailto:{MARK}@victim.example",
    f"Ada\u2028{MARK}",
    f"Ada\0{MARK}",
    f"\x1b[31m{MARK}",
    MARK * 40,
)
PLACE = f"<img src=//victim.example?{MARK}>;ATTENDEE=x"


@pytest.fixture(scope="module")
def cohort(stack):
    """A cohort of people with such names, in a program with such a name, at such a place."""
    name = f"<b>{MARK}</b> {{{{7*7}}}}"
    gathered = a_cohort(stack, f"Hostile{MARK} network", names=NAMES, sessions=2, display_name=name)
    slot = f"/v1/sessions/{gathered.sessions[0]['id']}/slot"
    tag = send(gathered.guide.api, "GET", slot)[1]["ETag"]
    gathered.guide.api.put(f"{slot}/place", {"place": PLACE}, If_Match=tag)
    return gathered


@pytest.fixture(scope="module")
def mails(stack, cohort):
    """Every mail to a member, once all invitations are there."""
    catcher = Mails(stack.mail_url)
    wanted = {member.email for member in cohort.members}

    def come():
        numbers = [mail["number"] for mail in catcher.since(0) if wanted & set(mail["to"])]
        found = [message_from_bytes(catcher.raw(number), policy=default) for number in numbers]
        entries = entries_of(found)
        is_whole = len(entries) >= len(wanted) * len(cohort.sessions)
        return found if is_whole and any(text.count("LOCATION") for text in entries) else None

    return await_that(come, "every invitation", 240, 1.0)


def entries_of(mails):
    """The calendar entries in `mails`, as text."""
    parts = [part for mail in mails for part in mail.walk()]
    return [part.get_content() for part in parts if part.get_content_type() == "text/calendar"]


@pytest.fixture(scope="module")
def pages(stack, cohort):
    """Every page that shows people, programs or places, to a member, the facilitator and the admin."""
    door = Door(cohort.guide.api, Mails(stack.mail_url), cohort.network)
    emails = (cohort.members[0].email, cohort.guide.email, f"admin@hostile{MARK}.example")
    member, guide, staff = (door.by_page(email) for email in emails)
    place, session = f"/cohorts/{cohort.cohort['id']}", f"/sessions/{cohort.sessions[0]['id']}"
    seen = [
        member.open(path) for path in ("/", "/cohorts", place, f"{place}/agreement", session, "/settings")
    ]
    seen += [guide.open(path) for path in ("/facilitate", f"{session}/cockpit")]
    program = f"/staff/programs/{cohort.program['id']}"
    return seen + [staff.open(path) for path in ("/staff", "/staff/people", f"/staff{place}", program)]


class Tags(HTMLParser):
    """Collects every attribute and tag of a page, and its text."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("name", BROKEN, ids=range(len(BROKEN)))
def test_a_name_that_is_no_line_is_refused_by_its_field(cohort, name):
    with pytest.raises(ApiProblem) as refused:
        cohort.admin.post("/v1/people", {"display_name": name, "email": f"{secrets.token_hex(4)}@b.example"})

    assert refused.value.status == 422
    assert [error["pointer"] for error in refused.value.errors][:1] == ["/display_name"]


def test_names_are_given_back_as_they_were_taken(cohort):
    assert {one.display_name for one in cohort.members} == set(NAMES)


def test_each_mail_goes_to_one_address_and_has_one_subject(mails, cohort):
    addresses = {member.email for member in cohort.members}

    for mail in mails:
        assert {address for _, address in getaddresses([str(mail["To"])])} < addresses | {""}
        assert len(mail.get_all("Subject")) == len(mail.get_all("To")) == 1
        assert mail["Bcc"] is None and mail["Cc"] is None
        assert not any(part.defects for part in mail.walk())


def test_each_entry_is_read_alike_by_two_parsers_and_invites_one(mails):
    for text in entries_of(mails):
        (one,) = Calendar.from_ical(text).walk("VEVENT")
        other = vobject.readOne(text).vevent
        assert str(one["UID"]) == other.uid.value
        assert not isinstance(one["ATTENDEE"], list)
        assert len(other.attendee_list) == 1
        assert str(one["SUMMARY"]) == other.summary.value


def test_no_mail_carries_markup_of_a_name(mails):
    for mail in mails:
        for part in mail.walk():
            if part.get_content_type() == "text/html":
                page = Tags(part.get_content())
                assert "script" not in page.tags
                assert not [name for name, _ in page.attributes if name.startswith("on") or MARK in name]
                assert "victim.example" not in {value for name, value in page.attributes if name == "href"}


def test_the_place_stays_one_line_of_the_entry(mails):
    events = [Calendar.from_ical(text).walk("VEVENT")[0] for text in entries_of(mails)]
    places = [str(event.get("LOCATION", "")) for event in events]

    assert PLACE in places
    assert set(places) <= {PLACE, ""}


def test_every_page_shows_names_as_text_and_runs_nothing_of_them(pages):
    assert sum(MARK in Tags(page).text for page in pages) >= 6
    for page in pages:
        found = Tags(page)
        assert not [name for name, _ in found.attributes if name.startswith("on") or MARK in name]
        assert not [value for name, value in found.attributes if name in ("src", "href") and MARK in value]
        assert "alert(" not in "".join(_scripts(page))
        assert f"49 {MARK}" not in found.text


def test_no_log_holds_a_name(stack, cohort, mails, pages):
    written = [path.read_text(errors="replace") for path in stack.places.logs.glob("*.log")]

    assert len(written) >= 9
    assert not [text for text in written if MARK in text]


def _scripts(page):
    parts = page.split("<script")[1:]
    with contextlib.suppress(IndexError):
        return [part.split(">", 1)[1].split("</script")[0] for part in parts]
    return parts
