"""The sponsor's report: frozen figures, and the ledger of everything ever released of a program.

Ledger and reports of a program are one document: asking what was released before and releasing more is one
write. A questionnaire's answers are counted in exactly one report; what closes later goes into the next.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.contracts.events.feedback import ReportPublished
from services.feedback.domain.figures import (
    all_in_one_band,
    mean,
    never_alike,
    people_band,
    rate_band,
)
from services.feedback.domain.periods import Period
from services.feedback.domain.questions import counted
from services.feedback.domain.rank import unmasked
from services.feedback.domain.refusals import NothingToReport, PeriodNotOver, PeriodOverlaps, WouldUnmask
from services.feedback.domain.release import Alike, Group, Part, group_of, shown_groups

STAFF, SPONSOR = "staff", "sponsor"
FEWEST = {STAFF: 3, SPONSOR: 5}
ATTENDANCE = "attendance"
TOO_FEW, PROTECTED = "too-few", "protected"


@dataclass(frozen=True)
class Figure:
    """One figure of one group, the program or a cohort. `subject` is a question's key or "attendance".

    Shown: `mean` or the percents `low`..`high`, and `people` as a band. Withheld: the reason, "too-few"
    (people) or "protected" (too much alike, or it would tell of others).
    """

    group: str
    subject: str
    mean: float | None = None
    low: int | None = None
    high: int | None = None
    people: str | None = None
    withheld: str | None = None


@dataclass(frozen=True)
class Leaf:
    """What one cohort contributes to a report.

    `answers` holds per question (participation, person, value); `attended` (attendance, person, 1 or 0).
    """

    cohort_id: str
    display_name: str
    answers: dict[str, tuple[tuple[str, str, int], ...]]
    attended: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Release:
    """That an audience was shown a figure on `subject` that sums up `parts`."""

    audience: str
    subject: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Report:
    """One period's figures, per audience, frozen. `groups` names the cohorts that had something to count."""

    id: str
    period: Period
    published_on: str
    questionnaires: tuple[str, ...]
    groups: tuple[tuple[str, str], ...]
    figures: dict[str, tuple[Figure, ...]]


@dataclass(frozen=True)
class Ledger:
    """A program's reports and everything they released."""

    id: str
    network: str
    program_id: str
    reports: tuple[Report, ...] = ()
    released: tuple[Release, ...] = ()
    revision: int = 0


def reported(ledger: Ledger) -> frozenset[str]:
    """Return the questionnaires that are counted already."""
    return frozenset(each for report in ledger.reports for each in report.questionnaires)


def check_period(ledger: Ledger, period: Period, today: date) -> Report | None:
    """Return the report on exactly this period when it is out, None when one may be published.

    Raises:
        PeriodNotOver: it ends after today.
        PeriodOverlaps: a report on part of it is out.
    """
    if period.last > today.isoformat():
        raise PeriodNotOver("This period is not over yet.")
    same = next((report for report in ledger.reports if report.period == period), None)
    if same is None and any(report.period.overlaps(period) for report in ledger.reports):
        raise PeriodOverlaps("A report on part of this period is published.")
    return same


def publish_report(
    ledger: Ledger,
    report_id: str,
    period: Period,
    questionnaires: Sequence[str],
    leaves: Sequence[Leaf],
    today: date,
) -> tuple[Ledger, tuple[ReportPublished, ...]]:
    """Freeze a period's figures for staff and sponsor.

    Args:
        questionnaires: those counted here, none of them counted before.
        leaves: what each cohort contributes.

    Raises:
        NothingToReport: there is no questionnaire.
        WouldUnmask: with what was released before, somebody could be told from the figures.
    """
    if not questionnaires:
        raise NothingToReport("No questionnaire of this program has closed since the last report.")
    staff, told_staff = _edition(STAFF, ledger.program_id, leaves, {})
    allowed = {subject: _shown_in(staff, subject) for subject in _subjects()}
    sponsor, told_sponsor = _edition(SPONSOR, ledger.program_id, leaves, allowed)
    released = (*ledger.released, *told_staff, *told_sponsor)
    _refuse_unmasking(released)
    report = Report(
        id=report_id,
        period=period,
        published_on=today.isoformat(),
        questionnaires=tuple(questionnaires),
        groups=tuple((leaf.cohort_id, leaf.display_name) for leaf in leaves),
        figures={STAFF: staff, SPONSOR: sponsor},
    )
    after = replace(ledger, reports=(*ledger.reports, report), released=released)
    return after, (_tell(ledger, report),)


def _subjects() -> tuple[str, ...]:
    return (ATTENDANCE, *(question.key for question in counted()))


def _edition(
    audience: str, program_id: str, leaves: Sequence[Leaf], allowed: dict[str, frozenset[str]]
) -> tuple[tuple[Figure, ...], tuple[Release, ...]]:
    figures: list[Figure] = []
    releases: list[Release] = []
    for subject in _subjects():
        tree = _tree(program_id, subject, leaves)
        alike: Alike = never_alike if subject == ATTENDANCE else all_in_one_band
        shown = shown_groups(tree, FEWEST[audience], alike, allowed.get(subject))
        for group in (tree, *tree.children):
            figures.append(_figure(group, subject, group.key in shown, FEWEST[audience]))
            if group.key in shown:
                releases.append(Release(audience, subject, group.parts))
    return tuple(figures), tuple(releases)


def _tree(program_id: str, subject: str, leaves: Sequence[Leaf]) -> Group:
    below = []
    for leaf in leaves:
        cases = leaf.attended if subject == ATTENDANCE else leaf.answers.get(subject, ())
        parts = tuple((part, person) for part, person, _ in cases)
        below.append(Group(leaf.cohort_id, parts, tuple(value for _, _, value in cases)))
    return group_of(program_id, below)


def _figure(group: Group, subject: str, is_shown: bool, k: int) -> Figure:
    count = len(group.people())
    if not is_shown:
        return Figure(group.key, subject, withheld=TOO_FEW if count < k else PROTECTED)
    if subject != ATTENDANCE:
        return Figure(group.key, subject, mean=mean(group.values), people=people_band(count))
    low, high = rate_band(group.values)
    return Figure(group.key, subject, low=low, high=high, people=people_band(count))


def _shown_in(figures: Iterable[Figure], subject: str) -> frozenset[str]:
    return frozenset(each.group for each in figures if each.subject == subject and each.withheld is None)


def _refuse_unmasking(released: Sequence[Release]) -> None:
    person_of = {part: person for release in released for part, person in release.parts}
    for subject in {release.subject for release in released}:
        about = [release for release in released if release.subject == subject]
        for audience, k in FEWEST.items():
            seen = [each for each in about if audience in (STAFF, each.audience)]
            vectors = [frozenset(part for part, _ in each.parts) for each in seen]
            if unmasked(vectors, person_of, k):
                raise WouldUnmask("With the figures released before, these would tell of too few people.")


def _tell(ledger: Ledger, report: Report) -> ReportPublished:
    return ReportPublished(
        network=ledger.network,
        report_id=report.id,
        program_id=ledger.program_id,
        period_from=report.period.first,
        period_to=report.period.last,
        standing="published",
    )
