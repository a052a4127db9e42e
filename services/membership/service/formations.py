"""Doors of formations. Other doors provide people, programs, cohorts, enrollments and the clock."""

from typing import Any

from services.kit.ask import ask
from services.membership import wiring
from services.membership.handlers import formations, workbench
from services.membership.messages import formation_answers as answers
from services.membership.messages import formations as asked
from services.membership.messages.programs import ListOfProgramSchema


class FormationDoors:
    """How the enrolled are split. The worker searches and commits (service/worker.py)."""

    formations = wiring.formations()
    shared_threads = wiring.shared_threads()
    apart = wiring.apart()
    clock: Any
    people: Any
    programs: Any
    enrollments: Any
    cohorts: Any

    @ask(asked.FormCohortsSchema, answer=answers.formation_answer)
    def form_cohorts(self, command):
        return formations.form_cohorts(command, self.programs, self.enrollments, self.formations, self.clock)

    @ask(asked.FormCohortsSchema, answer=answers.checked_answer, write=False)
    def check_formation(self, command):
        stores = (self.programs, self.enrollments, self.formations, self.people)
        return formations.check_formation(command, *stores, self.shared_threads, self.apart)

    @ask(ListOfProgramSchema, answer=answers.formations_answer, write=False)
    def list_formations(self, query):
        return formations.list_formations(query, self.formations, self.programs)

    @ask(asked.ShowFormationSchema, answer=answers.shown_formation_answer, write=False)
    def show_formation(self, query):
        return formations.show_formation(query, self.formations, self.people, self.enrollments)

    @ask(asked.NameFormationSchema, answer=answers.formation_answer, write=False)
    def show_progress(self, query):
        return formations.show_progress(query, self.formations)

    @ask(asked.CompareFormationsSchema, answer=answers.compared_answer, write=False)
    def compare_formations(self, query):
        return workbench.compare_formations(query, self.formations, self.people)

    @ask(asked.ExplainPlaceSchema, answer=answers.explained_answer, write=False)
    def explain_place(self, query):
        return workbench.explain_place(query, *self._stores())

    @ask(asked.MovePersonSchema, answer=answers.formation_answer, lane="formation_id")
    def move_person(self, command):
        return workbench.move_person(command, *self._stores())

    @ask(asked.LockPeopleSchema, answer=answers.formation_answer, lane="formation_id")
    def lock_people(self, command):
        return workbench.lock_people(command, self.formations)

    @ask(asked.NameFormationSchema, answer=answers.formation_answer, lane="formation_id")
    def cancel_formation(self, command):
        return formations.cancel_formation(command, self.formations)

    @ask(asked.NameFormationSchema, answer=answers.formation_answer, lane="formation_id")
    def commit_formation(self, command):
        return formations.commit_formation(command, self.formations, self.programs, self.people, self.clock)

    @ask(asked.PlanRotationSchema, answer=answers.rotation_answer, write=False)
    def plan_rotation(self, query):
        return workbench.plan_rotation(query, self.cohorts)

    def _stores(self):
        return self.formations, self.programs, self.people, self.enrollments, self.shared_threads
