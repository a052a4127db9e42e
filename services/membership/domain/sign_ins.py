"""Sign-ins: one document from the asked-for link to the sign-out, so that each step is one write.

    asked  ──finish──►  open  ──refresh──►  open  ──►  ended (signed out, or a refresh token seen twice)
      └── too old: dead                └── too old: dead     ended (exchanged: another sign-in went on for it)

A refresh token names its generation; only the newest is good. The one before it is answered with the same
successor for a few seconds, because two tabs refresh at once; later its return means that somebody copied it.
Whoever did not get the answer repeats the request under its own key, and gets the same tokens for a minute.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.contracts.events import access
from services.membership.domain.accounts import Account, Belonging
from services.membership.domain.identity_refusals import SignInEnded

OPEN_LIFETIME = timedelta(days=30)
SAME_ANSWER_FOR = timedelta(seconds=10)
REPEATED_FOR = timedelta(minutes=1)  # the same request, whose answer was lost
FRESH_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class SignIn:
    """One sign-in of one person.

    Args:
        way: "link", "password" or "connection" (an organization's own provider).
        own_factor: what of the person's own proved this sign-in ("password", "totp", "recovery_code"); None
            while only a mailbox or an identity provider did. proven_at: when.
        standing: "asked", "open" or "ended".
        token_hash: SHA-256 of the one-time token, spent or not; None where there was no link, or it is over.
        verifier_hash: SHA-256 of what the asking browser keeps: without it the link opens nothing; None for a
            link that no browser asked for (the operator's first one).
        device: what signed in, in the gateway's few words; for the person's own list.
        roles: those the sign-in was given out with; None for one that never refreshed since this is kept.
        successor: the id under which this sign-in goes on.
        may_begin_factors: whether it may set the first own factor; a provider's word may not where the person
            has a mailbox to come by.
        answered_as: key of the request that got the newest refresh token; by it a repetition is told.
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
    answered_as: str | None = None
    arrival_id: str | None = None
    may_begin_factors: bool = True
    revision: int = 0

    def is_open(self, now: datetime) -> bool:
        return self.standing == "open" and now < self.expires_at


def begin(sign_in_id: str, account_id: str, belonging: Belonging, way: str, now: datetime) -> SignIn:
    """Return an open sign-in for which no link had to be sent."""
    asked = SignIn(
        id=sign_in_id,
        network=belonging.network,
        person_id=belonging.person_id,
        account_id=account_id,
        way=way,
        standing="asked",
        asked_at=now,
        expires_at=now,
    )
    return opened(asked, now)


def open_by_password(
    sign_in_id: str, account: Account, belonging: Belonging, proof: str | None, now: datetime
) -> SignIn:
    """Return an open sign-in for a password that was right; `proof`: what of the person's own it proves."""
    begun = begin(sign_in_id, account.id, belonging, "password", now)
    return replace(begun, own_factor=proof, proven_at=now if proof else None)


def opened(sign_in: SignIn, now: datetime) -> SignIn:
    """Return the sign-in open, its first refresh token the newest."""
    return replace(
        sign_in,
        standing="open",
        opened_at=now,
        refreshed_at=now,
        generation=1,
        expires_at=now + OPEN_LIFETIME,
    )


def refresh(sign_in: SignIn, generation: int, now: datetime, request: str | None = None) -> SignIn:
    """Move on to the next refresh token.

    Args:
        generation: that the presented token names; its authenticity was checked before.
        request: the key under which it is asked.

    Returns:
        The sign-in as it stands after. Unchanged when the token before the newest comes again within
        `SAME_ANSWER_FOR`, or the very request that spent it within `REPEATED_FOR`; ended when a token comes
        again otherwise: the whole family is revoked.

    Raises:
        SignInEnded: it was over before.
    """
    if not sign_in.is_open(now):
        raise SignInEnded("This sign-in is over. Sign in again.")
    if generation == sign_in.generation:
        return replace(sign_in, generation=generation + 1, refreshed_at=now, answered_as=request)
    if generation == sign_in.generation - 1 and _is_answered_again(
        sign_in, sign_in.refreshed_at, request, now
    ):
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


def is_exchanged_again(sign_in: SignIn, generation: int, now: datetime, request: str | None = None) -> bool:
    """True where a refresh that exchanged the sign-in comes again: by another tab at once, or repeated."""
    again = _is_answered_again(sign_in, sign_in.ended_at, request, now)
    return sign_in.successor is not None and generation == sign_in.generation and again


def is_repeated(sign_in: SignIn, since: datetime | None, request: str | None, now: datetime) -> bool:
    """True for the request that was answered `since`, come again because its answer was lost."""
    asked_so = request is not None and request == sign_in.answered_as
    return asked_so and since is not None and now - since <= REPEATED_FOR


def _is_answered_again(sign_in: SignIn, since: datetime | None, request: str | None, now: datetime) -> bool:
    just = since is not None and now - since <= SAME_ANSWER_FOR
    return just or is_repeated(sign_in, since, request, now)
