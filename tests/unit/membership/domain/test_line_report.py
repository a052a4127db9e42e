"""What is wrong with lines is told, and lines over which no rule can be kept are refused."""

from datetime import timedelta

import pytest

from services.membership.domain.line_report import (
    LineTooDeep,
    ManagerCircle,
    check_managers,
    report_lines,
)
from services.membership.domain.lines import Stated
from services.membership.domain.people import OwnManager
from tests.builders.identity import MORNING


def test_circles_and_managers_who_are_not_here_are_told_and_those_below_counted():
    lines = {"ada": ("bo", "ghost"), "bo": ("ada",), "cy": ("ada",), "gone": ("ada",)}

    report = report_lines(lines, ["ada", "bo", "cy", "dee"])

    assert [(one.code, one.people, one.manager_id) for one in report.problems] == [
        ("manager-circle", ("ada", "bo"), None),
        ("manager-not-here", ("ada",), "ghost"),
    ]
    assert (report.people, report.reporting, report.lines, report.levels) == (4, 3, 4, 2)


def test_managers_below_the_person_are_refused_at_any_depth():
    with pytest.raises(ManagerCircle):
        check_managers("ada", ["cy"], {"cy": ("bo",), "bo": ("ada",)})
    with pytest.raises(OwnManager):
        check_managers("ada", ["ada"], {})
    check_managers("ada", ["cy", "bo"], {"cy": ("bo",)})


def test_more_levels_than_any_house_has_are_refused():
    deep = {f"p{number}": (f"p{number + 1}",) for number in range(50)}

    check_managers("ada", ["p1"], deep)
    with pytest.raises(LineTooDeep):
        check_managers("ada", ["p0"], deep)


def test_a_line_stated_again_keeps_who_said_it_first():
    first = Stated("import", "imp_1", MORNING).lines(("bo",), ())

    both = Stated("hr", "cli_1", MORNING + timedelta(days=9)).lines(("cy", "bo"), first)

    assert [(line.manager_id, line.source, line.since) for line in both] == [
        ("cy", "hr", MORNING + timedelta(days=9)),
        ("bo", "import", MORNING),
    ]
