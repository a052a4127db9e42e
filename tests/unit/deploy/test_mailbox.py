"""Mails that are caught: kept over restarts, found by address, shown without being believed."""

from email.message import EmailMessage

from deploy.local.mail_pages import inbox_page, mail_page
from deploy.local.mailbox import Mailbox, parse, parts_of


def test_a_mail_outlives_the_catcher(tmp_path):
    Mailbox(tmp_path).keep("from@a.example", ["ada@b.example"], a_mail())

    kept = Mailbox(tmp_path).find()

    assert [one.subject for one in kept] == ["Your next session"]


def test_numbers_go_on_rising_after_a_restart(tmp_path):
    first = Mailbox(tmp_path).keep("from@a.example", ["ada@b.example"], a_mail())
    second = Mailbox(tmp_path).keep("from@a.example", ["ada@b.example"], a_mail())

    assert second.number > first.number


def test_mails_are_found_by_receiver_whatever_the_case(tmp_path):
    mailbox = Mailbox(tmp_path)
    mailbox.keep("from@a.example", ["Ada@B.example"], a_mail())
    mailbox.keep("from@a.example", ["bo@b.example"], a_mail())

    assert [one.to for one in mailbox.find(to="ada@b.example")] == [("Ada@B.example",)]


def test_only_what_came_after_a_number_is_found(tmp_path):
    mailbox = Mailbox(tmp_path)
    first = mailbox.keep("from@a.example", ["ada@b.example"], a_mail())
    second = mailbox.keep("from@a.example", ["ada@b.example"], a_mail())

    assert mailbox.find(after=first.number) == [second]


def test_a_subject_with_markup_is_shown_as_text(tmp_path):
    caught = Mailbox(tmp_path).keep("from@a.example", ["ada@b.example"], a_mail(subject="<b>Hi</b>"))

    assert "<b>Hi" not in inbox_page([caught], "")


def test_links_in_a_mail_can_be_followed_and_nothing_else_is_markup(tmp_path):
    raw = a_mail(text="Answer: http://127.0.0.1:1/a/x?y=1&z=2 <script>")
    caught = Mailbox(tmp_path).keep("from@a.example", ["ada@b.example"], raw)

    page = mail_page(caught, parts_of(parse(raw)))

    assert 'href="http://127.0.0.1:1/a/x?y=1&amp;z=2"' in page
    assert "<script>" not in page


def a_mail(subject="Your next session", text="See you there."):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "from@a.example", "ada@b.example", subject
    mail.set_content(text)
    return mail.as_bytes()
