"""Guests: invited by who leads a cohort or by staff, answered privately by its members, decided when due."""

from dataclasses import dataclass
from typing import Any

from services.kit.errors import NotFound
from services.membership.domain import guests as rules
from services.membership.domain.guest_ports import GuestPorts
from services.membership.domain.hosts import is_host
from services.membership.domain.reporting import above, in_one_line
from services.membership.domain.rights import check_signed_in


@dataclass(frozen=True)
class Met:
    """An invitation as one person meets it: "member", "host" (who leads, or staff) or "guest"."""

    invitation: rules.Invitation
    face: str
    mine: bool | None = None


@dataclass(frozen=True)
class Listed:
    """The guests of a session as one person meets them, and whether they may announce one."""

    met: list[Met]
    may_invite: bool = False


def invite_guest(command, ports: GuestPorts):
    """Ask a cohort's members whether somebody may come to one session; asked before, it is as it stands.

    Raises:
        SignedInOnly. NoSuchGuest: no such session for the caller, or no such person. TooLateForGuest.
        GuestNotPossible: of the cohort already, or in a line of it.
    """
    network, person_id = check_signed_in(command.caller)
    times = ports.slots.times(network, command.session_id)
    cohort = times and _find(ports.cohorts, network, times[0])
    if not cohort or not times or not is_host(command.caller, cohort):
        raise NotFound("there is no such session")
    known = _find(ports.guests, network, rules.invitation_id(command.session_id, command.person_id))
    if known is not None:
        return Met(known, "host")
    guest = ports.people.by_ids(network, [command.person_id]).get(command.person_id)
    if guest is None or guest.standing != "active":
        raise NotFound("there is no such person")
    if not _is_possible(guest.id, cohort, ports):
        raise rules.GuestNotPossible("this person can't be a guest of this cohort")
    now = ports.clock.now()
    wanted = rules.Invitation(
        id=rules.invitation_id(command.session_id, guest.id),
        network=network,
        cohort_id=cohort.id,
        session_id=command.session_id,
        guest_id=guest.id,
        name=guest.display_name,
        introduced_as=command.introduced_as.strip(),
        purpose=command.purpose.strip(),
        asked_by=person_id,
        asked_at=now,
        starts_at=times[1],
        ends_at=times[2],
    )
    asked, facts = rules.invite(wanted, now)
    return Met(ports.guests.add(asked, announcing=facts, answering=Met(asked, "host")), "host")


def show_guest(query, ports: GuestPorts):
    """Return one invitation as the caller meets it. Raises: SignedInOnly, NoSuchGuest."""
    network, _ = check_signed_in(query.caller)
    return _met(_get(network, query.invitation_id, ports), query.caller, ports)


def list_guests(query, ports: GuestPorts):
    """Return the guests of a session to its cohort, its hosts and staff. Raises: SignedInOnly, NotFound."""
    network, _ = check_signed_in(query.caller)
    held = ports.slots.times(network, query.session_id)
    cohort = held and _find(ports.cohorts, network, held[0])
    if not cohort or _face(cohort, query.caller) is None:
        raise NotFound("there is no such session")
    found = ports.guests.of_session(network, query.session_id)
    return Listed([_met(one, query.caller, ports) for one in found], is_host(query.caller, cohort))


def list_my_guests(query, ports: GuestPorts):
    """Return what the caller is asked as a member, and where they are invited themselves."""
    network, person_id = check_signed_in(query.caller)
    member_of = [one.id for one in ports.cohorts.of_person(network, person_id) if one.has_member(person_id)]
    asked = ports.guests.asked_of(network, member_of)
    mine = [one for one in ports.guests.of_guest(network, person_id) if one.standing == rules.APPROVED]
    return Listed(
        [
            *(Met(one, "member", one.answer_of(person_id)) for one in asked),
            *(Met(one, "guest") for one in mine),
        ]
    )


def answer_guest(command, ports: GuestPorts):
    """Keep a member's private answer. Raises: SignedInOnly, NoSuchGuest: no member. AnswersClosed."""
    network, person_id = check_signed_in(command.caller)
    invitation = _get(network, command.invitation_id, ports)
    if _met(invitation, command.caller, ports).face != "member":
        raise rules.NoSuchGuest("there is no such guest")
    after = rules.answer(invitation, person_id, ports.clock.now(), is_yes=command.answer == "yes")
    saved = ports.guests.save(after, answering=Met(after, "member", after.answer_of(person_id)))
    return Met(saved, "member", saved.answer_of(person_id))


def pledge_as_guest(command, ports: GuestPorts):
    """Sign the guest's pledge. Raises: SignedInOnly, NoSuchGuest: not the guest, or not let in."""
    network, person_id = check_signed_in(command.caller)
    invitation = _get(network, command.invitation_id, ports)
    if invitation.guest_id != person_id:
        raise rules.NoSuchGuest("there is no such guest")
    after, facts = rules.pledge(invitation, ports.clock.now())
    return Met(_saved(after, facts, "guest", ports), "guest")


def withdraw_guest(command, ports: GuestPorts):
    """Take an invitation back. Raises: SignedInOnly, NoSuchGuest: neither who leads nor staff."""
    network, _ = check_signed_in(command.caller)
    invitation = _get(network, command.invitation_id, ports)
    if not is_host(command.caller, ports.cohorts.get(network, invitation.cohort_id)):
        raise rules.NoSuchGuest("there is no such guest")
    after, facts = rules.withdraw(invitation)
    return Met(_saved(after, facts, "host", ports), "host")


def decide_guest(invitation_id, network, ports: GuestPorts):
    """Decide what is due: all members at this moment have said yes, or the guest does not come."""
    invitation = ports.guests.get(network, invitation_id)
    cohort = ports.cohorts.get(network, invitation.cohort_id)
    is_possible = _is_possible(invitation.guest_id, cohort, ports)
    decided, facts = rules.decide(invitation, cohort.member_ids(), ports.clock.now(), is_possible=is_possible)
    if facts:
        ports.guests.save(decided, announcing=facts)


def follow_slot(slot, version, ports: GuestPorts):
    """Hold when a session is, then bring it into its invitations (MECHANISMS P1b)."""
    ports.slots.keep(slot, version)
    times = ports.slots.times(slot.network, slot.session_id)
    for invitation in ports.guests.of_session(slot.network, slot.session_id):
        starts_at, ends_at = times[1:] if times else (invitation.starts_at, invitation.ends_at)
        after, facts = rules.follow_slot(invitation, starts_at, ends_at, is_cancelled=times is None)
        if facts:
            ports.guests.save(after, announcing=facts, repeatable=True)


def _saved(after, facts, face, ports):
    return ports.guests.save(after, announcing=facts, answering=Met(after, face)) if facts else after


def _get(network, invitation_id, ports):
    try:
        return ports.guests.get(network, invitation_id)
    except NotFound:
        raise rules.NoSuchGuest("there is no such guest") from None


def _met(invitation, caller, ports):
    """Raises: NoSuchGuest: the caller has nothing to do with it."""
    if invitation.guest_id == caller.person_id and invitation.standing == rules.APPROVED:
        return Met(invitation, "guest")
    cohort = ports.cohorts.get(invitation.network, invitation.cohort_id)
    face = _face(cohort, caller)
    if face is None:
        raise rules.NoSuchGuest("there is no such guest")
    mine = invitation.answer_of(caller.person_id) if face == "member" else None
    return Met(invitation, face, mine)


def _face(cohort, caller) -> str | None:
    """A member answers, whatever else they are; who leads it, and staff in no line of it, are hosts."""
    if cohort.has_member(caller.person_id):
        return "member"
    return "host" if is_host(caller, cohort) else None


def _is_possible(guest_id, cohort, ports) -> bool:
    """True for an active stranger whom no line joins to a member."""
    if cohort.has_member(guest_id) or cohort.has_facilitator(guest_id):
        return False
    everybody = [guest_id, *cohort.member_ids()]
    found = ports.people.by_ids(cohort.network, [guest_id]).get(guest_id)
    ancestors = above(ports.people.lines_above(cohort.network, everybody))
    is_here = found is not None and found.standing == "active"
    return is_here and not any(in_one_line(guest_id, one, ancestors) for one in cohort.member_ids())


def _find(store: Any, network, id):
    try:
        return store.get(network, id)
    except NotFound:
        return None
