"""Making commitments and telling how they went."""

from services.kit.ids import new_id
from services.sessions.domain import commitments
from services.sessions.domain.access import (
    FACILITATOR,
    MEMBER,
    OF_THE_COHORT,
    admit,
    admit_to_cohort,
    face_for,
)
from services.sessions.domain.refusals import CommitmentUnknown, NotInvited
from services.sessions.domain.session import Commitment
from services.sessions.messages.answers import Held, Listed


def make_commitment(command, sessions, clock):
    """Carry out a `MakeCommitment` of the calling member; answered without its text."""
    caller = command.caller
    session = sessions.get(
        caller.network, command.session_id, lambda found: admit(found, caller, *OF_THE_COHORT)
    )
    if not session.circle.has_member(caller.person_id):
        raise NotInvited("Commitments are made by members of the cohort.")
    promise = Commitment(
        id=new_id("com"),
        person_id=caller.person_id,
        what=command.what.strip(),
        due_on=command.due_on.isoformat(),
        buddy_id=command.buddy_id,
    )
    after, facts = commitments.make_commitment(session, promise, clock.now().date())
    held = Held(promise, after)
    sessions.save(after, announcing=facts, answering=held)
    return held


def report_commitment(command, sessions):
    """Carry out a `ReportCommitment` of the commitment's maker."""
    caller = command.caller

    def admitting(found):
        if face_for(found, caller) not in OF_THE_COHORT:
            raise CommitmentUnknown
        commitments.own_commitment(found, command.commitment_id, caller.person_id)

    session = sessions.find_one(caller.network, {"commitments.id": command.commitment_id}, admitting)
    if session is None:
        raise CommitmentUnknown
    after, facts = commitments.report_commitment(
        session, command.commitment_id, caller.person_id, command.standing, command.note
    )
    held = Held(commitments.own_commitment(after, command.commitment_id, caller.person_id), after)
    if facts:
        sessions.save(after, announcing=facts, answering=held)
    return held


def list_commitments(command, sessions, cohorts):
    """Return the caller's own commitments, newest session first; or a facilitator's cohort's."""
    caller = command.caller
    if caller.kind != "person":
        return Listed([])
    if command.cohort_id is None:
        page = sessions.with_commitments_of(caller.network, caller.person_id, command.limit, command.after)
        return _held(page, caller.person_id)
    circle = cohorts.circle(caller.network, command.cohort_id)
    admit_to_cohort(circle, caller, FACILITATOR, MEMBER)
    page = sessions.with_commitments_in(caller.network, command.cohort_id, command.limit, command.after)
    return _held(page, None if caller.person_id in circle.facilitator_ids() else caller.person_id)


def _held(page, person_id):
    return Listed(
        [
            Held(commitment, session)
            for session in page.items
            for commitment in session.commitments
            if person_id in (None, commitment.person_id)
        ],
        page.next,
    )
