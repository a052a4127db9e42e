"""A cohort's own ground rules, beside the Keys: worded by who runs it, signed by everybody, old ones kept.

Another wording is another version of the cohort's agreement, to be signed anew; until everyone present has,
topics stay closed (sessions' gate). Mending typing errors is no other version, and may not say anything else.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from difflib import SequenceMatcher

from services.contracts.events.cohorts import CohortState
from services.kit.errors import Conflict, Forbidden, Invalid
from services.membership.domain.agreements import PRESENT, Wording
from services.membership.domain.cohorts import Cohort, NotOfTheCohort, told_agreement

MOST_RULES, MOST_WORDINGS = 10, 50
ALIKE = 0.85  # of letters in order: what typing errors leave


class NotYoursToWord(Forbidden):
    """Who leads the cohort words its rules; where nobody does, its members."""

    code = "not-yours-to-word"


class NotATypingError(Invalid):
    """The words say something else than those that were signed."""

    code = "not-a-typing-error"


class TooManyWordings(Conflict):
    code = "too-many-wordings"


def word_rules(
    cohort: Cohort, person_id: str | None, rules: Sequence[str], now: datetime, *, only_typing_errors: bool
) -> tuple[Cohort, tuple[CohortState, ...]]:
    """Return the cohort with these rules of its own, and what to announce; the same again changes nothing.

    Args:
        rules: sentences, in order; none takes the own rules back.
        only_typing_errors: signatures stay, because nothing else is said.

    Raises:
        NotOfTheCohort: neither member nor facilitator. NotYoursToWord: somebody else leads.
        NotATypingError: with the pointer of the rule. TooManyWordings: fifty were kept.
    """
    if person_id is None or not (cohort.has_member(person_id) or cohort.has_facilitator(person_id)):
        raise NotOfTheCohort("there is no such cohort")
    if cohort.facilitators and not cohort.has_facilitator(person_id):
        raise NotYoursToWord("who facilitates your cohort words its rules")
    wanted = tuple(rule.strip() for rule in rules)
    if wanted == cohort.own_rules:
        return cohort, ()
    if only_typing_errors:
        _check_alike(cohort.own_rules, wanted)
        mended = replace(cohort.wordings[-1], rules=wanted)
        return replace(cohort, wordings=(*cohort.wordings[:-1], mended)), ()
    if len(cohort.wordings) >= MOST_WORDINGS:
        raise TooManyWordings(f"the rules of a cohort are worded {MOST_WORDINGS} times at most")
    version = f"{PRESENT}+{len(cohort.wordings) + 1}"
    worded = Wording(version, wanted, person_id, now)
    after = replace(cohort, wordings=(*cohort.wordings, worded), agreement_version=version, signed_by=())
    return after, (told_agreement(after),)


def new_since(cohort: Cohort, person_id: str | None) -> tuple[str, ...]:
    """Return the own rules that were not among those somebody signed last; all where they signed none."""
    signed = [one.version for one in cohort.signatures if one.person_id == person_id]
    if not signed:
        return cohort.own_rules
    known = next((one.rules for one in cohort.wordings if one.version == signed[-1]), ())
    return tuple(rule for rule in cohort.own_rules if rule not in known)


def _check_alike(before: Sequence[str], after: Sequence[str]) -> None:
    if len(before) != len(after):
        raise _something_else("/rules", "has another number of rules")
    for place, (old, new) in enumerate(zip(before, after, strict=True)):
        if SequenceMatcher(None, old.casefold(), new.casefold()).ratio() < ALIKE:
            raise _something_else(f"/rules/{place}", "says something else than what was signed")


def _something_else(pointer: str, detail: str) -> NotATypingError:
    words = "this is more than a typing error: have it signed anew"
    return NotATypingError(words, errors=[{"pointer": pointer, "detail": detail}])
