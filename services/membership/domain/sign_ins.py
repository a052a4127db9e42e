"""Sign-ins: one document from the asked-for link to the sign-out, so that each step is one write.

    asked  ──finish──►  open  ──refresh──►  open  ──►  ended (signed out, or a refresh token seen twice)
      └── too old: dead                └── too old: dead     ended (exchanged: another sign-in went on for it)

A refresh token names its generation; only the newest is good. The one before it is answered with the same
successor for a few seconds, because two tabs refresh at once; later its return means that somebody copied it.
"""

import hmac
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
NOT_VALID = (
    "This link was used before, is too old, or was asked for in another browser. Ask for a new one here."
)


@dataclass(frozen=True)
class SignIn:
    """One sign-in of one person.

    Args:
        way: "link", "password" or "connection" (an organization's own provider).
        own_factor: what of the person's own proved this sign-in ("password", "totp", "recovery_code"); None
            while only a mailbox or an identity provider did. proven_at: when.
        standing: "asked", "open" or "ended".
        token_hash: SHA-256 of the one-time token while asked; None afterwards.
        verifier_hash: SHA-256 of what the asking browser keeps: without it the link opens nothing; None for a
            link that no browser asked for (the operator's first one).
        device: what signed in, in the gateway's few words; for the person's own list.
        roles: those the sign-in was given out with; None for one that never refreshed since this is kept.
        successor: the id under which this sign-in goes on.
        may_begin_factors: whether it may set the first own factor; a provider's word may not where the person
            has a mailbox to come by.
        arrival_id: under which the provider's ID token is kept, for who came by a connection.
        expires_at: of the link while asked, of the whole sign-in once open.
        generation: of the newest refresh token, counted from 1.
        ended_because: "signed-out", "refresh-token-reused", "asked-again", "exchanged", "stepped-up"
            or "revoked".
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
    verifier_hash: str | None = None
    device: str = ""
    roles: tuple[str, ...] | None = None
    successor: str | None = None
    arrival_id: str | None = None
    may_begin_factors: bool = True
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


def finish(sign_in: SignIn, now: datetime, verifier_hash: str | None = None) -> SignIn:
    """Open a sign-in whose link is in hand, in the browser that asked for it; the link is spent by it.

    Raises:
        LinkNotValid: the link was used before, is too old, or was asked for in another browser; which of
            these is not told, and a link refused here stays good where it was asked for.
    """
    is_theirs = sign_in.verifier_hash is None or hmac.compare_digest(
        sign_in.verifier_hash, verifier_hash or ""
    )
    if sign_in.standing != "asked" or now >= sign_in.expires_at or not is_theirs:
        raise LinkNotValid(NOT_VALID)
    return _opened(sign_in, now)


def open_by_password(
    sign_in_id: str, account: Account, belonging: Belonging, proof: str | None, now: datetime
) -> SignIn:
    """Return an open sign-in for a password that was right; `proof`: what of the person's own it proves."""
    asked = prepared_link(sign_in_id, account.id, belonging, "", now)
    opened = _opened(replace(asked, way="password"), now)
    return replace(opened, own_factor=proof, proven_at=now if proof else None)


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


def exchange(
    sign_in: SignIn, new_id: str, now: datetime, belonging: Belonging | None = None
) -> tuple[SignIn, SignIn]:
    """Let a sign-in go on under a new id: after a step up, a change of roles, or into another network.

    Args:
        new_id: random; whoever fixed or knows the old id holds nothing any more (SECURITY 1.18).
        belonging: who it is from now on, when not the same person.

    Returns:
        (successor, the old one as ended); neither how it was proven nor when it ends is changed by it.
    """
    there = belonging or Belonging(sign_in.network, sign_in.person_id)
    successor = replace(
        sign_in,
        id=new_id,
        network=there.network,
        person_id=there.person_id,
        token_hash=None,
        generation=1,
        refreshed_at=now,
        roles=None,
        revision=0,
    )
    ended = end(sign_in, "exchanged", now)
    return successor, replace(ended, successor=new_id)


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


def step_up(sign_in: SignIn, new_id: str, proof: str, now: datetime) -> tuple[SignIn, SignIn]:
    """Let a sign-in go on under a new id because its person proved by `proof` that it is they.

    Returns:
        As `exchange`; but no token of the old one leads to the successor, not even for a moment.
    """
    successor, ended = exchange(sign_in, new_id, now)
    return (
        replace(successor, own_factor=proof, proven_at=now),
        replace(ended, successor=None, ended_because="stepped-up"),
    )


def was_just_exchanged(sign_in: SignIn, generation: int, now: datetime) -> bool:
    """True for the second of two tabs that refresh at once when the first exchanged the sign-in."""
    just = sign_in.ended_at is not None and now - sign_in.ended_at <= SAME_ANSWER_FOR
    return sign_in.successor is not None and generation == sign_in.generation and just


def _was_just_refreshed(sign_in: SignIn, now: datetime) -> bool:
    return sign_in.refreshed_at is not None and now - sign_in.refreshed_at <= SAME_ANSWER_FOR
