"""Publishing and reading reports."""

from services.feedback.domain import reports
from services.feedback.domain.access import admit_staff, audience_of
from services.feedback.domain.periods import read_period
from services.feedback.domain.questionnaire import CLOSED, CLOSING, GIVEN
from services.feedback.domain.questions import counted
from services.feedback.domain.refusals import ProgramUnknown, QuestionnairesClosing, ReportUnknown
from services.feedback.messages.answers import Filed, Listed
from services.kit.ids import new_id


def publish_report(
    command, ledgers, questionnaires, participations, answers, sessions, cohorts, programs, clock
):
    """Carry out a `PublishReport` of staff: freeze the figures, in one write with the ledger that was asked.

    Publishing the same period again returns the report that is out.
    """
    caller, today = command.caller, clock.now().date()
    admit_staff(caller)
    ledger = ledgers.of_program(caller.network, command.program_id)
    if ledger is None:
        raise ProgramUnknown
    name = programs.display_name(ledger.network, ledger.program_id)
    period = read_period(command.span())
    same = reports.check_period(ledger, period, today)
    if same is not None:
        return Filed(same, ledger, name)
    batch = _unreported(ledger, period, questionnaires)
    leaves = [
        _leaf(ledger.network, cohort_id, of_cohort, participations, answers, sessions, cohorts)
        for cohort_id, of_cohort in _by_cohort(batch).items()
    ]
    ids = [questionnaire.id for questionnaire in batch]
    after, facts = reports.publish_report(ledger, new_id("rep"), period, ids, leaves, today)
    filed = Filed(after.reports[-1], after, name)
    ledgers.save(after, announcing=facts, answering=filed)
    return filed


def show_report(query, ledgers, programs):
    """Return a report to staff or sponsors."""
    caller = query.caller
    audience_of(caller)
    ledger = ledgers.of_report(caller.network, query.report_id)
    if ledger is None:
        raise ReportUnknown
    report = next(each for each in ledger.reports if each.id == query.report_id)
    return Filed(report, ledger, programs.display_name(ledger.network, ledger.program_id))


def list_reports(query, ledgers, programs):
    """Return the reports of one or all programs to staff or sponsors, a page of programs at a time."""
    caller = query.caller
    audience_of(caller)
    page = ledgers.page_with_reports(caller.network, query.program_id, query.limit, query.after)
    return Listed(
        [
            Filed(report, ledger, programs.display_name(ledger.network, ledger.program_id))
            for ledger in page.items
            for report in ledger.reports
        ],
        page.next,
    )


def _unreported(ledger, period, questionnaires):
    counted_before = reports.reported(ledger)
    fresh = [
        each
        for each in questionnaires.of_program(ledger.network, ledger.program_id)
        if each.id not in counted_before and each.closed_on and each.closed_on <= period.last
    ]
    if any(each.standing == CLOSING for each in fresh):
        raise QuestionnairesClosing("A questionnaire is just being closed; try again in a moment.")
    return sorted((each for each in fresh if each.standing == CLOSED), key=lambda each: each.id)


def _by_cohort(batch):
    grouped: dict[str, list] = {}
    for questionnaire in batch:
        grouped.setdefault(questionnaire.cohort_id, []).append(questionnaire)
    return dict(sorted(grouped.items()))


def _leaf(network, cohort_id, questionnaires, participations, answers, sessions, cohorts):
    """Gather what one cohort contributes; whose answer is whose is known in here only, and kept nowhere."""
    given = [
        (part, mine)
        for questionnaire in questionnaires
        for part in participations.in_questionnaire(network, questionnaire.id)
        if part.standing == GIVEN and (mine := answers.mine(part)) is not None
    ]
    return reports.Leaf(
        cohort_id=cohort_id,
        display_name=cohorts.display_name(network, cohort_id),
        answers={
            question.key: tuple((part.id, part.person_id, mine[question.key]) for part, mine in given)
            for question in counted()
        },
        attended=tuple(
            (f"{each.session_id}:{person_id}", person_id, int(came))
            for each in questionnaires
            for person_id, came in sorted(sessions.attendance(network, each.session_id).items())
        ),
    )
