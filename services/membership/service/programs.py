"""Doors of programs, enrollments and formations."""

from services.kit.ask import ask
from services.kit.due import due
from services.membership import wiring
from services.membership.handlers import formations, programs
from services.membership.messages import program_answers as answers
from services.membership.messages import programs as asked


class ProgramDoors:
    """What people enroll in, and how they are split. The worker searches and commits (service/worker.py)."""

    clock = wiring.clock()
    people = wiring.people()
    programs = wiring.programs()
    launches = wiring.launches()
    enrollments = wiring.enrollments()
    processes = wiring.processes()
    formations = wiring.formations()
    cohorts = wiring.cohorts()
    role_holders = wiring.role_holders()
    together = wiring.together()

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

    @ask(asked.ListOfProgramSchema, answer=answers.enrollments_answer, write=False)
    def list_enrollments(self, query):
        return programs.list_enrollments(query, self.programs, self.enrollments)

    @due("processes")
    def on_process_due(self, aggregate_id, network, kind):
        programs.go_on_enrolling(
            aggregate_id,
            network,
            self.programs,
            self.processes,
            self.enrollments,
            self.together,
            self.clock,
        )

    @ask(asked.FormCohortsSchema, answer=answers.formation_answer)
    def form_cohorts(self, command):
        return formations.form_cohorts(command, self.programs, self.enrollments, self.formations, self.clock)

    @ask(asked.ListOfProgramSchema, answer=answers.formations_answer, write=False)
    def list_formations(self, query):
        return formations.list_formations(query, self.formations, self.programs)

    @ask(asked.NameFormationSchema, answer=answers.shown_formation_answer, write=False)
    def show_formation(self, query):
        return formations.show_formation(query, self.formations, self.people)

    @ask(asked.NameFormationSchema, answer=answers.formation_answer, lane="formation_id")
    def cancel_formation(self, command):
        return formations.cancel_formation(command, self.formations)

    @ask(asked.NameFormationSchema, answer=answers.formation_answer, lane="formation_id")
    def commit_formation(self, command):
        return formations.commit_formation(command, self.formations, self.programs, self.people, self.clock)
