"""Publishing and reading the four-part summary."""

from services.sessions.domain.access import FACILITATOR, OF_THE_COHORT, admit, admit_to_text
from services.sessions.domain.capsule import PARTS, publish, published_capsule


def publish_capsule(command, sessions, clock):
    """Carry out a `PublishCapsule` and return the session, summarised."""
    caller = command.caller
    session = sessions.get(
        caller.network, command.session_id, lambda found: admit(found, caller, FACILITATOR)
    )
    parts = {part: getattr(command, part) for part in PARTS}
    after, facts = publish(session, parts, clock.now())
    return sessions.save(after, announcing=facts) if facts else session


def show_capsule(command, sessions):
    """Return the session whose capsule a member, present or absent, or the facilitator reads.

    Raises:
        SessionUnknown, CapsuleNotPublished, OwnFactorNeeded.
    """
    caller = command.caller
    session = sessions.get(
        caller.network, command.session_id, lambda found: admit(found, caller, *OF_THE_COHORT)
    )
    published_capsule(session)
    admit_to_text(caller)
    return session
