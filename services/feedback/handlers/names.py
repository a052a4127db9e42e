"""Ids of what follows from something else: the same cause, the same name; repeating makes nothing new.

They are hashes, so that neither the order nor the time of making stands in them (SECURITY 1.15).
"""

import hashlib

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 26


def questionnaire_id(network, session_id):
    """Return the id of the questionnaire after a session."""
    return _name("qst", network, session_id)


def participation_id(questionnaire, person_id):
    """Return the id of one person's part in a questionnaire."""
    return _name("par", questionnaire, person_id)


def ledger_id(network, program_id):
    """Return the id of a program's ledger."""
    return _name("led", network, program_id)


def _name(prefix, *parts):
    number = int.from_bytes(hashlib.sha256("\x1f".join(parts).encode()).digest())
    digits = "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_LENGTH))
    return f"{prefix}_{digits}"
