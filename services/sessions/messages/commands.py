"""What sessions is asked. Strict: a stray field is the asker's mistake."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, fields, post_load, validate

from services.contracts.caller import Caller

NOBODY = Caller()
ID = validate.Regexp(r"^[a-z]{3}_[0-9a-z]{1,60}\Z", error="Not an id.")
NO_NUL = validate.Regexp(r"^[^\x00]*\Z", error="Holds a NUL character.")
TEXT = (validate.Length(max=1000), NO_NUL)
PART = (validate.Length(max=20_000), NO_NUL)
RSVPS = ("yes", "no", "maybe")
ATTENDANCE = ("present", "late", "apology", "no_show")


@dataclass(frozen=True)
class AboutSession:
    """Names one session: show_session, open_session, start_topics, close_session, show_capsule."""

    session_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListSessions:
    cohort_id: str
    limit: int = 50
    after: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListMine:
    """Names nothing but a page: list_facilitated."""

    limit: int = 50
    after: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ShowFormAgenda:
    form: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class NextSession:
    caller: Caller = NOBODY


@dataclass(frozen=True)
class RecordRsvp:
    session_id: str
    answer: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class RecordAttendance:
    """`standings` by person; `present` is short for those who simply came."""

    session_id: str
    standings: dict[str, str] = field(default_factory=dict)
    present: list[str] = field(default_factory=list)
    caller: Caller = NOBODY

    def by_person(self) -> dict[str, str]:
        """Return person id -> standing of everyone named."""
        return dict.fromkeys(self.present, "present") | self.standings


@dataclass(frozen=True)
class MakeCommitment:
    session_id: str
    what: str
    due_on: date
    buddy_id: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ReportCommitment:
    commitment_id: str
    standing: str
    note: str = ""
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListCommitments:
    """Own ones in every cohort; with `cohort_id`, for its facilitator, those of the cohort."""

    cohort_id: str | None = None
    limit: int = 50
    after: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class PublishCapsule:
    session_id: str
    background: str = ""
    ideas: str = ""
    sources: str = ""
    newcomers: str = ""
    caller: Caller = NOBODY


class _Command(Schema):
    """Builds the dataclass `of`."""

    of: ClassVar[type]

    class Meta:
        unknown = RAISE

    @post_load
    def build(self, loaded: dict[str, Any], **_: Any) -> Any:
        return self.of(**loaded)


class _Paged(_Command):
    limit = fields.Integer(strict=True, validate=validate.Range(1, 100))
    after = fields.String(allow_none=True, validate=validate.Length(max=1000))


class AboutSessionSchema(_Command):
    of = AboutSession
    session_id = fields.String(required=True, validate=ID)


class ListSessionsSchema(_Paged):
    of = ListSessions
    cohort_id = fields.String(required=True, validate=ID)


class ListMineSchema(_Paged):
    of = ListMine


class ShowFormAgendaSchema(_Command):
    of = ShowFormAgenda
    form = fields.String(required=True, validate=validate.Length(max=64))


class NextSessionSchema(_Command):
    of = NextSession


class RecordRsvpSchema(_Command):
    of = RecordRsvp
    session_id = fields.String(required=True, validate=ID)
    answer = fields.String(required=True, validate=validate.OneOf(RSVPS))


class RecordAttendanceSchema(_Command):
    of = RecordAttendance
    session_id = fields.String(required=True, validate=ID)
    standings = fields.Dict(
        keys=fields.String(validate=ID),
        values=fields.String(validate=validate.OneOf(ATTENDANCE)),
        validate=validate.Length(max=100),
    )
    present = fields.List(fields.String(validate=ID), validate=validate.Length(max=100))


class MakeCommitmentSchema(_Command):
    of = MakeCommitment
    session_id = fields.String(required=True, validate=ID)
    what = fields.String(required=True, validate=TEXT)
    due_on = fields.Date(required=True)
    buddy_id = fields.String(allow_none=True, validate=ID)


class ReportCommitmentSchema(_Command):
    of = ReportCommitment
    commitment_id = fields.String(required=True, validate=ID)
    standing = fields.String(required=True, validate=validate.OneOf(("open", "kept", "let_go")))
    note = fields.String(validate=TEXT)


class ListCommitmentsSchema(_Paged):
    of = ListCommitments
    cohort_id = fields.String(allow_none=True, validate=ID)


class PublishCapsuleSchema(_Command):
    of = PublishCapsule
    session_id = fields.String(required=True, validate=ID)
    background = fields.String(validate=PART)
    ideas = fields.String(validate=PART)
    sources = fields.String(validate=PART)
    newcomers = fields.String(validate=PART)
