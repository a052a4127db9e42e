"""Ids that follow from what they name, so that repeating a step makes nothing twice (MECHANISMS P2)."""

import hashlib

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # the alphabet of kit/ids.py


def derived_id(prefix: str, *parts: str) -> str:
    """Return `prefix_` and 26 characters that follow from `parts` alone.

    Args:
        prefix: the kind, as in `per`.
        parts: what names the thing, outermost first: network, then its external key. A part may hold any
            text; ("a", "bc") and ("ab", "c") give different ids.
    """
    spelled = "".join(f"{len(part)}:{part}" for part in parts)
    number = int.from_bytes(hashlib.sha256(spelled.encode()).digest()[:16], "big")
    digits = []
    for _ in range(26):
        number, digit = divmod(number, 32)
        digits.append(_ALPHABET[digit])
    return f"{prefix}_{''.join(reversed(digits))}"
