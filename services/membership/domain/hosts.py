"""Who acts for a cohort: who leads it, its members where nobody does, and staff who are strangers to it."""

from services.contracts.caller import Caller
from services.membership.domain.cohorts import Cohort
from services.membership.domain.rights import is_staff


def is_host(caller: Caller, cohort: Cohort) -> bool:
    """True for these; staff who belong to the cohort, or are in a line of it, have no right beside that."""
    if cohort.has_facilitator(caller.person_id):
        return True
    if cohort.has_member(caller.person_id):
        return not cohort.facilitators
    return is_staff(caller) and caller.person_id not in cohort.barred
