"""Doors of programs and enrollments."""

from typing import Any

from services.kit.ask import ask
from services.kit.due import due
from services.membership import wiring
from services.membership.handlers import programs
from services.membership.messages import program_answers as answers
from services.membership.messages import programs as asked


class ProgramDoors:
    """What people enroll in."""

    clock = wiring.clock()
    people = wiring.people()
    programs = wiring.programs()
    launches = wiring.launches()
    enrollments = wiring.enrollments()
    processes = wiring.processes()
    cohorts = wiring.cohorts()
    role_holders = wiring.role_holders()
    together = wiring.together()
    _enrollment_ports: Any  # of the doors of enrollment

    @ask(asked.DesignProgramSchema, answer=answers.program_answer)
    def design_program(self, command):
        return programs.design_program(command, self.programs, self.clock)

    @ask(asked.ListProgramsSchema, answer=answers.programs_answer, write=False)
    def list_programs(self, query):
        return programs.list_programs(query, self.programs)

    @ask(asked.ShowProgramSchema, answer=answers.program_answer, write=False)
    def show_program(self, query):
        return programs.show_program(query, self.programs)

    @ask(asked.ChangeProgramSchema, answer=answers.program_answer, lane="program_id")
    def change_program(self, command):
        return programs.change_program(command, self.programs, self.cohorts, self.clock)

    @ask(asked.EnrollPeopleSchema, answer=answers.enrolling_answer)
    def enroll_people(self, command):
        return programs.enroll_people(
            command,
            self.programs,
            self.launches,
            self.people,
            self.role_holders,
            self.processes,
            self.clock,
        )

    @ask(asked.ShowEnrollingSchema, answer=answers.enrolling_answer, write=False)
    def show_enrolling(self, query):
        return programs.show_enrolling(query, self.processes)

    @due("processes")
    def on_process_due(self, aggregate_id, network, kind):
        ports = self._enrollment_ports()
        programs.go_on_enrolling(aggregate_id, network, self.processes, ports, self.together)
