"""How identity says no. None of these tells a stranger whether an address is known here."""

from services.kit.errors import Conflict, Forbidden, Invalid, NotFound


class LinkNotValid(Forbidden):
    """The link was used, is too old, or never was one."""

    code = "link-not-valid"


class SignInRefused(Forbidden):
    """Address and password do not belong together; which of the two is wrong is not told."""

    code = "sign-in-refused"


class SignInEnded(Forbidden):
    """This sign-in is over: signed out, too old, or its refresh token was used twice."""

    code = "sign-in-ended"


class TooManyTries(Forbidden):
    """Too many tries in a short time; the gateway answers 429."""

    code = "too-many-tries"


class TooManyGuesses(Forbidden):
    """Too many wrong passwords today; the gateway answers 429. A link by mail still signs in."""

    code = "too-many-guesses"


class PasswordTooWeak(Invalid):
    code = "password-too-weak"


class PresentPasswordNeeded(Forbidden):
    """A password is replaced by someone who knows it, or who has just signed in by link."""

    code = "present-password-needed"


class RoleNotAllowed(Invalid):
    code = "role-not-allowed"


class OwnAdminRole(Conflict):
    """A network keeps at least the admin who revokes."""

    code = "own-admin-role"


class SignInNeeded(Forbidden):
    """This is a person's own business: neither a partner system's, nor a link's, nor a stranger's."""

    code = "sign-in-needed"


class NotAnAdmin(Forbidden):
    code = "network-admin-only"


class NoSuchSignIn(NotFound):
    code = "no-such-sign-in"


class NotJoined(NotFound):
    code = "network-not-joined"


class NoSuchOffer(NotFound):
    """Nothing to accept: none, another's, withdrawn or run out; which of these is not told."""

    code = "no-such-offer"


class NoSuchMove(NotFound):
    code = "no-such-address-move"


class MoveNotOpen(Conflict):
    """The move of an address is done or stopped."""

    code = "address-move-over"


class AnswerUnknown(Invalid):
    code = "answer-unknown"


class SameAddress(Invalid):
    code = "same-address"


class NetworkSuspended(Forbidden):
    """The operator suspended the network; nobody of it gets in."""

    code = "network-suspended"


class StaysInNetwork(Forbidden):
    """A sign-in by one organization's provider reaches no other network and moves no sign-in address."""

    code = "stays-in-network"


class NoSuchNetwork(NotFound):
    code = "no-such-network"


class NoSuchRole(NotFound):
    code = "no-such-role"
