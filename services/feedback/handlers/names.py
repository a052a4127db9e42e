"""Ids of what follows from something else: the same cause, the same name; repeating makes nothing new.

They are hashes, so that neither the order nor the time of making stands in them (SECURITY 1.15).
"""

from services.kit.ids import derived_id


def questionnaire_id(network, session_id):
    """Return the id of the questionnaire after a session."""
    return derived_id("qst", network, session_id)


def participation_id(questionnaire, person_id):
    """Return the id of one person's part in a questionnaire."""
    return derived_id("par", questionnaire, person_id)


def ledger_id(network, program_id):
    """Return the id of a program's ledger."""
    return derived_id("led", network, program_id)
