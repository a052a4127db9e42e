"""What a session takes over from scheduling (its slot) and from membership (its circle)."""

from dataclasses import replace

from services.contracts.events.scheduling import SlotState
from services.contracts.events.sessions import SessionPlanned
from services.sessions.domain.facts import tell
from services.sessions.domain.session import CANCELLED, PLANNED, Circle, Session

Planned = tuple[Session, tuple[SessionPlanned, ...]]


def plan_session(slot: SlotState, version: int) -> Session:
    """Return the session a slot at `version` calls for; its circle is read after the insert (P1b)."""
    return Session(
        id=slot.session_id,
        network=slot.network,
        cohort_id=slot.cohort_id,
        program_id=slot.program_id,
        number=slot.number,
        of=slot.of,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        wall_start=slot.wall_start,
        zone=slot.zone,
        place=slot.place,
        standing=CANCELLED if slot.standing == "cancelled" else PLANNED,
        slot_version=version,
    )


def told_as_planned(session: Session) -> tuple[SessionPlanned, ...]:
    """Return what is announced of a session that just came to be."""
    return (tell(SessionPlanned, session),)


def follow_slot(session: Session, slot: SlotState, version: int) -> Planned:
    """Move, cancel or revive a planned session as its slot says; an older slot changes nothing.

    A session that was opened keeps its standing: it happened. Another start voids the answers to the old one.
    """
    if version <= session.slot_version:
        return session, ()
    planned = plan_session(slot, version)
    is_waiting = session.standing in (PLANNED, CANCELLED)
    after = replace(
        session,
        starts_at=planned.starts_at,
        ends_at=planned.ends_at,
        wall_start=planned.wall_start,
        zone=planned.zone,
        place=planned.place,
        number=planned.number,
        of=planned.of,
        slot_version=version,
        standing=planned.standing if is_waiting else session.standing,
        rsvps=session.rsvps if planned.starts_at == session.starts_at or not is_waiting else (),
    )
    return after, (tell(SessionPlanned, after),)


def follow_circle(session: Session, circle: Circle) -> Planned:
    """Take over a newer roster and its signatures; announced only where who is invited or leads has changed.

    An older or equal circle changes nothing.
    """
    if circle.version <= session.circle.version:
        return session, ()
    after = replace(session, circle=circle)
    told, tells = tell(SessionPlanned, session), tell(SessionPlanned, after)
    return after, () if told == tells else (tells,)
