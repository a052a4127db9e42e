"""Sign-ins: one document from the asked-for link to the sign-out, so that each step is one write.

    asked  ──finish──►  open  ──refresh──►  open  ──►  ended (signed out, or a refresh token seen twice)
      └── too old: dead                └── too old: dead

A refresh token names its generation; only the newest is good. The one before it is answered with the same
successor for a few seconds, because two tabs refresh at once; later its return means that somebody copied it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.contracts.events import access
from services.contracts.events.membership import SignInLinkRequested
from services.membership.domain.accounts import Account, Belonging
from services.membership.domain.identity_refusals import LinkNotValid, SignInEnded
from services.membership.domain.networks import FirstAdmin, Network

LINK_LIFETIME = timedelta(minutes=10)
FIRST_LINK_LIFETIME = timedelta(hours=24)  # printed for the operator, who passes it on by hand
OPEN_LIFETIME = timedelta(days=30)
SAME_ANSWER_FOR = timedelta(seconds=10)
FRESH_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class SignIn:
    """One sign-in of one person.

    Args:
        way: "link" or "password".
        own_factor: what of the person's own proved this sign-in ("password", "totp", "recovery_code"); None
            while only a mailbox or an identity provider did. proven_at: when.
        standing: "asked", "open" or "ended".
        token_hash: SHA-256 of the one-time token while asked; None afterwards.
        expires_at: of the link while asked, of the whole sign-in once open.
        generation: of the newest refresh token, counted from 1.
        ended_because: "signed-out" or "refresh-token-reused".
    """

    id: str
    network: str
    person_id: str
    account_id: str
    way: str
    standing: str
    asked_at: datetime
    expires_at: datetime
    token_hash: str | None = None
    opened_at: datetime | None = None
    refreshed_at: datetime | None = None
    generation: int = 0
    ended_at: datetime | None = None
    ended_because: str | None = None
    own_factor: str | None = None
    proven_at: datetime | None = None
    revision: int = 0

    def is_open(self, now: datetime) -> bool:
        return self.standing == "open" and now < self.expires_at


def ask_for_link(
    sign_in_id: str, account: Account, belonging: Belonging, sealed: str, token_hash: str, now: datetime
) -> tuple[SignIn, tuple[SignInLinkRequested, ...]]:
    """Prepare a sign-in by link.

    Args:
        sealed: the one-time token, sealed; it goes into the fact for notifications and is not kept.

    Returns:
        (sign_in, facts): what to keep (the token's hash alone) and the fact that has the link sent.
    """
    sign_in = prepared_link(sign_in_id, account.id, belonging, token_hash, now)
    fact = SignInLinkRequested(
        network=belonging.network,
        link_id=sign_in_id,
        person_id=belonging.person_id,
        email=account.address,
        token=sealed,
        expires_at=sign_in.expires_at,
    )
    return sign_in, (fact,)


def prepared_link(
    sign_in_id: str, account_id: str, belonging: Belonging, token_hash: str, now: datetime
) -> SignIn:
    """Return a sign-in waiting for the holder of its link, good for ten minutes and one use."""
    return SignIn(
        id=sign_in_id,
        network=belonging.network,
        person_id=belonging.person_id,
        account_id=account_id,
        way="link",
        standing="asked",
        asked_at=now,
        expires_at=now + LINK_LIFETIME,
        token_hash=token_hash,
    )


def first_link(admin: FirstAdmin, network: Network, account_id: str) -> SignIn:
    """Return the sign-in of a new network's admin, whose link the operator was shown."""
    belonging = Belonging(network.id, network.admin_person_id)
    link = prepared_link(admin.sign_in_id, account_id, belonging, admin.token_hash, network.created_at)
    return replace(link, expires_at=network.created_at + FIRST_LINK_LIFETIME)


def finish(sign_in: SignIn, now: datetime) -> SignIn:
    """Open a sign-in whose link is in hand; the link is spent by it.

    Raises:
        LinkNotValid: the link was used before, or is too old.
    """
    if sign_in.standing != "asked" or now >= sign_in.expires_at:
        raise LinkNotValid("This link was used before or is too old. Ask for a new one.")
    return _opened(sign_in, now)


def open_by_password(sign_in_id: str, account: Account, belonging: Belonging, now: datetime) -> SignIn:
    """Return an open sign-in for a password that was right."""
    asked = prepared_link(sign_in_id, account.id, belonging, "", now)
    return _opened(replace(asked, way="password"), now)


def refresh(sign_in: SignIn, generation: int, now: datetime) -> SignIn:
    """Move on to the next refresh token.

    Args:
        generation: that the presented token names; its authenticity was checked before.

    Returns:
        The sign-in as it stands after. Unchanged when the token before the newest comes again within
        `SAME_ANSWER_FOR`; ended when a token comes again later: the whole family is revoked.

    Raises:
        SignInEnded: it was over before.
    """
    if not sign_in.is_open(now):
        raise SignInEnded("This sign-in is over. Sign in again.")
    if generation == sign_in.generation:
        return replace(sign_in, generation=generation + 1, refreshed_at=now)
    if generation == sign_in.generation - 1 and _was_just_refreshed(sign_in, now):
        return sign_in
    return end(sign_in, "refresh-token-reused", now)


def end(sign_in: SignIn, because: str, now: datetime) -> SignIn:
    """Return the sign-in ended; one that is over already stays as it is."""
    if sign_in.standing == "ended":
        return sign_in
    return replace(sign_in, standing="ended", token_hash=None, ended_at=now, ended_because=because)


def told_ended(sign_in: SignIn) -> tuple[access.SignInEnded, ...]:
    """Return what gateways must hear of a sign-in as it was just saved: that it is over, when it is."""
    if sign_in.standing != "ended":
        return ()
    return (access.SignInEnded(sign_in.network, sign_in.id, sign_in.person_id, sign_in.standing),)


def is_fresh_link(sign_in: SignIn, now: datetime) -> bool:
    """True when the person has just shown that the mailbox is theirs."""
    return (
        sign_in.way == "link"
        and sign_in.is_open(now)
        and sign_in.opened_at is not None
        and now - sign_in.opened_at <= FRESH_FOR
    )


def _opened(sign_in: SignIn, now: datetime) -> SignIn:
    return replace(
        sign_in,
        standing="open",
        token_hash=None,
        opened_at=now,
        refreshed_at=now,
        generation=1,
        expires_at=now + OPEN_LIFETIME,
    )


def _was_just_refreshed(sign_in: SignIn, now: datetime) -> bool:
    return sign_in.refreshed_at is not None and now - sign_in.refreshed_at <= SAME_ANSWER_FOR
