"""One-time links: asked for, sent by mail, good for ten minutes and one use in the browser that asked."""

import hmac
from dataclasses import replace
from datetime import datetime, timedelta

from services.contracts.events.access import SignInLinkRequested
from services.membership.domain.accounts import Account, Belonging
from services.membership.domain.identity_refusals import LinkNotValid
from services.membership.domain.networks import FirstAdmin, Network
from services.membership.domain.sign_ins import SignIn, is_repeated, opened

LINK_LIFETIME = timedelta(minutes=10)
FIRST_LINK_LIFETIME = timedelta(hours=24)  # printed for the operator, who passes it on by hand
NOT_VALID = (
    "This link was used before, is too old, or was asked for in another browser. Ask for a new one here."
)


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


def finish(
    sign_in: SignIn, now: datetime, verifier_hash: str | None = None, request: str | None = None
) -> SignIn:
    """Open a sign-in whose link is in hand, in the browser that asked for it; the link is spent by it.

    Args:
        request: the key under which it is asked; the same one gets the same answer for a minute.

    Returns:
        The open sign-in; unchanged where this very request opened it before.

    Raises:
        LinkNotValid: the link was used before, is too old, or was asked for in another browser; which of
            these is not told, and a link refused here stays good where it was asked for.
    """
    is_theirs = sign_in.verifier_hash is None or hmac.compare_digest(
        sign_in.verifier_hash, verifier_hash or ""
    )
    is_new = sign_in.standing == "open" and sign_in.generation == 1
    if is_theirs and is_new and is_repeated(sign_in, sign_in.opened_at, request, now):
        return sign_in
    if sign_in.standing != "asked" or now >= sign_in.expires_at or not is_theirs:
        raise LinkNotValid(NOT_VALID)
    return replace(opened(sign_in, now), answered_as=request)
