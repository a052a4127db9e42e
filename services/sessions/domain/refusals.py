"""How sessions says no. Unknown and forbidden sessions are one and the same not-found."""

from services.kit.errors import Conflict, Forbidden, Invalid, NotFound


class SessionUnknown(NotFound):
    """No session by that id, or none this caller may know of; worded as the store words the former."""

    def __init__(self) -> None:
        super().__init__("there is no such session")


class CohortUnknown(NotFound):
    """No cohort by that id, or none this caller may know of."""

    def __init__(self) -> None:
        super().__init__("there is no such cohort")


class AgendaUnknown(NotFound):
    """No form by that key."""

    def __init__(self) -> None:
        super().__init__("there is no such form")


class CommitmentUnknown(NotFound):
    """No commitment by that id, or none this caller may know of."""

    def __init__(self) -> None:
        super().__init__("there is no such commitment")


class CapsuleNotPublished(NotFound):
    """The session has no published capsule yet."""

    code = "capsule-not-published"


class NotInvited(Forbidden):
    """The caller may see the session and is not on its roster, as far as this service has heard."""

    code = "not-invited"


class OwnFactorNeeded(Forbidden):
    """What was said in confidence is shown to who proved by a factor of their own that it is they."""

    code = "own-factor-needed"


class SessionStarted(Conflict):
    """Too late to answer: the session began."""

    code = "session-started"


class SessionWasCancelled(Conflict):
    """The session does not take place."""

    code = "session-cancelled"


class SessionHeld(Conflict):
    """The session waits until the program's staff have looked at who sits in the cohort; why is not said."""

    code = "session-held"


class SessionNotOpen(Conflict):
    """The session has not been opened."""

    code = "session-not-open"


class SessionNotClosed(Conflict):
    """The session is still running: it is summarised after it is closed."""

    code = "session-not-closed"


class SessionSummarised(Conflict):
    """The session is summarised: its record is final."""

    code = "session-summarised"


class AgreementNotSigned(Conflict):
    """Somebody present has not signed the present agreement: everything beyond the start stays closed."""

    code = "agreement-not-signed"


class AttendanceMissing(Conflict):
    """Nobody is marked present, so nobody is known to have agreed."""

    code = "attendance-missing"


class NotOfThisCohort(Invalid):
    """A named person is not a member of the session's cohort."""

    code = "not-a-member"


class BadCommitment(Invalid):
    """A commitment needs words, a day to come and a buddy from the cohort."""

    code = "bad-commitment"


class TooManyCommitments(Conflict):
    """One member holds as many commitments from this session as anyone can keep."""

    code = "too-many-commitments"


class CapsuleIncomplete(Invalid):
    """One of the four parts is missing."""

    code = "capsule-incomplete"


class CapsulePublishedAlready(Conflict):
    """The capsule is out; another text would be another capsule."""

    code = "capsule-published"
