"""What notifications announces: what could not be told."""

from dataclasses import dataclass
from typing import ClassVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class NoticeState(Fact):
    source: ClassVar[str] = "notifications"
    aggregate: ClassVar[str] = "notice"
    subject_field: ClassVar[str] = "notice_id"

    notice_id: str
    person_id: str
    kind: str
    channel: str
    standing: str


class NoticeFailed(NoticeState):
    """A notice could not be delivered and is not tried again by itself."""


@dataclass(frozen=True)
class EndpointState(Fact):
    source: ClassVar[str] = "notifications"
    aggregate: ClassVar[str] = "endpoint"
    subject_field: ClassVar[str] = "endpoint_id"

    endpoint_id: str
    standing: str  # "enabled" or "disabled"


class WebhookDisabled(EndpointState):
    """A partner's endpoint kept failing and gets no more deliveries until it is enabled again."""


@dataclass(frozen=True)
class NotificationsErasureState(Fact):
    """That notifications has forgotten one person."""

    source: ClassVar[str] = "notifications"
    aggregate: ClassVar[str] = "notifications_erasure"
    subject_field: ClassVar[str] = "erasure_id"

    erasure_id: str
    person_id: str
    standing: str  # "forgotten"


class PersonErasedByNotifications(NotificationsErasureState):
    """Nothing that notifications keeps names the person or opens their words."""
