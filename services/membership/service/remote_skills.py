"""Doors of who could lead a cohort. Other doors provide cohorts, people, roles and the clock."""

from typing import Any

from services.kit.ask import ask
from services.membership import wiring_engagements
from services.membership.handlers import remote_skills
from services.membership.messages import remote_skills as messages


class RemoteSkillDoors:
    """Who could lead, and what is recorded of leading people who cannot see one another."""

    skills = wiring_engagements.remote_skills()
    cohorts: Any
    people: Any
    role_holders: Any
    clock: Any

    @ask(messages.RecordRemoteSkillSchema, answer=messages.skill_answer, lane="person_id")
    def record_remote_skill(self, command):
        return remote_skills.record_remote_skill(command, self.people, self.skills, self.clock)

    @ask(messages.ListCandidatesSchema, answer=messages.candidates_answer, write=False)
    def list_candidates(self, query):
        ports = (self.cohorts, self.people, self.role_holders, self.skills)
        return remote_skills.list_candidates(query, *ports, self.clock)
