"""How feedback says no. Unknown and forbidden are one and the same not-found."""

from services.kit.errors import Conflict, Invalid, NotFound


class QuestionnaireUnknown(NotFound):
    """No questionnaire by that id, or none this caller may know of; worded as the store words the former."""

    def __init__(self) -> None:
        super().__init__("there is no such questionnaire")


class ReportUnknown(NotFound):
    """No report by that id, or none this caller may know of."""

    def __init__(self) -> None:
        super().__init__("there is no such report")


class ProgramUnknown(NotFound):
    """No program by that id, or none this caller may know of."""

    def __init__(self) -> None:
        super().__init__("there is no such program")


class QuestionnaireClosed(Conflict):
    """Answers, changes and withdrawals end when the questionnaire closes."""

    code = "questionnaire-closed"


class BadAnswers(Invalid):
    """An answer is missing, unknown or off its scale."""

    code = "bad-answers"


class BadPeriod(Invalid):
    """Not a period: a month 2027-01, a quarter 2027-Q1, or from/to."""

    code = "bad-period"


class PeriodNotOver(Conflict):
    """A period's figures are published when it is over, not before."""

    code = "period-not-over"


class PeriodOverlaps(Conflict):
    """A report on part of this period is out; published figures are frozen."""

    code = "period-overlaps"


class QuestionnairesClosing(Conflict):
    """A questionnaire has just been closed and is being settled; a moment's patience."""

    code = "questionnaires-closing"


class NothingToReport(Conflict):
    """No questionnaire of this program closed in or before the period without being reported."""

    code = "nothing-to-report"


class WouldUnmask(Conflict):
    """Together with what was released before, these figures would tell of fewer people than they may."""

    code = "would-unmask"
