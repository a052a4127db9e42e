"""Before a program is designed: forms, which of them suit, what an outcome proposes. Writes nothing."""

from services.kit.errors import NotFound
from services.membership.domain.form_choice import choose_forms as rank_forms
from services.membership.domain.outcomes import OUTCOMES
from services.membership.domain.proposals import propose
from services.membership.domain.rights import check_signed_in


def choose_forms(query):
    """Return all forms, ranked by what is meant. Raises: SignedInOnly."""
    check_signed_in(query.caller)
    return rank_forms(query.action, query.learning, query.kind, query.purpose, query.outcome)


def list_outcomes(query):
    """Return what a program can be built for. Raises: SignedInOnly."""
    check_signed_in(query.caller)
    return tuple(OUTCOMES.values())


def propose_design(query):
    """Return what one outcome proposes. Raises: SignedInOnly, FormUnknown. NotFound: no such outcome."""
    check_signed_in(query.caller)
    if query.outcome not in OUTCOMES:
        raise NotFound("there is no such outcome")
    return propose((query.outcome,), query.form)
