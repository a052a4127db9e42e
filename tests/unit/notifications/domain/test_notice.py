from dataclasses import replace

from services.contracts.events.notifications import NoticeFailed
from services.notifications.domain.notice import (
    RETRIES,
    UNDER_WAY,
    begin_sending,
    drop,
    queue_notice,
    was_delayed,
    was_refused,
    was_sent,
)
from tests.builders.notifications import NETWORK, NOW


def a_notice(**details):
    return queue_notice(NETWORK, "slot:ses_1:0:per_ada", "per_ada", "session_scheduled", NOW, **details)


def test_a_try_is_counted_before_it_is_made_and_due_again_should_it_kill_the_process():
    begun = begin_sending(a_notice(), NOW)

    assert (begun.state, begun.attempts) == ("sending", 1)
    assert [entry.at for entry in begun.due] == [NOW + UNDER_WAY]


def test_a_sign_in_link_goes_before_invitations_that_are_due_already():
    invitation = a_notice()
    link = queue_notice(NETWORK, "sign_in:tok_1", "per_ada", "sign_in_link", NOW)

    assert link.due[0].at < invitation.due[0].at
    assert link.not_before == NOW


def test_what_was_sent_is_due_no_more_and_keeps_no_secret():
    sent = was_sent(begin_sending(a_notice(secret="token"), NOW), NOW)

    assert (sent.state, sent.due, sent.secret, sent.finished_at) == ("sent", (), "", NOW)


def test_what_can_not_be_delivered_now_waits_for_its_next_try():
    delayed, facts = was_delayed(begin_sending(a_notice(), NOW), "mail-server-away", NOW)

    assert (delayed.state, delayed.reason, facts) == ("queued", "mail-server-away", [])
    assert [entry.at for entry in delayed.due] == [NOW + RETRIES[0]]


def test_after_the_last_try_it_is_failed_and_announced():
    worn = replace(a_notice(), attempts=len(RETRIES))

    failed, facts = was_delayed(begin_sending(worn, NOW), "mail-server-away", NOW)

    assert (failed.state, failed.due) == ("failed", ())
    assert [type(fact) for fact in facts] == [NoticeFailed]


def test_a_refusal_for_good_is_not_tried_again():
    failed, facts = was_refused(begin_sending(a_notice(secret="token"), NOW), "mail-refused", NOW)

    assert (failed.state, failed.reason, failed.secret, failed.due) == ("failed", "mail-refused", "", ())
    assert facts[0].standing == "failed"


def test_what_is_dropped_says_why_and_announces_nothing():
    dropped = drop(a_notice(secret="token"), "too-late", NOW)

    assert (dropped.state, dropped.reason, dropped.secret, dropped.due) == ("dropped", "too-late", "", ())
