"""Doors of reporting lines. Other doors provide people and the clock."""

from typing import Any

from services.kit.ask import ask
from services.membership import wiring
from services.membership.handlers import lines
from services.membership.messages import lines as messages
from services.membership.messages.identity import NothingSchema


class LineDoors:
    """Who stands above whom."""

    apart = wiring.apart()
    people: Any
    clock: Any

    @ask(messages.ShowLinesSchema, answer=messages.upward_answer, write=False)
    def show_lines(self, query):
        return lines.show_lines(query, self.people)

    @ask(messages.CompareLinesSchema, answer=messages.between_answer, write=False)
    def compare_lines(self, query):
        return lines.compare_lines(query, self.people)

    @ask(NothingSchema, answer=messages.report_answer, write=False)
    def report_lines(self, query):
        return lines.report_lines(query, self.people, self.apart)

    @ask(messages.ListLineProblemsSchema, answer=messages.problems_answer, write=False)
    def list_line_problems(self, query):
        return lines.list_problems(query, self.people, self.apart)

    @ask(messages.ChangeManagersSchema, answer=messages.managers_answer, lane="person_id")
    def change_managers(self, command):
        return lines.change_managers(command, self.people, self.clock)
