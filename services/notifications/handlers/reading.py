"""What a person was told, what staff see of it, and stopping letters of one topic."""

from typing import Any

from services.kit.clock import Clock
from services.notifications.domain.kinds import STAFF_KINDS
from services.notifications.domain.ports import Notices, PreferenceStore
from services.notifications.domain.preferences import Preferences, start_topic, stop_topic
from services.notifications.domain.refusals import NotYourNotices
from services.notifications.messages.notices import (
    ListDeliveries,
    ListNotices,
    ShowPreferences,
    StopNotices,
)

STAFF = ("network_admin", "program_staff")


def list_notices(query: ListNotices, notices: Notices, clock: Clock) -> Any:
    """Return a page of the caller's own notices, newest first."""
    caller = query.caller
    if caller.kind != "person" or caller.network is None or caller.person_id is None:
        raise NotYourNotices("notices belong to the person they were sent to")
    return notices.page_of_person(caller.network, caller.person_id, clock.now(), query.limit, query.after)


def list_deliveries(query: ListDeliveries, notices: Notices) -> Any:
    """Return a page of the delivery log, newest first.

    Reminders and requests for feedback are not in it: that one was sent or dropped tells who answered.
    """
    caller = query.caller
    if caller.network is None or not caller.has_role(*STAFF):
        raise NotYourNotices("only the program's staff see the delivery log")
    return notices.page_of_kinds(caller.network, STAFF_KINDS, query.state, query.limit, query.after)


def stop_notices(command: StopNotices, preferences: PreferenceStore) -> Preferences:
    """Stop letters of one topic: by the link in a letter (that topic only) or by the person; repeatable."""
    network, person_id, topic = _whose(command)
    known = preferences.of_person(network, person_id)
    after = start_topic(known, topic) if command.again else stop_topic(known, topic)
    return preferences.keep(after) if after != known else known


def show_preferences(query: ShowPreferences, preferences: PreferenceStore) -> Preferences:
    """Return what the caller stopped."""
    caller = query.caller
    if caller.network is None or caller.person_id is None:
        raise NotYourNotices("preferences belong to a person")
    return preferences.of_person(caller.network, caller.person_id)


def _whose(command: StopNotices) -> tuple[str, str, str]:
    caller = command.caller
    if caller.network is None or caller.person_id is None:
        raise NotYourNotices("letters are stopped by the person they go to")
    if caller.kind != "link":
        return caller.network, caller.person_id, command.topic or ""
    link = caller.link or {}
    if link.get("act") != "stop_notices" or command.topic not in (None, link.get("subject")):
        raise NotYourNotices("this link does something else")
    return caller.network, caller.person_id, link["subject"]
