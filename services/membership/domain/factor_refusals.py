"""How own factors say no. All of it is said to the person signed in, about themselves."""

from services.kit.errors import Conflict, Forbidden, Invalid, NotFound


class OwnFactorNeeded(Forbidden):
    """This wants a factor of the person's own, proven a moment ago."""

    code = "own-factor-needed"


class FreshSignInNeeded(Forbidden):
    """The first factor of one's own is set right after signing in."""

    code = "fresh-sign-in-needed"


class FactorNotValid(Forbidden):
    """The code or the password is not the right one, or the code was used before."""

    code = "factor-not-valid"


class OneProofWanted(Invalid):
    """A proof is one thing: a code, a recovery code or the password."""

    code = "one-proof-wanted"


class NothingOffered(Conflict):
    """No authenticator waits for its first code, or no longer."""

    code = "nothing-offered"


class NoOwnFactor(Conflict):
    """There is no factor of one's own yet; the first one can be set at once."""

    code = "no-own-factor"


class NoAuthenticator(NotFound):
    code = "no-authenticator"


class NoResetWaiting(NotFound):
    code = "no-reset-waiting"
