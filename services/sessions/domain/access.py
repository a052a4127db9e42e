"""Who may see and do what with a session: decided from its own roster, and from the caller alone."""

from services.contracts.caller import Caller
from services.sessions.domain.refusals import CohortUnknown, OwnFactorNeeded, SessionUnknown
from services.sessions.domain.session import Circle, Session

FACILITATOR, MEMBER, STAFF, LINK = "facilitator", "member", "staff", "link"
OF_THE_COHORT = (FACILITATOR, MEMBER)


def face_in(circle: Circle, caller: Caller) -> str | None:
    """Return through which face the caller sees what belongs to the cohort of `circle`, or None.

    Rights by relation come first: who leads or belongs to the cohort sees it so, whatever their roles; who is
    in a reporting line of a member sees nothing of it, whatever their roles. Other staff see timetable and
    attendance, never content. A cohort without facilitator is run by its members.
    """
    if caller.kind != "person":
        return None
    if caller.person_id in circle.leader_ids():
        return FACILITATOR
    if circle.has_member(caller.person_id):
        return MEMBER
    if caller.person_id in circle.barred:
        return None
    return STAFF if caller.has_role("program_staff", "network_admin") else None


def face_for(session: Session, caller: Caller) -> str | None:
    """Return through which face the caller sees the session, or None when it does not exist for them.

    A signed link shows the invitation it was sent with, and nothing else.
    """
    if caller.network != session.network:
        return None
    if caller.kind == "link":
        return LINK if _may_by_link(session, caller) else None
    return face_in(session.circle, caller)


def admit(session: Session, caller: Caller, *faces: str) -> None:
    """Return when the caller sees the session through one of `faces`.

    Raises:
        SessionUnknown: they do not; the same refusal as for a session that does not exist.
    """
    if face_for(session, caller) not in faces:
        raise SessionUnknown


def admit_to_cohort(circle: Circle | None, caller: Caller, *faces: str) -> None:
    """Return when the caller sees the cohort through one of `faces`; `circle` is of the caller's network.

    Raises:
        CohortUnknown: they do not, or there is none.
    """
    if circle is None or face_in(circle, caller) not in faces:
        raise CohortUnknown


def admit_to_text(caller: Caller) -> None:
    """Return when confidential text is open to the caller; to be asked of who is admitted already.

    Raises:
        OwnFactorNeeded: a mailbox or an identity provider alone says that it is they (SECURITY 1.36).
    """
    if not caller.text_open:
        raise OwnFactorNeeded("Prove by your own factor that it is you; then this opens.")


def _may_by_link(session: Session, caller: Caller) -> bool:
    link = caller.link or {}
    is_for_this = link.get("act") == "rsvp" and link.get("subject") == session.id
    return is_for_this and session.circle.has_member(caller.person_id)
