"""Counting tries before anything is compared, alike for addresses that are known and that are not."""

from services.membership.domain.identity_refusals import TooManyGuesses, TooManyTries
from services.membership.domain.throttle import (
    LINKS_FROM_ORIGIN,
    LINKS_OF_DEVICE,
    LINKS_TO_ADDRESS,
    PASSWORDS_OF_ADDRESS,
    PASSWORDS_OF_DEVICE,
    PASSWORDS_OF_NETWORK,
    TRIES_FROM_NEIGHBOURS,
    TRIES_FROM_ORIGIN,
    places_of,
)


def count_origin(origin, throttles, now):
    """Count one try of an origin and of its neighbourhood. Raises: TooManyTries."""
    if not origin:
        return
    own, near = places_of(origin)
    if not throttles.take(TRIES_FROM_ORIGIN, own, now) or not throttles.take(
        TRIES_FROM_NEIGHBOURS, near, now
    ):
        raise TooManyTries("Too many tries from here. Wait a quarter of an hour.")


def count_password(command, address, device, throttles, now):
    """Count one try of a password; return what to give back when it turns out to be right.

    Args:
        device: of a browser in which this very account signed in before, its name; None for all others.

    Raises:
        TooManyGuesses: too many wrong ones for this address, or from this device.
        TooManyTries: too many in this network (or, when none is named, anywhere).
    """
    counted = (PASSWORDS_OF_DEVICE, device) if device else (PASSWORDS_OF_ADDRESS, address)
    if not throttles.take(*counted, now):
        raise TooManyGuesses(
            "Too many tries. Wait a day, or ask for a link by mail: it signs you in at once."
        )
    if not device and not throttles.take(PASSWORDS_OF_NETWORK, command.network or "", now):
        raise TooManyTries("Too many tries. Wait a quarter of an hour, or ask for a link by mail.")
    return counted


def may_send_link(command, address, device, throttles, now):
    """Count one link; True while one more may be sent. Too many are silently not sent."""
    if device:
        return throttles.take(LINKS_OF_DEVICE, device, now)
    here = f"{address} {places_of(command.origin)[0]}" if command.origin else None
    may = here is None or throttles.take(LINKS_FROM_ORIGIN, here, now)
    return may and throttles.take(LINKS_TO_ADDRESS, address, now)
